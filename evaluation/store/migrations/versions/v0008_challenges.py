"""Every estimate of a run again, with one thing changed that could have made it what it is.

Runs that were kept before have no lines.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "challenges",
        sa.Column("run", sa.Text, sa.ForeignKey("runs.id"), primary_key=True),
        sa.Column("position", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("value", sa.Double),
        sa.Column("low", sa.Double),
        sa.Column("high", sa.Double),
        sa.Column("dof", sa.Double),
        sa.Column("p_value", sa.Double),
        sa.Column("children", sa.Integer),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
    )
