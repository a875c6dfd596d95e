"""Which submission each row is, rows that a later edition replaced, and rows set aside for it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

DIGEST = sa.String(64)


def upgrade() -> None:
    op.create_table(
        "submissions",
        sa.Column("batch", DIGEST, sa.ForeignKey("batches.id"), primary_key=True),
        sa.Column("source_row", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("edition", sa.String(64), nullable=False),
    )
    op.create_index("ix_submissions_key", "submissions", ["key"])
    op.create_table(
        "replaced_rows",
        sa.Column("batch", DIGEST, sa.ForeignKey("batches.id"), primary_key=True),
        sa.Column("source_row", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("by", DIGEST, sa.ForeignKey("batches.id"), primary_key=True),
    )
    op.add_column("tallies", sa.Column("set_aside", sa.Integer, nullable=False, server_default="0"))
