"""Plans of analysis as they were frozen, word for word.

A store from before knows of none, and its reports say so.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "frozen_plans",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("contents", sa.Text, nullable=False),
        sa.Column("frozen_at", MOMENT, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("opened_at", MOMENT),
    )
