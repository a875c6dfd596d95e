"""What live batches say of some children, at whatever wave: for the gate to compare with."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd
from sqlalchemy import Connection, select

from evaluation.design import Instrument
from evaluation.store.instrument_tables import is_known, response_tables
from evaluation.store.statuses import live_ids
from evaluation.store.tables import withdrawals

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
    wave. Only of live batches but this one, and of nobody who has withdrawn. Restricted fields lie
    in another table and cannot be asked for."""
    names = ("respondent", "wave", "region", *fields)
    found: list[Sequence[object]] = []
    if respondents and is_known(conn, instrument):
        c = response_tables(instrument).main.c
        query = select(*(c[name] for name in names), c.batch).where(
            c.respondent.not_in(select(withdrawals.c.respondent))
        )
        counting = set(conn.scalars(live_ids(None))) - {but_batch}
        asked = sorted(set(respondents))
        for start in range(0, len(asked), ASKED):
            rows = conn.execute(query.where(c.respondent.in_(asked[start : start + ASKED])))
            found += [tuple(row)[:-1] for row in rows if row.batch in counting]
    columns = list(zip(*found, strict=True)) if found else [()] * len(names)
    return pd.DataFrame(
        {
            name: pd.Series(values, dtype="int64")
            if name == "wave"
            else pd.Series([None if v is None else str(v) for v in values], dtype="str")
            for name, values in zip(names, columns, strict=True)
        }
    )
