"""What stands beside an estimate: other tests, other methods, a verdict.

Runs that were kept before have none of it, and no line here: they come back as they were.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _create_opinions()
    _create_bootstraps()
    _create_companions()


def _create_opinions() -> None:
    op.create_table(
        "estimate_opinions",
        *_key(),
        sa.Column("verdict", sa.String(32), nullable=False),
        sa.Column("verdict_reasons", sa.JSON, nullable=False),
        sa.Column("unavailable", sa.JSON, nullable=False),
        sa.Column("intraclass", sa.Double),
        sa.Column("p_max_t", sa.Double),
        sa.Column("q_sharpened", sa.Double),
        sa.Column("permutation_p_value", sa.Double),
        sa.Column("permutation_floor", sa.Double),
        sa.Column("permutation_permutations", sa.Integer),
        sa.Column("permutation_exact", sa.Boolean),
        sa.Column("permutation_method", sa.Text),
        sa.Column("left_out_low", sa.Double),
        sa.Column("left_out_high", sa.Double),
        sa.Column("left_out_keeps_sign", sa.Boolean),
        sa.Column("leverage_largest", sa.Double),
        sa.Column("leverage_effective", sa.Double),
        sa.Column("leverage_effective_alike", sa.Double),
    )


def _create_bootstraps() -> None:
    op.create_table(
        "estimate_bootstraps",
        *_key(),
        sa.Column("number", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("drawn_by", sa.String(32), nullable=False),
        sa.Column("p_value", sa.Double, nullable=False),
        sa.Column("low", sa.Double),
        sa.Column("high", sa.Double),
        sa.Column("draws", sa.Integer, nullable=False),
        sa.Column("exact", sa.Boolean, nullable=False),
        sa.Column("floor", sa.Double, nullable=False),
        sa.Column("method", sa.Text, nullable=False),
    )


def _create_companions() -> None:
    op.create_table(
        "estimate_companions",
        *_key(),
        sa.Column("number", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("estimator", sa.Text, nullable=False),
        sa.Column("value", sa.Double),
        sa.Column("standard_error", sa.Double),
        sa.Column("dof", sa.Double),
        sa.Column("low", sa.Double),
        sa.Column("high", sa.Double),
        sa.Column("p_value", sa.Double),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
    )


def _key() -> tuple[sa.Column[str], sa.Column[int]]:
    """The estimate's own: its run, and its place among the run's outcomes."""
    return (
        sa.Column("run", sa.Text, sa.ForeignKey("runs.id"), primary_key=True),
        sa.Column("position", sa.SmallInteger, primary_key=True, autoincrement=False),
    )
