"""The first tables. Written out, not taken from tables.py: what 0001 built must never change.

Constraints get their names from the metadata's naming convention. There is no way back down:
an older programme needs the backup from before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

DIGEST = sa.String(64)
MOMENT = sa.DateTime(timezone=True)

SQLITE_TRIGGER = (
    "CREATE TRIGGER events_keep_{move} BEFORE {move} ON events "
    "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"
)
POSTGRESQL_FUNCTION = (
    "CREATE FUNCTION events_keep() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'events are append-only'; END $$"
)
POSTGRESQL_TRIGGER = (
    "CREATE TRIGGER events_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON events "
    "FOR EACH STATEMENT EXECUTE FUNCTION events_keep()"
)


def upgrade() -> None:
    _create_batches()
    _create_findings()
    _create_events()
    _create_instruments()
    _create_runs()
    _create_estimates()
    _create_flows()
    _create_releases()


def _create_batches() -> None:
    op.create_table(
        "batches",
        sa.Column("id", DIGEST, primary_key=True),
        sa.Column("instrument", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("region", sa.Text, nullable=False),
        sa.Column("wave", sa.SmallInteger),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("supersedes", DIGEST, sa.ForeignKey("batches.id")),
    )
    op.create_table(
        "batch_statuses",
        sa.Column("batch", DIGEST, sa.ForeignKey("batches.id"), primary_key=True),
        sa.Column("step", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "batch_cards",
        sa.Column("batch", DIGEST, sa.ForeignKey("batches.id"), primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "tallies",
        sa.Column("batch", DIGEST, sa.ForeignKey("batches.id"), primary_key=True),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("accepted", sa.Integer, nullable=False),
        sa.Column("held", sa.Integer, nullable=False),
        sa.Column("without_consent", sa.Integer, nullable=False),
        sa.Column("declared", sa.Integer),
        sa.Column("eligible", sa.Integer),
        sa.Column("approached", sa.Integer),
    )


def _create_findings() -> None:
    op.create_table(
        "findings",
        sa.Column("batch", DIGEST, sa.ForeignKey("batches.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("severity", sa.String(32), nullable=False),
        sa.Column("effect", sa.String(32), nullable=False),
        sa.Column("sheet", sa.Integer),
        sa.Column("row", sa.Integer),
        sa.Column("column", sa.String(8)),
        sa.Column("field", sa.Text),
        sa.Column("values", sa.JSON, nullable=False),
    )


def _create_events() -> None:
    op.create_table(
        "events",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("batch", DIGEST),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("previous", DIGEST, nullable=False),
        sa.Column("hash", DIGEST, nullable=False),
        sa.UniqueConstraint("previous"),
    )
    _keep_events()


def _create_instruments() -> None:
    op.create_table(
        "instruments",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("fingerprint", DIGEST, nullable=False),
    )
    op.create_table(
        "withdrawals",
        sa.Column("respondent", sa.Text, primary_key=True),
        sa.Column("withdrawn_at", MOMENT, nullable=False),
    )


def _create_runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("as_of", MOMENT, nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("code_version", sa.Text, nullable=False),
        sa.Column("plan_digest", DIGEST, nullable=False),
        sa.Column("plan_dated", sa.Date, nullable=False),
        sa.Column("study_digest", DIGEST, nullable=False),
        sa.Column("data_digest", DIGEST, nullable=False),
        sa.Column("versions", sa.JSON, nullable=False),
        sa.Column("synthetic", sa.Boolean, nullable=False),
    )
    op.create_table(
        "run_batches",
        sa.Column("run", sa.Text, sa.ForeignKey("runs.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("batch", DIGEST, sa.ForeignKey("batches.id"), nullable=False),
    )


def _create_estimates() -> None:
    op.create_table(
        "estimates",
        sa.Column("run", sa.Text, sa.ForeignKey("runs.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("scale", sa.Text, nullable=False),
        sa.Column("family", sa.Text, nullable=False),
        sa.Column("estimator", sa.Text, nullable=False),
        sa.Column("value", sa.Double),
        sa.Column("standard_error", sa.Double),
        sa.Column("low", sa.Double),
        sa.Column("high", sa.Double),
        sa.Column("level", sa.Double, nullable=False),
        sa.Column("dof", sa.Double),
        sa.Column("p_value", sa.Double),
        sa.Column("p_adjusted", sa.Double),
        sa.Column("adjusted_by", sa.Text),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("standardised", sa.Double),
        sa.Column("baseline_gap", sa.Double),
        sa.Column("baseline_pilot", sa.Double),
        sa.Column("baseline_comparison", sa.Double),
        sa.Column("endline_pilot", sa.Double),
        sa.Column("endline_comparison", sa.Double),
        sa.Column("n_pilot", sa.Integer, nullable=False),
        sa.Column("n_comparison", sa.Integer, nullable=False),
        sa.Column("regions_pilot", sa.Integer, nullable=False),
        sa.Column("regions_comparison", sa.Integer, nullable=False),
        sa.Column("smallest_p", sa.Double),
        sa.Column("smallest_effect", sa.Double),
        sa.Column("reason", sa.Text),
        sa.Column("cautions", sa.JSON, nullable=False),
    )


def _create_flows() -> None:
    op.create_table(
        "participant_flows",
        sa.Column("run", sa.Text, sa.ForeignKey("runs.id"), primary_key=True),
        sa.Column("moved", sa.Integer, nullable=False),
        sa.Column("unassigned", sa.Integer, nullable=False),
    )
    op.create_table(
        "arm_flows",
        sa.Column("run", sa.Text, sa.ForeignKey("runs.id"), primary_key=True),
        sa.Column("position", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("arm", sa.Text, nullable=False),
        sa.Column("regions", sa.Integer, nullable=False),
        sa.Column("eligible", sa.Integer),
        sa.Column("approached", sa.Integer),
        sa.Column("baseline", sa.Integer, nullable=False),
        sa.Column("endline", sa.Integer, nullable=False),
        sa.Column("both", sa.Integer, nullable=False),
        sa.Column("analysed", sa.Integer, nullable=False),
    )
    op.create_table(
        "batch_qualities",
        sa.Column("run", sa.Text, sa.ForeignKey("runs.id"), primary_key=True),
        sa.Column("batches", sa.Integer, nullable=False),
        sa.Column("refused", sa.Integer, nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("accepted", sa.Integer, nullable=False),
        sa.Column("held", sa.Integer, nullable=False),
        sa.Column("without_consent", sa.Integer, nullable=False),
        sa.Column("item_answers", sa.BigInteger, nullable=False),
        sa.Column("item_missing", sa.BigInteger, nullable=False),
        sa.Column("findings", sa.JSON, nullable=False),
    )


def _create_releases() -> None:
    op.create_table(
        "releases",
        sa.Column("digest", DIGEST, primary_key=True),
        sa.Column("run", sa.Text, sa.ForeignKey("runs.id"), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("format", sa.String(8), nullable=False),
        sa.Column("released_at", MOMENT, nullable=False),
        sa.Column("minimum_cell", sa.Integer, nullable=False),
    )
    op.create_table(
        "released_cells",
        sa.Column("release", DIGEST, sa.ForeignKey("releases.digest"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.UniqueConstraint("release", "key"),
    )


def _keep_events() -> None:
    """Refuse UPDATE and DELETE: a line that was written stays as it was written."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(SQLITE_TRIGGER.format(move="UPDATE"))
        op.execute(SQLITE_TRIGGER.format(move="DELETE"))
    else:
        op.execute(POSTGRESQL_FUNCTION)
        op.execute(POSTGRESQL_TRIGGER)
