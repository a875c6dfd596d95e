"""What one comparison is made of, without Prefect: the store's rows → a `Comparison`.

The rooms of analysis and store never meet; this is where the one is handed what the other kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from evaluation.analysis import compare, fields_needed, item_quality
from evaluation.design import Instrument, Plan, Study
from evaluation.errors import StoreError, StudyError
from evaluation.records.batches import Batch, Status, Tally
from evaluation.records.estimates import BatchQuality, Comparison, Run
from evaluation.store.batches import all_batches, live_batches, tallies
from evaluation.store.events import last_change
from evaluation.store.findings import finding_counts
from evaluation.store.pooled import load_compared
from evaluation.store.withdrawals import withdrawn
from flows.datasets import datasets_of
from flows.provenance import code_version, package_versions

POOLED = "versions_pooled"
"""The caution at every result that is made of answers to several versions of a questionnaire."""


def plan_of(study: Study) -> Plan:
    if study.plan is None:
        raise StudyError("no_plan", file="plan.yaml", key="outcomes")
    return study.plan


def run_of(conn: Connection, study: Study, *, as_of: datetime, now: datetime) -> Run:
    """Who this run is: the same data, plan, study and code are the same run.

    The cut-off is the last change at or before `as_of`, not `as_of` itself, so that looking
    twice at unchanged data is one run and one report.
    """
    plan = plan_of(study)
    batches = tuple(batch.id for batch in live_batches(conn, as_of))
    change = last_change(conn, as_of)
    if change is None or not batches:
        raise StoreError("no_data")
    data = _data_digest(conn, as_of, now)
    return Run(
        id=_digest(plan.digest, study.digest, code_version(), data)[:16],
        as_of=change,
        started_at=now,
        code_version=code_version(),
        plan_digest=plan.digest,
        plan_dated=plan.dated,
        study_digest=study.digest,
        data_digest=data,
        batches=batches,
        versions=package_versions(),
        synthetic=study.example,
    )


def comparison_of(conn: Connection, study: Study, run: Run) -> Comparison:
    """Every outcome of the plan, on the data as they stood at `run.as_of`."""
    instrument = study.instruments[plan_of(study).instrument]
    pooled = load_compared(conn, instrument, as_of=run.as_of, fields=fields_needed(study))
    counts = tallies(conn, run.as_of)
    live = [
        (batch, counts[batch.id])
        for batch in live_batches(conn, run.as_of)
        if batch.instrument == instrument.id
    ]
    estimates, flow = compare(responses=pooled.frame, tallies=live, study=study)
    seen = item_quality(pooled.frame, instrument)
    quality = replace(
        _quality(conn, instrument, counts, run.as_of),
        item_answers=seen.answers,
        item_missing=seen.missing,
    )
    if len(pooled.versions) > 1:
        estimates = tuple(replace(e, cautions=(*e.cautions, POOLED)) for e in estimates)
    return Comparison(run, estimates, flow, quality, datasets_of(conn, study, run.as_of))


def _quality(
    conn: Connection, instrument: Instrument, counts: dict[str, Tally], as_of: datetime
) -> BatchQuality:
    batches = [b for b in all_batches(conn, as_of) if b.instrument == instrument.id]
    counted = [counts[batch.id] for batch in batches if batch.id in counts]
    return BatchQuality(
        batches=len(batches),
        refused=_refused(batches),
        rows=sum(tally.rows - tally.set_aside for tally in counted),
        accepted=sum(tally.accepted for tally in counted),
        held=sum(tally.held for tally in counted),
        without_consent=sum(tally.without_consent for tally in counted),
        item_answers=0,
        item_missing=0,
        findings=finding_counts(conn, as_of),
    )


def _refused(batches: Sequence[Batch]) -> int:
    return sum(batch.status is Status.REFUSED for batch in batches)


def _data_digest(conn: Connection, as_of: datetime, now: datetime) -> str:
    """Refused batches count too: they change what the report says of data quality. And so does
    who withdrew since `as_of`: their answers are gone from the store, from its past as well."""
    seen = sorted(f"{batch.id} {batch.status}" for batch in all_batches(conn, as_of))
    return _digest(*seen, *sorted(withdrawn(conn, max(as_of, now))))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
