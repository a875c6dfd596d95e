"""The tables of near misses, apart from the others because they belong to another chapter.

`upgrade` imports this, so that whoever opens a store has them in the metadata.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table, Text

from evaluation.store.moments import Moment
from evaluation.store.tables import metadata

near_misses = Table(
    "near_misses",
    metadata,
    Column("batch", ForeignKey("batches.id"), primary_key=True),
    Column("noticed_at", Moment, nullable=False),
    Column("due", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("closed_by", Text),
)

near_miss_kinds = Table(
    "near_miss_kinds",
    metadata,
    Column("batch", ForeignKey("near_misses.batch"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("places", Integer, nullable=False),
)
