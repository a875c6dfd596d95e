"""What each run found, kept whole: the report of last June is made from these lines again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from evaluation.errors import StoreError
from evaluation.records.estimates import (
    ArmFlow,
    BatchQuality,
    Comparison,
    Estimate,
    ParticipantFlow,
    Run,
)
from evaluation.store import tables
from evaluation.store.events import Details, record
from evaluation.store.indicators import load_datasets, save_datasets
from evaluation.store.opinions import PARTS, add_opinions, with_opinions


def save_comparison(conn: Connection, comparison: Comparison, *, actor: str) -> bool:
    """False, and nothing written, where this run is stored already."""
    run = comparison.run
    if has_comparison(conn, run.id):
        return False
    _add_run(conn, run)
    _add(conn, tables.estimates, run, map(_plain, comparison.estimates))
    add_opinions(conn, run.id, comparison.estimates)
    save_datasets(conn, run.id, comparison.datasets)
    _add(conn, tables.arm_flows, run, map(asdict, comparison.flow.arms))
    flow, quality = asdict(comparison.flow), asdict(comparison.quality)
    del flow["arms"]
    conn.execute(insert(tables.participant_flows).values(run=run.id, **flow))
    conn.execute(insert(tables.batch_qualities).values(run=run.id, **quality))
    details: Details = {
        "run": run.id,
        "plan_digest": run.plan_digest,
        "data_digest": run.data_digest,
        "estimates": len(comparison.estimates),
        "batches": len(run.batches),
    }
    record(conn, kind="run.saved", at=run.started_at, actor=actor, details=details)
    return True


def has_comparison(conn: Connection, run: str) -> bool:
    return bool(conn.scalar(select(tables.runs.c.id).where(tables.runs.c.id == run)))


def load_comparison(conn: Connection, run: str) -> Comparison:
    """The run as it was saved; StoreError where there is none of that id."""
    found = conn.execute(select(tables.runs).where(tables.runs.c.id == run)).mappings().first()
    if found is None:
        raise StoreError("run_unknown", run=run)
    estimates = [_estimate(row) for row in _rows(conn, tables.estimates, run)]
    return Comparison(
        run=_run(conn, dict(found)),
        estimates=with_opinions(conn, run, estimates),
        flow=_flow(conn, run),
        quality=_quality(conn, run),
        datasets=load_datasets(conn, run),
    )


def latest_run(conn: Connection, as_of: datetime) -> str | None:
    """The id of the last run that had been started by `as_of`."""
    r = tables.runs.c
    newest = select(r.id).where(r.started_at <= as_of).order_by(r.started_at.desc(), r.id.desc())
    return conn.scalar(newest.limit(1))


def _add_run(conn: Connection, run: Run) -> None:
    said = asdict(run)
    del said["batches"]
    conn.execute(insert(tables.runs).values(said))
    _add(conn, tables.run_batches, run, ({"batch": batch} for batch in run.batches))


def _add(conn: Connection, table: Table, run: Run, rows: Iterable[dict[str, Any]]) -> None:
    numbered = [{"run": run.id, "position": number, **row} for number, row in enumerate(rows)]
    if numbered:
        conn.execute(insert(table), numbered)


def _rows(conn: Connection, table: Table, run: str) -> list[dict[str, Any]]:
    """A run's lines of one table, in their order, without the key."""
    kept = [column for column in table.c if column.name not in ("run", "position")]
    order = table.c.position if "position" in table.c else table.c.run
    rows = conn.execute(select(*kept).where(table.c.run == run).order_by(order)).mappings()
    return [dict(row) for row in rows]


def _run(conn: Connection, row: dict[str, Any]) -> Run:
    batches = tuple(line["batch"] for line in _rows(conn, tables.run_batches, row["id"]))
    versions = tuple((package, version) for package, version in row["versions"])
    return Run(**row | {"batches": batches, "versions": versions})


def _plain(estimate: Estimate) -> dict[str, Any]:
    """Without the parts that have tables of their own."""
    return {name: value for name, value in asdict(estimate).items() if name not in PARTS}


def _estimate(row: dict[str, Any]) -> Estimate:
    return Estimate(**row | {"cautions": tuple(row["cautions"])})


def _flow(conn: Connection, run: str) -> ParticipantFlow:
    (row,) = _rows(conn, tables.participant_flows, run)
    arms = tuple(ArmFlow(**arm) for arm in _rows(conn, tables.arm_flows, run))
    return ParticipantFlow(arms=arms, **row)


def _quality(conn: Connection, run: str) -> BatchQuality:
    (row,) = _rows(conn, tables.batch_qualities, run)
    findings = tuple((rule, often) for rule, often in row["findings"])
    return BatchQuality(**row | {"findings": findings})
