"""Stored answers → one comparison of the regions, kept under its run id."""

from __future__ import annotations

from datetime import UTC, datetime

from prefect import flow, task, unmapped
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE

from evaluation.analysis import CHALLENGES
from evaluation.design import load_study
from evaluation.records.challenges import Challenge
from evaluation.settings import Settings
from evaluation.store.challenges import load_challenges, save_challenges
from evaluation.store.engine import open_store, reading, writing
from evaluation.store.estimates import has_comparison, save_comparison
from flows.challenges import challenged, in_order
from flows.comparison import comparison_of, run_of
from flows.discretion import discreet
from flows.measuring import measure_run


@flow(name="compare")
def compare(as_of: datetime | None = None) -> str:
    """Compare by the plan, on the data as they stood at `as_of` (default: now); the run id."""
    run = compare_regions(as_of)
    keep_challenges(run, [column.result() for column in challenge.map(unasked(run), unmapped(run))])
    measure_run(run)
    show_estimates(run)
    return run


@task(name="compare regions", cache_policy=NO_CACHE)
@discreet
def compare_regions(as_of: datetime | None) -> str:
    """A run that is stored already is not computed again: same data, same plan, same code."""
    settings = Settings.from_env()
    study = load_study(settings.study)
    engine = open_store(settings.database_url)
    now = datetime.now(UTC)
    with reading(engine) as conn:
        run = run_of(conn, study, as_of=as_of or now, now=now)
        if has_comparison(conn, run.id):
            return run.id
        comparison = comparison_of(conn, study, run)
    with writing(engine) as conn:
        save_comparison(conn, comparison, actor="compare")
    return run.id


@task(name="what is not asked yet", cache_policy=NO_CACHE)
@discreet
def unasked(run: str) -> list[str]:
    """The challenges to put, a task each; none where the run has its evidence already."""
    with reading(open_store(Settings.from_env().database_url)) as conn:
        return [] if load_challenges(conn, run) else list(CHALLENGES)


@task(name="challenge", cache_policy=NO_CACHE)
@discreet
def challenge(name: str, run: str) -> list[Challenge]:
    settings = Settings.from_env()
    with reading(open_store(settings.database_url)) as conn:
        return challenged(conn, load_study(settings.study), run, name)


@task(name="keep evidence", cache_policy=NO_CACHE)
@discreet
def keep_challenges(run: str, columns: list[list[Challenge]]) -> None:
    settings = Settings.from_env()
    cells = in_order(columns, load_study(settings.study))
    with writing(open_store(settings.database_url)) as conn:
        save_challenges(conn, run, cells)


@task(name="show estimates", cache_policy=NO_CACHE)
@discreet
def show_estimates(run: str) -> None:
    """Which outcomes have a number and which a reason; the numbers leave by the report alone."""
    from flows.showing import estimate_rows, released_of

    create_table_artifact(
        estimate_rows(released_of(run)), key="estimates", description=f"Run {run}"
    )
