"""The year-end assessment: what waits is taken in, regions are compared, reports are written."""

from __future__ import annotations

from datetime import datetime

from prefect import flow

from flows.compare import compare
from flows.ingest import ingest
from flows.report import report


@flow(name="assessment")
def assessment(as_of: datetime | None = None) -> list[str]:
    """Where the reports are."""
    ingest()
    run = compare(as_of)
    return report(run)
