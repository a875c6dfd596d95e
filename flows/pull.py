"""Every form of the list is asked for what is new; the flow `ingest` then takes it in."""

from __future__ import annotations

from datetime import UTC, datetime

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from evaluation.design import load_study
from evaluation.errors import EvaluationError
from evaluation.servers.patience import Patience
from evaluation.servers.sources import read_sources
from evaluation.settings import Settings
from evaluation.store.engine import open_store
from flows import pulling
from flows.discretion import discreet


@flow(name="pull")
def pull() -> dict[str, int]:
    """Line of the list → how many batches it brought.

    Raises the first of what went wrong, when all the others are done.
    """
    brought: dict[str, int] = {}
    failed: list[EvaluationError] = []
    for line in range(listed_forms()):
        # A server that is down must not keep the others waiting.
        try:
            brought[str(line + 1)] = pull_form(line)
        except EvaluationError as error:
            failed.append(error)
    if failed:
        raise failed[0]
    return brought


@task(name="listed forms", cache_policy=NO_CACHE)
@discreet
def listed_forms() -> int:
    return len(read_sources(Settings.from_env().sources))


@task(name="pull form", task_run_name="pull form {line}", cache_policy=NO_CACHE)
@discreet
def pull_form(line: int) -> int:
    settings = Settings.from_env()
    study = load_study(settings.study)
    engine = open_store(settings.database_url)
    at = read_sources(settings.sources)[line]
    sender = pulling.sender_of(at, study)
    now = datetime.now(UTC)
    with pulling.source_of(at, sender.instrument or "", settings, Patience()) as source:
        return len(list(pulling.pull(engine, settings, study, source, sender, now=now)))
