"""The tables of reports on their way out: only ever added to."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, SmallInteger, String, Table, Text

from evaluation.store.moments import Moment
from evaluation.store.tables import DIGEST, metadata

editions = Table(
    "editions",
    metadata,
    Column("id", DIGEST, primary_key=True),
    Column("run", ForeignKey("runs.id"), nullable=False),
)

edition_files = Table(
    "edition_files",
    metadata,
    Column("edition", ForeignKey("editions.id"), primary_key=True),
    Column("stage", String(8), primary_key=True),  # draft, released
    Column("position", SmallInteger, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("digest", DIGEST, nullable=False),
    Column("language", String(8)),
    Column("format", String(8)),
)

edition_states = Table(
    "edition_states",
    metadata,
    Column("edition", ForeignKey("editions.id"), primary_key=True),
    Column("step", SmallInteger, primary_key=True, autoincrement=False),
    Column("state", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    Column("why", String(16)),
)
