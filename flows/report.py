"""The comparison passes the release gate and is written in every language of the study."""

from __future__ import annotations

from datetime import UTC, datetime

from prefect import flow, task
from prefect.artifacts import create_link_artifact
from prefect.cache_policies import NO_CACHE

from evaluation.design import load_study
from evaluation.errors import SettingsError
from evaluation.language import languages
from evaluation.release import FORMS
from evaluation.release.report.kinds import builders, kind_of
from evaluation.settings import Settings
from evaluation.store.engine import open_store
from flows.discretion import discreet
from flows.releasing import latest, release

ALL = "all"


@flow(name="report")
def report(
    run: str | None = None,
    language: str | None = None,
    format: str | None = None,
    kind: str | None = None,
) -> list[str]:
    """Where the reports are: of the latest run in every language and format, unless told
    otherwise."""
    codes, forms = _languages(language), _forms(format)
    known_kind(kind)
    chosen = run or latest_run()
    return write_reports(chosen, codes, forms, kind)


@task(name="latest run", cache_policy=NO_CACHE)
@discreet
def latest_run() -> str:
    return latest(open_store(Settings.from_env().database_url), now=datetime.now(UTC))


@task(name="known kind", cache_policy=NO_CACHE)
@discreet
def known_kind(kind: str | None) -> None:
    """Refused before anything is computed where the study has no such kind, or names sections
    that are not there."""
    builders(kind_of(load_study(Settings.from_env().study), kind))


@task(name="write reports", cache_policy=NO_CACHE)
@discreet
def write_reports(
    run: str, codes: tuple[str, ...], forms: tuple[str, ...], kind: str | None = None
) -> list[str]:
    """One task for all languages: they are protected together, and all written or none."""
    settings = Settings.from_env()
    published = release(
        open_store(settings.database_url),
        settings,
        load_study(settings.study),
        run=run,
        languages=codes,
        now=datetime.now(UTC),
        forms=forms,
        kind=kind,
    )
    for each in published:
        if each.form == forms[0]:
            first = each.path
            create_link_artifact(
                first.as_uri(), link_text=first.name, key=f"report-{each.language}"
            )
    return [str(report.path) for report in published]


def _languages(asked: str | None) -> tuple[str, ...]:
    if asked is None:
        return languages()
    if asked not in languages():
        raise SettingsError("unknown_language", code=asked, known=", ".join(languages()))
    return (asked,)


def _forms(asked: str | None) -> tuple[str, ...]:
    if asked in (None, ALL):
        return tuple(FORMS)
    if asked not in FORMS:
        raise SettingsError("unknown_format", format=asked, known=", ".join((*FORMS, ALL)))
    return (asked,)
