"""Rows of a dataset from every version of its instrument that was ever stored, under one roof.

Each version has a table of its own. What is asked in several of them under one name is put
together, and the caller is told of which versions, so that the reader can be told too.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
from sqlalchemy import Connection

from evaluation.design import Instrument
from evaluation.records.responses import KEY, responses_schema
from evaluation.schema import Schema
from evaluation.store.batches import live_batches
from evaluation.store.bulk import fill_frame
from evaluation.store.instrument_tables import ResponseTables, is_known
from evaluation.store.responses import CHUNK, counting
from evaluation.store.versions import columns_there, open_table, stored_versions, with_gaps


@dataclass(frozen=True, slots=True)
class Pooled:
    """`frame`: the key columns and the fields asked for, in the order of the batches' arrival;
    `versions`: those that brought at least one row."""

    frame: pd.DataFrame
    versions: tuple[int, ...]


def load_pooled(
    conn: Connection, instrument: Instrument, *, as_of: datetime, fields: Collection[str]
) -> Pooled:
    """The rows that counted at `as_of`. StudyError: this version was stored of another file."""
    is_known(conn, instrument)
    key = {column.name for column in KEY}
    schema = Schema(
        tuple(c for c in responses_schema(instrument).columns if c.name in key | set(fields)),
        key=("batch", "source_row"),
    )
    found: dict[int, pd.DataFrame] = {}
    for version in stored_versions(conn, instrument):
        rows = _rows(conn, instrument, version, schema, as_of)
        if len(rows):
            found[version] = rows
    arrived = {b.id: place for place, b in enumerate(live_batches(conn, as_of))}
    frame = pd.concat([schema.empty(), *found.values()], ignore_index=True)
    order = frame["batch"].map(arrived).argsort(kind="stable")
    return Pooled(frame.iloc[order].reset_index(drop=True), tuple(sorted(found)))


def load_compared(
    conn: Connection, instrument: Instrument, *, as_of: datetime, fields: Collection[str]
) -> Pooled:
    """The same by batch and row, as `load_responses` has them: a comparison depends on no order of
    arrival, and one version alone gives the same numbers as ever."""
    pooled = load_pooled(conn, instrument, as_of=as_of, fields=fields)
    frame = pooled.frame.sort_values(["batch", "source_row"], kind="stable", ignore_index=True)
    return Pooled(frame, pooled.versions)


def _rows(
    conn: Connection, instrument: Instrument, version: int, schema: Schema, as_of: datetime
) -> pd.DataFrame:
    main = open_table(instrument, version)
    there = columns_there(conn, main, schema)
    query = counting(ResponseTables(main, None), there, as_of)
    return with_gaps(fill_frame(conn, query, there, chunk=CHUNK), schema)
