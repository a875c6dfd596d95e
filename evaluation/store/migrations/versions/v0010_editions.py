"""Reports on their way out: their files, and who took them from which state to which."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

DIGEST = sa.String(64)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "editions",
        sa.Column("id", DIGEST, primary_key=True),
        sa.Column("run", sa.Text, sa.ForeignKey("runs.id"), nullable=False),
    )
    op.create_table(
        "edition_files",
        sa.Column("edition", DIGEST, sa.ForeignKey("editions.id"), primary_key=True),
        sa.Column("stage", sa.String(8), primary_key=True),
        sa.Column("position", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("digest", DIGEST, nullable=False),
        sa.Column("language", sa.String(8)),
        sa.Column("format", sa.String(8)),
    )
    op.create_table(
        "edition_states",
        sa.Column("edition", DIGEST, sa.ForeignKey("editions.id"), primary_key=True),
        sa.Column("step", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("why", sa.String(16)),
    )
