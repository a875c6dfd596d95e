"""The table of what a run found beside its estimates: a line a record, whatever its kind.

Ten kinds of small records, read and written whole and never searched: one column holds them all,
so that another kind needs no migration.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Integer, String, Table

from evaluation.store.tables import metadata

measures = Table(
    "measures",
    metadata,
    Column("run", ForeignKey("runs.id"), primary_key=True),
    Column("kind", String(32), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("record", JSON, nullable=False),
)
