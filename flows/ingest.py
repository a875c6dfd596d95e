"""Every batch that waits is taken in: stored, or sent back with what was found wrong."""

from __future__ import annotations

from datetime import UTC, datetime

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from evaluation.design import load_study
from evaluation.errors import EvaluationError, StoreError
from evaluation.intake.admission import admit, due_batches
from evaluation.intake.retention import sweep
from evaluation.settings import Settings
from evaluation.store.engine import open_store, reading
from flows.discretion import discreet
from flows.showing import ingest_summary


@flow(name="ingest")
def ingest() -> dict[str, str]:
    """Batch id → the status it came to, of every batch that waited.

    Raises the first of what went wrong, when all the others are done.
    """
    outcome: dict[str, str] = {}
    failed: list[EvaluationError] = []
    for batch in waiting_batches():
        # One that cannot be judged (its key is lost, a bug of ours) must not keep others waiting.
        try:
            outcome[batch] = ingest_batch(batch)
        except EvaluationError as error:
            failed.append(error)
    sweep_quarantine()
    create_markdown_artifact(ingest_summary(list(outcome.values())), key="ingest")
    if failed:
        raise failed[0]
    return outcome


@task(name="sweep quarantine", cache_policy=NO_CACHE)
@discreet
def sweep_quarantine() -> int:
    """How many deliveries were deleted because their term was over."""
    settings = Settings.from_env()
    study = load_study(settings.study)
    swept = sweep(open_store(settings.database_url), settings, study, now=datetime.now(UTC))
    return swept.deliveries


@task(name="waiting batches", cache_policy=NO_CACHE)
@discreet
def waiting_batches() -> list[str]:
    settings = Settings.from_env()
    with reading(open_store(settings.database_url)) as conn:
        return due_batches(conn, load_study(settings.study))


def _is_about_the_store(_task: object, _run: object, state: object) -> bool:
    """Another writer or a database that restarts may be over in a second; a bug will not."""
    error = getattr(state, "data", None)
    return isinstance(getattr(error, "exception", error), StoreError)


@task(
    name="ingest batch",
    task_run_name="ingest {batch}",
    retries=2,
    retry_delay_seconds=1,
    retry_condition_fn=_is_about_the_store,
    cache_policy=NO_CACHE,
)
@discreet
def ingest_batch(batch: str) -> str:
    settings = Settings.from_env()
    return admit(
        open_store(settings.database_url),
        settings,
        load_study(settings.study),
        batch=batch,
        now=datetime.now(UTC),
    )
