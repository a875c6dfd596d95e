"""Codes given out, and columns that people have confirmed. Written out: 0003 must never change."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

DIGEST = sa.String(64)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "issued_codes",
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("region", sa.Text, nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
    )
    op.create_table(
        "column_meanings",
        sa.Column("source", DIGEST, primary_key=True),
        sa.Column("header", DIGEST, primary_key=True),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=False),
    )
