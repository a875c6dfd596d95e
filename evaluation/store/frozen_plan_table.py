"""The table of frozen plans: only ever added to."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text

from evaluation.store.moments import Moment
from evaluation.store.tables import DIGEST, metadata

frozen_plans = Table(
    "frozen_plans",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("digest", DIGEST, nullable=False),
    Column("contents", Text, nullable=False),
    Column("frozen_at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    Column("opened_at", Moment),
)
