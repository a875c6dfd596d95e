"""Submissions of collecting tools: which row holds which, and which edition counts.

An edited submission never overwrites: the earlier row stays, and counts on every day before the
batch that replaced it came in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Table, delete, exists, insert, select

from evaluation.design import Instrument
from evaluation.records.batches import Batch
from evaluation.records.responses import responses_schema
from evaluation.records.submissions import Earlier, StoredSubmission, Submission
from evaluation.schema import Schema
from evaluation.store import tables
from evaluation.store.batches import require_undecided
from evaluation.store.bulk import fill_frame
from evaluation.store.events import Details, record
from evaluation.store.instrument_tables import is_known, response_tables
from evaluation.store.statuses import live_ids
from evaluation.store.submission_tables import replaced_rows, submissions
from evaluation.store.versions import columns_there, open_table, stored_versions, with_gaps

# Keys asked about in one query: SQLite takes at most 32,766 values.
ASKED = 1_000

Place = tuple[str, int]
"""Batch and row."""


def add_submissions(conn: Connection, batch: Batch, brought: Iterable[Submission]) -> None:
    """Replace the batch's lines, so that a retry stores them once."""
    require_undecided(conn, batch.id)
    conn.execute(delete(submissions).where(submissions.c.batch == batch.id))
    rows = [
        {"batch": batch.id, "source_row": each.source_row, "key": each.key, "edition": each.edition}
        for each in brought
    ]
    if rows:
        conn.execute(insert(submissions), rows)


def replace_rows(
    conn: Connection, batch: Batch, places: Collection[Place], *, at: datetime, actor: str
) -> None:
    """Take rows of earlier batches out of use in the name of this one, and say so in the events."""
    require_undecided(conn, batch.id)
    conn.execute(delete(replaced_rows).where(replaced_rows.c.by == batch.id))
    if not places:
        return
    rows = [{"batch": of, "source_row": row, "by": batch.id} for of, row in places]
    conn.execute(insert(replaced_rows), rows)
    for of, n in sorted(Counter(of for of, _ in places).items()):
        details: Details = {"of": of, "rows": n}
        record(conn, kind="rows.replaced", at=at, actor=actor, batch=batch.id, details=details)


def earlier_submissions(
    conn: Connection,
    instrument: Instrument,
    keys: Collection[str],
    *,
    but_batch: str | None = None,
) -> Earlier:
    """Those that batches now in use hold, with the answers that count for each."""
    schema = responses_schema(instrument, restricted=True)
    is_known(conn, instrument)
    if not keys:
        return Earlier((), schema.empty())
    found = _stored(conn, instrument, keys, but_batch)
    if not found:
        return Earlier((), schema.empty())
    parts = [
        _rows(conn, instrument, of, [each.source_row for each in found if each.batch == of])
        for of in sorted({each.batch for each in found})
    ]
    return Earlier(found, pd.concat(parts, ignore_index=True))


def is_replaced(
    batch: ColumnElement[str], row: ColumnElement[int], as_of: datetime | None
) -> ColumnElement[bool]:
    """Whether a batch in use has replaced the row: for the condition of a query."""
    r = replaced_rows.c
    same = (r.batch == batch, r.source_row == row, r.by.in_(live_ids(as_of)))
    return exists().where(*same)


def replaced_places(conn: Connection, counting: Collection[str]) -> frozenset[Place]:
    """The rows that these batches have replaced."""
    r = replaced_rows.c
    rows = conn.execute(select(r.batch, r.source_row, r.by))
    return frozenset((row.batch, row.source_row) for row in rows if row.by in counting)


def _stored(
    conn: Connection, instrument: Instrument, keys: Collection[str], but_batch: str | None
) -> tuple[StoredSubmission, ...]:
    s, b = submissions.c, tables.batches.c
    counting = set(conn.scalars(live_ids(None))) - {but_batch}
    gone = replaced_places(conn, counting)
    query = (
        select(s.key, s.edition, s.batch, s.source_row)
        .join(tables.batches, b.id == s.batch)
        .where(b.instrument == instrument.id)
    )
    asked = sorted(keys)
    found: list[StoredSubmission] = []
    for start in range(0, len(asked), ASKED):
        rows = conn.execute(query.where(s.key.in_(asked[start : start + ASKED])))
        found += [
            StoredSubmission(row.key, row.edition, row.batch, row.source_row)
            for row in rows
            if row.batch in counting and (row.batch, row.source_row) not in gone
        ]
    there = {
        place
        for version in stored_versions(conn, instrument)
        for place in _still_there(conn, open_table(instrument, version), found)
    }
    return tuple(each for each in found if (each.batch, each.source_row) in there)


def _still_there(
    conn: Connection, table: Table, found: Collection[StoredSubmission]
) -> frozenset[Place]:
    """A child who withdrew has no answers any more that could be compared."""
    c = table.c
    of = sorted({each.batch for each in found})
    rows = conn.execute(select(c.batch, c.source_row).where(c.batch.in_(of)))
    return frozenset((row.batch, row.source_row) for row in rows)


def _rows(conn: Connection, instrument: Instrument, batch: str, rows: list[int]) -> pd.DataFrame:
    schema = responses_schema(instrument, restricted=True)
    version = conn.scalar(select(tables.batches.c.version).where(tables.batches.c.id == batch))
    if version != instrument.version:
        return _rows_of_another(conn, open_table(instrument, version or 0), schema, batch, rows)
    made = response_tables(instrument)
    main, secret = made.main, made.restricted
    source = main if secret is None else main.join(secret, main.c.restricted_key == secret.c.key)
    columns = dict(main.c.items()) | (dict(secret.c.items()) if secret is not None else {})
    query = (
        select(*(columns[name] for name in schema.names))
        .select_from(source)
        .where(main.c.batch == batch, main.c.source_row.in_(rows))
    )
    return schema.check(fill_frame(conn, query, schema, chunk=ASKED))


def _rows_of_another(
    conn: Connection, table: Table, schema: Schema, batch: str, rows: list[int]
) -> pd.DataFrame:
    """Answers to another version, without those that are kept apart: compared with what comes now,
    such a row counts as edited, and the new answers take its place."""
    there = columns_there(conn, table, schema)
    query = select(*(table.c[name] for name in there.names)).where(
        table.c.batch == batch, table.c.source_row.in_(rows)
    )
    return schema.check(with_gaps(fill_frame(conn, query, there, chunk=ASKED), schema))
