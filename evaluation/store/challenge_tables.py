"""The table of a run's evidence: every estimate again under each challenge."""

from __future__ import annotations

from sqlalchemy import Column, Double, ForeignKey, Integer, SmallInteger, String, Table, Text

from evaluation.store.tables import metadata

challenges = Table(
    "challenges",
    metadata,
    Column("run", ForeignKey("runs.id"), primary_key=True),
    Column("position", SmallInteger, primary_key=True, autoincrement=False),
    Column("outcome", Text, nullable=False),
    Column("name", String(32), nullable=False),
    Column("value", Double),
    Column("low", Double),
    Column("high", Double),
    Column("dof", Double),
    Column("p_value", Double),
    Column("children", Integer),
    Column("method", Text, nullable=False),
    Column("reason", Text),
)
