"""The tables of what stands beside an estimate; the estimate itself is in tables.py.

Each line belongs to the estimate of the same run and position.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)


def declare_opinions(metadata: MetaData) -> tuple[Table, Table, Table]:
    """Opinions and verdict, bootstraps, companions."""
    opinions = Table(
        "estimate_opinions",
        metadata,
        *_key(),
        Column("verdict", String(32), nullable=False),
        Column("verdict_reasons", JSON, nullable=False),
        Column("unavailable", JSON, nullable=False),
        Column("intraclass", Double),
        Column("p_max_t", Double),
        Column("q_sharpened", Double),
        Column("permutation_p_value", Double),
        Column("permutation_floor", Double),
        Column("permutation_permutations", Integer),
        Column("permutation_exact", Boolean),
        Column("permutation_method", Text),
        Column("left_out_low", Double),
        Column("left_out_high", Double),
        Column("left_out_keeps_sign", Boolean),
        Column("leverage_largest", Double),
        Column("leverage_effective", Double),
        Column("leverage_effective_alike", Double),
    )
    return opinions, _bootstraps(metadata), _companions(metadata)


def _bootstraps(metadata: MetaData) -> Table:
    return Table(
        "estimate_bootstraps",
        metadata,
        *_key(),
        Column("number", SmallInteger, primary_key=True, autoincrement=False),
        Column("kind", String(32), nullable=False),
        Column("drawn_by", String(32), nullable=False),
        Column("p_value", Double, nullable=False),
        Column("low", Double),
        Column("high", Double),
        Column("draws", Integer, nullable=False),
        Column("exact", Boolean, nullable=False),
        Column("floor", Double, nullable=False),
        Column("method", Text, nullable=False),
    )


def _companions(metadata: MetaData) -> Table:
    return Table(
        "estimate_companions",
        metadata,
        *_key(),
        Column("number", SmallInteger, primary_key=True, autoincrement=False),
        Column("estimator", Text, nullable=False),
        Column("value", Double),
        Column("standard_error", Double),
        Column("dof", Double),
        Column("low", Double),
        Column("high", Double),
        Column("p_value", Double),
        Column("method", Text, nullable=False),
        Column("unit", Text, nullable=False),
        Column("reason", Text),
    )


def _key() -> tuple[Column[str], Column[int]]:
    return (
        Column("run", ForeignKey("runs.id"), primary_key=True),
        Column("position", SmallInteger, primary_key=True, autoincrement=False),
    )
