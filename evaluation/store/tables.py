"""The fixed tables, for SQLite and PostgreSQL alike; answers have tables of their own.

A change here needs a migration: a test compares what the migrations build with this file.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Double,
    ForeignKey,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from evaluation.store.moments import Moment
from evaluation.store.opinion_tables import declare_opinions

# Every constraint has a name that both databases agree on, or no migration could alter it.
NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}
metadata = MetaData(naming_convention=NAMES)

DIGEST = String(64)

batches = Table(
    "batches",
    metadata,
    Column("id", DIGEST, primary_key=True),
    Column("instrument", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("region", Text, nullable=False),
    Column("wave", SmallInteger),
    Column("size", BigInteger, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("supersedes", ForeignKey("batches.id")),
)

# A batch's status is its last line here, so that its status of last June is still known.
batch_statuses = Table(
    "batch_statuses",
    metadata,
    Column("batch", ForeignKey("batches.id"), primary_key=True),
    Column("step", SmallInteger, primary_key=True, autoincrement=False),
    Column("status", String(32), nullable=False),
    Column("at", Moment, nullable=False),
)

batch_cards = Table(
    "batch_cards",
    metadata,
    Column("batch", ForeignKey("batches.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

tallies = Table(
    "tallies",
    metadata,
    Column("batch", ForeignKey("batches.id"), primary_key=True),
    Column("rows", Integer, nullable=False),
    Column("accepted", Integer, nullable=False),
    Column("held", Integer, nullable=False),
    Column("without_consent", Integer, nullable=False),
    Column("declared", Integer),
    Column("eligible", Integer),
    Column("approached", Integer),
    Column("set_aside", Integer, nullable=False, server_default="0"),
)

findings = Table(
    "findings",
    metadata,
    Column("batch", ForeignKey("batches.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("rule", Text, nullable=False),
    Column("severity", String(32), nullable=False),
    Column("effect", String(32), nullable=False),
    Column("sheet", Integer),
    Column("row", Integer),
    Column("column", String(8)),
    Column("field", Text),
    Column("values", JSON, nullable=False),
)

# Append-only: triggers of the first migration refuse to change or delete a line.
events = Table(
    "events",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("kind", Text, nullable=False),
    Column("actor", Text, nullable=False),
    # No foreign key: a file that could not be read leaves a line and no batch.
    Column("batch", DIGEST),
    Column("details", Text, nullable=False),
    Column("previous", DIGEST, nullable=False),
    Column("hash", DIGEST, nullable=False),
    # Two lines with the same predecessor would be a fork: the database refuses the second.
    UniqueConstraint("previous"),
)

instruments = Table(
    "instruments",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("fingerprint", DIGEST, nullable=False),
)

withdrawals = Table(
    "withdrawals",
    metadata,
    Column("respondent", Text, primary_key=True),
    Column("withdrawn_at", Moment, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("as_of", Moment, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("code_version", Text, nullable=False),
    Column("plan_digest", DIGEST, nullable=False),
    Column("plan_dated", Date, nullable=False),
    Column("study_digest", DIGEST, nullable=False),
    Column("data_digest", DIGEST, nullable=False),
    Column("versions", JSON, nullable=False),
    Column("synthetic", Boolean, nullable=False),
)

run_batches = Table(
    "run_batches",
    metadata,
    Column("run", ForeignKey("runs.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("batch", ForeignKey("batches.id"), nullable=False),
)

estimates = Table(
    "estimates",
    metadata,
    Column("run", ForeignKey("runs.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("outcome", Text, nullable=False),
    Column("scale", Text, nullable=False),
    Column("family", Text, nullable=False),
    Column("estimator", Text, nullable=False),
    Column("value", Double),
    Column("standard_error", Double),
    Column("low", Double),
    Column("high", Double),
    Column("level", Double, nullable=False),
    Column("dof", Double),
    Column("p_value", Double),
    Column("p_adjusted", Double),
    Column("adjusted_by", Text),
    Column("method", Text, nullable=False),
    Column("standardised", Double),
    Column("baseline_gap", Double),
    Column("baseline_pilot", Double),
    Column("baseline_comparison", Double),
    Column("endline_pilot", Double),
    Column("endline_comparison", Double),
    Column("n_pilot", Integer, nullable=False),
    Column("n_comparison", Integer, nullable=False),
    Column("regions_pilot", Integer, nullable=False),
    Column("regions_comparison", Integer, nullable=False),
    Column("smallest_p", Double),
    Column("smallest_effect", Double),
    Column("reason", Text),
    Column("cautions", JSON, nullable=False),
)

estimate_opinions, estimate_bootstraps, estimate_companions = declare_opinions(metadata)

participant_flows = Table(
    "participant_flows",
    metadata,
    Column("run", ForeignKey("runs.id"), primary_key=True),
    Column("moved", Integer, nullable=False),
    Column("unassigned", Integer, nullable=False),
)

arm_flows = Table(
    "arm_flows",
    metadata,
    Column("run", ForeignKey("runs.id"), primary_key=True),
    Column("position", SmallInteger, primary_key=True, autoincrement=False),
    Column("arm", Text, nullable=False),
    Column("regions", Integer, nullable=False),
    Column("eligible", Integer),
    Column("approached", Integer),
    Column("baseline", Integer, nullable=False),
    Column("endline", Integer, nullable=False),
    Column("both", Integer, nullable=False),
    Column("analysed", Integer, nullable=False),
)

batch_qualities = Table(
    "batch_qualities",
    metadata,
    Column("run", ForeignKey("runs.id"), primary_key=True),
    Column("batches", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("accepted", Integer, nullable=False),
    Column("held", Integer, nullable=False),
    Column("without_consent", Integer, nullable=False),
    Column("item_answers", BigInteger, nullable=False),
    Column("item_missing", BigInteger, nullable=False),
    Column("findings", JSON, nullable=False),
)

releases = Table(
    "releases",
    metadata,
    Column("digest", DIGEST, primary_key=True),
    Column("run", ForeignKey("runs.id"), nullable=False),
    Column("language", String(8), nullable=False),
    Column("format", String(8), nullable=False),
    Column("released_at", Moment, nullable=False),
    Column("minimum_cell", Integer, nullable=False),
)

released_cells = Table(
    "released_cells",
    metadata,
    Column("release", ForeignKey("releases.digest"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False),
    Column("text", Text, nullable=False),
    UniqueConstraint("release", "key"),
)
