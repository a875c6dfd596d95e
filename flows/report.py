"""The comparison passes the release gate and is written in every language of the study."""

from __future__ import annotations

from datetime import UTC, datetime

from prefect import flow, task
from prefect.artifacts import create_link_artifact
from prefect.cache_policies import NO_CACHE

from evaluation.design import load_study
from evaluation.errors import SettingsError
from evaluation.language import languages
from evaluation.settings import Settings
from evaluation.store.engine import open_store
from flows.discretion import discreet
from flows.releasing import latest, release


@flow(name="report")
def report(run: str | None = None, language: str | None = None) -> list[str]:
    """Where the reports are: of the latest run in every language, unless told otherwise."""
    chosen = run or latest_run()
    return [write_report(chosen, code) for code in _languages(language)]


@task(name="latest run", cache_policy=NO_CACHE)
@discreet
def latest_run() -> str:
    return latest(open_store(Settings.from_env().database_url), now=datetime.now(UTC))


@task(name="write report", task_run_name="write report {language}", cache_policy=NO_CACHE)
@discreet
def write_report(run: str, language: str) -> str:
    settings = Settings.from_env()
    published = release(
        open_store(settings.database_url),
        settings,
        load_study(settings.study),
        run=run,
        language=language,
        now=datetime.now(UTC),
    )
    create_link_artifact(
        published.path.as_uri(), link_text=published.path.name, key=f"progress-report-{language}"
    )
    return str(published.path)


def _languages(asked: str | None) -> tuple[str, ...]:
    if asked is None:
        return languages()
    if asked not in languages():
        raise SettingsError("unknown_language", code=asked, known=", ".join(languages()))
    return (asked,)
