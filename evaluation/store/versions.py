"""The tables of an instrument's versions: each has its own, and one may lack what another asks."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from sqlalchemy import Connection, Integer, Table, inspect, select

from evaluation.design import Instrument
from evaluation.schema import Schema
from evaluation.store import tables
from evaluation.store.instrument_tables import response_tables


def stored_versions(conn: Connection, instrument: Instrument) -> list[int]:
    """Those that were ever stored, the oldest first."""
    i = tables.instruments.c
    return list(conn.scalars(select(i.version).where(i.id == instrument.id).order_by(i.version)))


def open_table(instrument: Instrument, version: int) -> Table:
    """That of a version, but for what is kept apart. Its own columns are those of the instrument:
    which of them are there says `columns_there`."""
    return response_tables(replace(instrument, version=version)).main


def columns_there(conn: Connection, table: Table, schema: Schema) -> Schema:
    """Of the columns of `schema` those that the table has, and stores alike."""
    stored = {
        str(column["name"]): isinstance(column["type"], Integer)
        for column in inspect(conn).get_columns(table.name)
    }
    same = (c for c in schema.columns if stored.get(c.name) is (c.dtype in ("Int16", "int64")))
    return Schema(tuple(same), key=schema.key)


def with_gaps(rows: pd.DataFrame, schema: Schema) -> pd.DataFrame:
    """What was not asked, or stored otherwise, is a gap."""
    for column in schema.columns:
        if column.name not in rows:
            rows[column.name] = pd.Series([None] * len(rows), dtype=column.dtype)
    return rows[list(schema.names)]
