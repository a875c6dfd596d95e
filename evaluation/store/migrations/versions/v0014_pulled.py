"""Which edition of a submission each batch that was fetched from a server brought."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "pulled",
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("edition", sa.String(64), primary_key=True),
        sa.Column("batch", sa.String(64), sa.ForeignKey("batches.id"), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True)),
    )
