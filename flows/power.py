"""Before the year-end answers are in: which effect could be found, and what would one region buy?

Every scenario is a task, with all outcomes: a task costs more than the studies of one outcome.
Without Prefect the same answers come from `answer_power` one by one.
"""

from __future__ import annotations

from datetime import UTC, datetime

from prefect import flow, task, unmapped
from prefect.cache_policies import NO_CACHE

from evaluation.analysis import (
    SCENARIOS,
    PowerAnswer,
    Question,
    answer_power,
    fields_needed,
    questions,
)
from evaluation.design import load_study
from evaluation.settings import Settings
from evaluation.store.engine import open_store, reading
from evaluation.store.pooled import load_compared
from flows.comparison import plan_of
from flows.discretion import discreet

DRAWS = 1_000
LOST = 0.10
BETWEEN_WAVES = 0.6


@flow(name="power")
def power(
    as_of: datetime | None = None,
    draws: int = DRAWS,
    seed: int = 2022,
    lost: float = LOST,
    between_waves: float = BETWEEN_WAVES,
) -> list[PowerAnswer]:
    """In the plan's order of outcomes, each with every scenario."""
    asked = ask(as_of, lost, between_waves)
    columns = [asked[place :: len(SCENARIOS)] for place in range(len(SCENARIOS))]
    found = answer.map(columns, draws=unmapped(draws), seed=unmapped(seed))
    rows = zip(*(column.result() for column in found), strict=True)
    return [one for row in rows for one in row]


@task(name="ask the baseline", cache_policy=NO_CACHE)
@discreet
def ask(as_of: datetime | None, lost: float, between_waves: float) -> list[Question]:
    settings = Settings.from_env()
    study = load_study(settings.study)
    instrument = study.instruments[plan_of(study).instrument]
    with reading(open_store(settings.database_url)) as conn:
        pooled = load_compared(
            conn, instrument, as_of=as_of or datetime.now(UTC), fields=fields_needed(study)
        )
    return list(questions(pooled.frame, study, lost=lost, between_waves=between_waves))


@task(name="draw studies", cache_policy=NO_CACHE)
@discreet
def answer(scenario: list[Question], draws: int, seed: int) -> list[PowerAnswer]:
    plan = plan_of(load_study(Settings.from_env().study))
    return [answer_power(question, plan, draws=draws, seed=seed) for question in scenario]
