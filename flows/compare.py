"""Stored answers → one comparison of the regions, kept under its run id."""

from __future__ import annotations

from datetime import UTC, datetime

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE

from evaluation.design import load_study
from evaluation.settings import Settings
from evaluation.store.engine import open_store, reading, writing
from evaluation.store.estimates import has_comparison, save_comparison
from flows.comparison import comparison_of, run_of
from flows.discretion import discreet


@flow(name="compare")
def compare(as_of: datetime | None = None) -> str:
    """Compare by the plan, on the data as they stood at `as_of` (default: now); the run id."""
    run = compare_regions(as_of)
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


@task(name="show estimates", cache_policy=NO_CACHE)
@discreet
def show_estimates(run: str) -> None:
    """Which outcomes have a number and which a reason; the numbers leave by the report alone."""
    from flows.showing import estimate_rows

    create_table_artifact(estimate_rows(run), key="estimates", description=f"Run {run}")
