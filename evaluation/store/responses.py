"""Answers, one row a child and wave, in and out of their instrument's tables."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

import pandas as pd
from sqlalchemy import Connection, FromClause, Row, Select, Table, delete, select

from evaluation.design import Instrument
from evaluation.records.batches import Batch
from evaluation.records.responses import KEY, responses_schema
from evaluation.schema import Schema
from evaluation.store.batches import require_undecided
from evaluation.store.bulk import add_rows, fill_frame
from evaluation.store.instrument_tables import ResponseTables, is_known, response_tables
from evaluation.store.statuses import live_ids
from evaluation.store.submissions import is_replaced, replaced_places
from evaluation.store.versions import open_table, stored_versions
from evaluation.store.withdrawals import withdrawn_respondents

# Rows at a time: some 10 MB of Python objects on their way into or out of small columns.
CHUNK = 10_000

# Codes asked about in one query: SQLite takes at most 32,766 values.
ASKED = 1_000


def add_responses(
    conn: Connection, instrument: Instrument, batch: Batch, frame: pd.DataFrame
) -> int:
    """Replace the batch's rows, so that a retry stores them once; how many there are now.

    `frame` is in `responses_schema(instrument, restricted=True)`, and `ensure_instrument` has
    made its tables. The line in the events comes with the move that judges the batch, in the
    same transaction: until then no row counts.
    """
    responses_schema(instrument, restricted=True).check(frame)
    assert frame["batch"].eq(batch.id).all(), "rows of another batch"
    require_undecided(conn, batch.id)
    tables = response_tables(instrument)
    _remove(conn, tables, batch)
    for start in range(0, len(frame), CHUNK):
        _add(conn, tables, frame.iloc[start : start + CHUNK])
    return len(frame)


def load_responses(
    conn: Connection,
    instrument: Instrument,
    *,
    as_of: datetime,
    wave: int | None = None,
    fields: Collection[str] | None = None,
    restricted: bool = False,
) -> pd.DataFrame:
    """The rows that counted at `as_of`, without those who had withdrawn by then.

    In `responses_schema`, by batch and row; `fields` leaves the key and these, in the
    instrument's order. S3 fields come only with `restricted`.
    """
    schema = _schema(instrument, fields, restricted=restricted)
    if not is_known(conn, instrument):
        return schema.empty()
    query = counting(response_tables(instrument), schema, as_of)
    if wave is not None:
        query = query.where(query.selected_columns.wave == wave)
    return schema.check(fill_frame(conn, query, schema, chunk=CHUNK))


def known_respondents(
    conn: Connection,
    instrument: Instrument,
    respondents: Collection[str],
    wave: int,
    *,
    but_batch: str | None = None,
    but_rows: Collection[tuple[str, int]] = (),
) -> frozenset[str]:
    """Which of these another batch, now in use, has brought for the same wave already, in
    whichever version of the questionnaire.

    `but_rows`: rows (batch, row) that are about to be replaced.
    """
    is_known(conn, instrument)
    counting = set(conn.scalars(live_ids(None))) - {but_batch}
    gone = replaced_places(conn, counting) | set(but_rows)
    return frozenset(
        row.respondent
        for version in stored_versions(conn, instrument)
        for row in _places(conn, open_table(instrument, version), sorted(set(respondents)), wave)
        if row.batch in counting and (row.batch, row.source_row) not in gone
    )


def _places(
    conn: Connection, table: Table, respondents: Sequence[str], wave: int
) -> Iterator[Row[tuple[str, str, int]]]:
    c = table.c
    # Looked up by the index on respondent and wave; a join would read every row of the wave.
    query = select(c.respondent, c.batch, c.source_row).where(c.wave == wave)
    for start in range(0, len(respondents), ASKED):
        yield from conn.execute(query.where(c.respondent.in_(respondents[start : start + ASKED])))


def _schema(instrument: Instrument, fields: Collection[str] | None, *, restricted: bool) -> Schema:
    whole = responses_schema(instrument, restricted=restricted)
    if fields is None:
        return whole
    unknown = set(fields) - set(whole.names)
    assert not unknown, f"{instrument.id} stores no {unknown}, or not openly"
    wanted = {column.name for column in KEY} | set(fields)
    return Schema(tuple(c for c in whole.columns if c.name in wanted), key=whole.key)


def counting(tables: ResponseTables, schema: Schema, as_of: datetime) -> Select[tuple[object]]:
    main, secret = tables.main, tables.restricted
    source: FromClause = main
    columns = dict(main.c.items())
    if secret is not None and not set(schema.names) <= set(columns):
        source = main.join(secret, main.c.restricted_key == secret.c.key)
        columns |= dict(secret.c.items())
    return (
        select(*(columns[name] for name in schema.names))
        .select_from(source)
        .where(main.c.batch.in_(live_ids(as_of)))
        .where(main.c.respondent.not_in(withdrawn_respondents(as_of)))
        .where(~is_replaced(main.c.batch, main.c.source_row, as_of))
        .order_by(main.c.batch, main.c.source_row)
    )


def _remove(conn: Connection, tables: ResponseTables, batch: Batch) -> None:
    of_batch = tables.main.c.batch == batch.id
    if tables.restricted is not None:
        keys = select(tables.main.c.restricted_key).where(of_batch)
        conn.execute(delete(tables.restricted).where(tables.restricted.c.key.in_(keys)))
    conn.execute(delete(tables.main).where(of_batch))


def _add(conn: Connection, tables: ResponseTables, rows: pd.DataFrame) -> None:
    if tables.restricted is None:
        add_rows(conn, tables.main, rows)
        return
    # The one randomness that is no argument: a key that could be foretold would hide nothing.
    keys = [secrets.token_hex(16) for _ in range(len(rows))]
    apart = [column.name for column in tables.restricted.c if column.name != "key"]
    secret = rows[apart].assign(key=keys).sort_values("key")
    add_rows(conn, tables.restricted, secret)
    add_rows(conn, tables.main, rows.drop(columns=apart).assign(restricted_key=keys))
