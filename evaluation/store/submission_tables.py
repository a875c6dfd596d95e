"""Which submission each stored row is, and which stored rows a later edition has replaced."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from evaluation.store import tables

metadata = tables.metadata

submissions = Table(
    "submissions",
    metadata,
    Column("batch", ForeignKey("batches.id"), primary_key=True),
    Column("source_row", Integer, primary_key=True, autoincrement=False),
    Column("key", String(32), nullable=False, index=True),
    Column("edition", String(64), nullable=False),
)

# A row counts again when the batch that replaced it counts no more: no moment needs to be kept.
replaced_rows = Table(
    "replaced_rows",
    metadata,
    Column("batch", ForeignKey("batches.id"), primary_key=True),
    Column("source_row", Integer, primary_key=True, autoincrement=False),
    Column("by", ForeignKey("batches.id"), primary_key=True),
)
