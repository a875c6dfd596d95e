"""The tasks that ask what stands beside a run's estimates, one a question."""

from __future__ import annotations

from prefect import task, unmapped
from prefect.cache_policies import NO_CACHE

from evaluation.analysis import MEASURES
from evaluation.design import load_study
from evaluation.records.measures import Measures
from evaluation.settings import Settings
from evaluation.store.engine import open_store, reading, writing
from evaluation.store.measures import has_measures, save_measures
from flows.discretion import discreet
from flows.measures import measured


def measure_run(run: str) -> None:
    """Inside a flow; a run that has its measures is not asked again."""
    parts = ask_measure.map(unmeasured(run), unmapped(run))
    keep_measures(run, [part.result() for part in parts])


@task(name="what is not measured yet", cache_policy=NO_CACHE)
@discreet
def unmeasured(run: str) -> list[str]:
    with reading(open_store(Settings.from_env().database_url)) as conn:
        return [] if has_measures(conn, run) else list(MEASURES)


@task(name="measure", cache_policy=NO_CACHE)
@discreet
def ask_measure(name: str, run: str) -> Measures:
    settings = Settings.from_env()
    with reading(open_store(settings.database_url)) as conn:
        return measured(conn, load_study(settings.study), run, name)


@task(name="keep measures", cache_policy=NO_CACHE)
@discreet
def keep_measures(run: str, parts: list[Measures]) -> None:
    with writing(open_store(Settings.from_env().database_url)) as conn:
        save_measures(conn, run, sum(parts, Measures()))
