"""Which edition of a submission each batch that was fetched from a server brought."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table, Text

from evaluation.store.moments import Moment
from evaluation.store.tables import metadata

pulled = Table(
    "pulled",
    metadata,
    Column("source", Text, primary_key=True),
    Column("edition", String(64), primary_key=True),
    Column("batch", ForeignKey("batches.id"), primary_key=True),
    Column("at", Moment),
)
