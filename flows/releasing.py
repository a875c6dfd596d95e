"""One comparison through the gate out, without Prefect: protected, put in the ledger, written."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine

from evaluation.design import Study
from evaluation.errors import StoreError
from evaluation.language import Language
from evaluation.records.releases import Release
from evaluation.release import (
    EarlierReport,
    Facts,
    PublishedReport,
    ReleasedFacts,
    compose_report,
    protect,
    publish_report,
    render_report,
)
from evaluation.release.high_water import check_ledger, mark_ledger
from evaluation.release.report.blocks import Document
from evaluation.release.report.kinds import kind_of
from evaluation.settings import Settings
from evaluation.store.challenges import load_challenges
from evaluation.store.engine import reading, writing
from evaluation.store.estimates import latest_run, load_comparison
from evaluation.store.measures import load_measures
from evaluation.store.releases import add_release, all_releases, ledger_heads
from flows.planning import planning_of


@dataclass(frozen=True, slots=True)
class Rendered:
    """One language of a report: format → bytes, and the facts that all of them tell."""

    facts: ReleasedFacts
    language: str
    kind: str
    files: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Composed:
    """One run, protected once and put into words in every language that is asked for."""

    run: str
    facts: ReleasedFacts
    kind: str
    documents: tuple[Document, ...]


def latest(engine: Engine, *, now: datetime) -> str:
    with reading(engine) as conn:
        run = latest_run(conn, now)
    if run is None:
        raise StoreError("no_comparison")
    return run


def release(
    engine: Engine,
    settings: Settings,
    study: Study,
    *,
    run: str,
    languages: Sequence[str],
    now: datetime,
    forms: tuple[str, ...] = ("html",),
    kind: str | None = None,
) -> tuple[PublishedReport, ...]:
    """The drafts of one run, language by language; the same run writes the same bytes every
    time."""
    composed = compose(engine, settings, study, run=run, languages=languages, now=now, kind=kind)
    made = entered(engine, settings, study, composed, now=now, forms=forms, draft=True)
    return tuple(report for each in made for report in put_out(each, settings))


def put_out(made: Rendered, settings: Settings) -> tuple[PublishedReport, ...]:
    """Each file under its stable name and under its own digest."""
    return tuple(
        publish_report(
            report, folder=settings.reports, language=made.language, form=form, kind=made.kind
        )
        for form, report in made.files
    )


def compose(
    engine: Engine,
    settings: Settings,
    study: Study,
    *,
    run: str,
    languages: Sequence[str],
    now: datetime,
    kind: str | None = None,
) -> Composed:
    """Through the gate once, whatever the languages and formats: what is hidden is the same in all.

    DisclosureError: the ledger has forgotten releases (high_water.py); the release waits.
    """
    chosen = kind_of(study, kind).id
    with reading(engine) as conn:
        check_ledger(settings.reports, ledger_heads(conn))
        facts = facts_of(conn, study, run)
        earlier = earlier_reports(conn, run, now)
    released = protect(facts, study.disclosure, earlier=earlier)
    documents = (
        compose_report(released, study, Language(language), kind=chosen) for language in languages
    )
    return Composed(run, released, chosen, tuple(documents))


def entered(
    engine: Engine,
    settings: Settings,
    study: Study,
    composed: Composed,
    *,
    now: datetime,
    forms: tuple[str, ...],
    draft: bool,
) -> tuple[Rendered, ...]:
    """Rendered and entered in the ledger, not yet written anywhere: drafts are read too."""
    made = tuple(
        Rendered(
            composed.facts,
            document.language,
            composed.kind,
            tuple(zip(forms, render_report(document, forms=forms, draft=draft), strict=True)),
        )
        for document in composed.documents
    )
    # Entered before it is published: killed in between, the ledger knows too much, not too little.
    with writing(engine) as conn:
        for each in made:
            for form, report in each.files:
                entry = _entry(report, each, composed.run, form, study, now)
                add_release(conn, entry, actor="report")
        heads = ledger_heads(conn)
    mark_ledger(settings.reports, heads)
    return made


def facts_of(conn: Connection, study: Study, run: str) -> Facts:
    """All that a report of this run could say, as it is kept."""
    comparison = load_comparison(conn, run)
    return Facts(
        comparison,
        study,
        planning=planning_of(conn, study, comparison.run),
        evidence=load_challenges(conn, run),
        measures=load_measures(conn, run),
    )


def earlier_reports(conn: Connection, run: str, now: datetime) -> tuple[EarlierReport, ...]:
    """Every run that was released before this one was, once, whatever the languages."""
    releases = all_releases(conn, now)
    first = next((r.released_at for r in releases if r.run == run), now)
    before = {r.run: r for r in releases if r.run != run and r.released_at <= first}
    return tuple(
        EarlierReport(load_comparison(conn, r.run), dict(r.cells), r.minimum_cell)
        for r in before.values()
    )


def _entry(
    report: bytes, made: Rendered, run: str, form: str, study: Study, now: datetime
) -> Release:
    return Release(
        digest=hashlib.sha256(report).hexdigest(),
        run=run,
        language=made.language,
        format=form,
        released_at=now,
        minimum_cell=study.disclosure.minimum_cell,
        cells=made.facts.ledger(),
    )
