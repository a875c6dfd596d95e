"""One comparison through the gate out, without Prefect: protected, written, put in the ledger."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine

from evaluation.design import Study
from evaluation.errors import StoreError
from evaluation.language import Language
from evaluation.records.releases import Release
from evaluation.release import (
    Facts,
    PublishedReport,
    ReleasedFacts,
    build_report,
    protect,
    publish_report,
)
from evaluation.settings import Settings
from evaluation.store.engine import reading, writing
from evaluation.store.estimates import latest_run, load_comparison
from evaluation.store.releases import add_release

FORMAT = "html"


def latest(engine: Engine, *, now: datetime) -> str:
    with reading(engine) as conn:
        run = latest_run(conn, now)
    if run is None:
        raise StoreError("no_comparison")
    return run


def release(
    engine: Engine, settings: Settings, study: Study, *, run: str, language: str, now: datetime
) -> PublishedReport:
    """The report of one run in one language; the same run writes the same bytes every time."""
    with reading(engine) as conn:
        comparison = load_comparison(conn, run)
    released = protect(Facts(comparison, study), study.disclosure)
    report = build_report(released, study, Language(language))
    published = publish_report(report, folder=settings.reports, language=language)
    with writing(engine) as conn:
        add_release(conn, _entry(published, released, run, study, now), actor="report")
    return published


def _entry(
    published: PublishedReport, released: ReleasedFacts, run: str, study: Study, now: datetime
) -> Release:
    return Release(
        digest=published.sha256,
        run=run,
        language=published.language,
        format=FORMAT,
        released_at=now,
        minimum_cell=study.disclosure.minimum_cell,
        cells=released.ledger(),
    )
