"""Near misses: batches that brought personal data, each with the clock of one business day."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

DIGEST = sa.String(64)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "near_misses",
        sa.Column("batch", DIGEST, sa.ForeignKey("batches.id"), primary_key=True),
        sa.Column("noticed_at", MOMENT, nullable=False),
        sa.Column("due", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.Column("closed_by", sa.Text),
    )
    op.create_table(
        "near_miss_kinds",
        sa.Column("batch", DIGEST, sa.ForeignKey("near_misses.batch"), primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("places", sa.Integer, nullable=False),
    )
