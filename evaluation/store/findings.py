"""What was found in each batch, kept for its sender and for the report's data quality."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from evaluation.records.batches import Batch
from evaluation.records.findings import Effect, Finding, Severity
from evaluation.store import tables
from evaluation.store.batches import require_undecided
from evaluation.store.statuses import decided_ids

KEPT = [field.name for field in fields(Finding)]


def add_findings(conn: Connection, batch: Batch, findings: tuple[Finding, ...]) -> None:
    """Replace the batch's findings, so that a retry stores them once.

    The line in the events comes with the move that judges the batch, in the same transaction.
    """
    require_undecided(conn, batch.id)
    conn.execute(delete(tables.findings).where(tables.findings.c.batch == batch.id))
    rows = [
        {"batch": batch.id, "position": position, **_row(finding)}
        for position, finding in enumerate(findings)
    ]
    if rows:
        conn.execute(insert(tables.findings), rows)


def load_findings(conn: Connection, batch: str) -> tuple[Finding, ...]:
    """In the order in which they were found."""
    f = tables.findings.c
    kept = [f[name] for name in KEPT]
    rows = conn.execute(select(*kept).where(f.batch == batch).order_by(f.position)).mappings()
    return tuple(_finding(dict(row)) for row in rows)


def finding_counts(conn: Connection, as_of: datetime) -> tuple[tuple[str, int], ...]:
    """Rule → how often, most frequent first, in the batches that `tallies` counts."""
    f = tables.findings.c
    often = func.count().label("often")
    query = (
        select(f.rule, often)
        .where(f.batch.in_(decided_ids(as_of)))
        .group_by(f.rule)
        .order_by(often.desc(), f.rule)
    )
    return tuple((row.rule, row.often) for row in conn.execute(query))


def _row(finding: Finding) -> dict[str, Any]:
    said = {name: getattr(finding, name) for name in KEPT}
    plain = {"severity": str(finding.severity), "effect": str(finding.effect)}
    return said | plain | {"values": dict(finding.values)}


def _finding(row: dict[str, Any]) -> Finding:
    judged = {"severity": Severity(row["severity"]), "effect": Effect(row["effect"])}
    return Finding(**row | judged)
