"""The table of what senders say of findings; the answer itself is only sealed."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from evaluation.store.tables import metadata

explanations = Table(
    "explanations",
    metadata,
    Column("batch", ForeignKey("batches.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("rule", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("respondent", Text, nullable=False),
    Column("seal", String(64), nullable=False),
    Column("reason", Text, nullable=False),
)
