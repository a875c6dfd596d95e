"""What Prefect's artifacts may show: ids, counts and rule ids, in English as Prefect itself is.

Estimates are not shown: everyone with Prefect's page could read them before the gate out.
"""

from __future__ import annotations

from evaluation.records.batches import Status
from evaluation.settings import Settings
from evaluation.store.engine import open_store, reading
from evaluation.store.estimates import load_comparison


def estimate_rows(run: str) -> list[dict[str, str]]:
    with reading(open_store(Settings.from_env().database_url)) as conn:
        comparison = load_comparison(conn, run)
    return [
        {
            "outcome": estimate.outcome,
            "family": estimate.family,
            "estimator": estimate.estimator,
            "answered": "no" if estimate.reason else "yes",
            "reason": estimate.reason or "",
            "cautions": ", ".join(estimate.cautions),
        }
        for estimate in comparison.estimates
    ]


def ingest_summary(statuses: list[str]) -> str:
    lines = [f"| {status} | {statuses.count(status)} |" for status in Status if status in statuses]
    return "\n".join(["| status | batches |", "|---|---|", *lines])
