"""What the gate found → a near miss in the store, its clock running by the study's calendar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from evaluation.design import Study
from evaluation.records.findings import Finding
from evaluation.records.near_misses import due_by
from evaluation.store.near_misses import note_near_miss

if TYPE_CHECKING:
    from sqlalchemy import Connection

RULES = {"personal_data": "header", "personal_file_name": "file_name"}
"""The rules that are near misses, and the kind where a finding does not say one."""


def kinds_of(findings: Iterable[Finding]) -> Mapping[str, int]:
    """Kind → in how many places; empty where nothing personal was found."""
    return Counter(
        str(finding.values.get("kind", RULES[finding.rule]))
        for finding in findings
        if finding.rule in RULES
    )


def note(
    conn: Connection,
    study: Study,
    batch: str,
    findings: Iterable[Finding],
    *,
    now: datetime,
    actor: str,
) -> None:
    """Nothing where there is nothing to note. In the caller's transaction."""
    if kinds := kinds_of(findings):
        due = due_by(now, time_zone=study.time_zone, holidays=study.retention.holidays)
        note_near_miss(conn, batch, kinds, at=now, due=due, actor=actor)
