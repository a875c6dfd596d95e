"""What live batches say of some children, at whatever wave: for the gate to compare with."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import pandas as pd
from sqlalchemy import Connection, Select, Table, inspect, null, select

from evaluation.design import Instrument
from evaluation.store.instrument_tables import is_known
from evaluation.store.statuses import live_ids
from evaluation.store.tables import withdrawals
from evaluation.store.versions import open_table, stored_versions

# Codes asked about in one query: SQLite takes at most 32,766 values.
ASKED = 1_000


def answers_elsewhere(
    conn: Connection,
    instrument: Instrument,
    respondents: Collection[str],
    fields: Sequence[str],
    *,
    but_batch: str | None = None,
) -> pd.DataFrame:
    """`respondent`, `wave` (int64), `region` and the fields as text with gaps; a row a child and
    wave, of every version of the questionnaire. Only of live batches but this one, and of nobody
    who has withdrawn. Restricted fields lie in another table and cannot be asked for."""
    names = ("respondent", "wave", "region", *fields)
    found: list[Sequence[object]] = []
    is_known(conn, instrument)
    for version in stored_versions(conn, instrument) if respondents else ():
        table = open_table(instrument, version)
        there = {column["name"] for column in inspect(conn).get_columns(table.name)}
        asked_for = (table.c[name] if name in there else null() for name in names)
        found += _of(conn, select(*asked_for, table.c.batch), table, respondents, but_batch)
    columns = list(zip(*found, strict=True)) if found else [()] * len(names)
    return pd.DataFrame(
        {
            name: pd.Series(values, dtype="int64")
            if name == "wave"
            else pd.Series([None if v is None else str(v) for v in values], dtype="str")
            for name, values in zip(names, columns, strict=True)
        }
    )


def _of(
    conn: Connection,
    query: Select[tuple[object, ...]],
    table: Table,
    respondents: Collection[str],
    but_batch: str | None,
) -> Iterator[Sequence[object]]:
    c = table.c
    query = query.where(c.respondent.not_in(select(withdrawals.c.respondent)))
    counting = set(conn.scalars(live_ids(None))) - {but_batch}
    asked = sorted(set(respondents))
    for start in range(0, len(asked), ASKED):
        for row in conn.execute(query.where(c.respondent.in_(asked[start : start + ASKED]))):
            *said, batch = row
            if batch in counting:
                yield said
