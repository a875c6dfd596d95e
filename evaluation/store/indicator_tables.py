"""The tables of what a run found in each dataset, and of the files that instruments came from."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Double,
    ForeignKey,
    Integer,
    SmallInteger,
    Table,
    Text,
)

from evaluation.store.tables import DIGEST, metadata

# An instrument that was stored before there were digests has none until its next batch.
instrument_files = Table(
    "instrument_files",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("digest", DIGEST, nullable=False),
)

run_datasets = Table(
    "run_datasets",
    metadata,
    Column("run", ForeignKey("runs.id"), primary_key=True),
    Column("position", SmallInteger, primary_key=True, autoincrement=False),
    Column("dataset", Text, nullable=False),
    Column("versions", JSON, nullable=False),
    Column("batches", Integer, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("planned", JSON, nullable=False),  # indicator → sessions, in the indicators' order
)

run_indicators = Table(
    "run_indicators",
    metadata,
    Column("run", ForeignKey("runs.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("dataset", Text, nullable=False),
    Column("indicator", Text, nullable=False),
    Column("codes", JSON, nullable=False),
    Column("n", Integer, nullable=False),
    Column("topic", SmallInteger),
    Column("answered", Integer),
    Column("part", Integer),
    Column("first", Double),
    Column("second", Double),
    Column("difference", Double),
    Column("low", Double),
    Column("high", Double),
    Column("alike", Boolean, nullable=False),
)
