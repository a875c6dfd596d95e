"""What Prefect's artifacts may show: ids, counts of batches, rule ids, in English as Prefect.

Everyone with Prefect's page could read them. So what they say of a comparison has passed the gate
out, and numbers of it are not shown at all: a reason, too, may tell of a few children.
"""

from __future__ import annotations

from dataclasses import replace

from evaluation.design import load_study
from evaluation.records.batches import Status
from evaluation.release import Facts, ReleasedFacts, protect
from evaluation.settings import Settings
from evaluation.store.engine import open_store, reading
from evaluation.store.estimates import load_comparison


def released_of(run: str) -> ReleasedFacts:
    """Of the outcomes alone: most of the gate's work is on tables that nothing here shows."""
    settings = Settings.from_env()
    study = load_study(settings.study)
    with reading(open_store(settings.database_url)) as conn:
        facts = Facts(replace(load_comparison(conn, run), datasets=()), study)
    return protect(facts, study.disclosure)


def estimate_rows(released: ReleasedFacts) -> list[dict[str, str]]:
    return [
        {
            "outcome": outcome.outcome,
            "family": outcome.family,
            "estimator": outcome.estimator,
            "answered": "hidden" if outcome.hidden else "no" if outcome.reason else "yes",
            "reason": outcome.reason or "",
            "cautions": ", ".join(outcome.cautions),
        }
        for outcome in released.outcomes
    ]


def ingest_summary(statuses: list[str]) -> str:
    lines = [f"| {status} | {statuses.count(status)} |" for status in Status if status in statuses]
    return "\n".join(["| status | batches |", "|---|---|", *lines])
