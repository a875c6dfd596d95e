"""The study's own regions as a design for power: from the baseline, before any year-end answer.

Only rows of the baseline wave are looked at, so it can be asked before the endline and again after
it with the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaluation.analysis.arrays import Floats, Labels
from evaluation.analysis.cohort import NOT_MET, cohort_of, plan_of
from evaluation.analysis.inference.intraclass import intraclass
from evaluation.analysis.power import detectable
from evaluation.analysis.power_simulation import (
    BETWEEN_WAVES,
    Assumed,
    SimulatedPower,
    simulate_power,
)
from evaluation.analysis.scoring import scores_of
from evaluation.design import Arm, Plan, Study
from evaluation.errors import EstimationError

SCENARIOS = ("as_it_is", "one_more_pilot", "one_more_comparison", "half_as_many_again")

HALF_A_DEVIATION = 0.5
"""The effect whose power is shown, in SD of the baseline."""


@dataclass(frozen=True, slots=True)
class Question:
    """One outcome under one scenario; or the `reason` (a rule id) why nothing can be assumed."""

    outcome: str
    estimator: str
    scenario: str
    assumed: Assumed | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class PowerAnswer:
    """`analytic`: detectable effect in closed form, points; `simulated` by the analysis itself."""

    question: Question
    analytic: float | None = None
    simulated: SimulatedPower | None = None
    reason: str | None = None


def questions(
    responses: pd.DataFrame,
    study: Study,
    *,
    lost: float = 0.0,
    between_waves: float = BETWEEN_WAVES,
) -> tuple[Question, ...]:
    """Every outcome of the plan under every scenario. `lost`: the share of children who are
    expected not to be seen again. Raises StudyError for a study without a plan, EstimationError
    `no_share`, `no_baseline`."""
    if not (0 <= lost < 1 and 0 <= between_waves < 1):
        raise EstimationError("no_share", name="lost" if not 0 <= lost < 1 else "between_waves")
    plan = plan_of(study)
    cohort = cohort_of(responses[responses["wave"] == plan.baseline_wave], study)
    here = np.flatnonzero(cohort.first != NOT_MET)
    if not len(here):
        raise EstimationError("no_baseline")
    rows = responses[responses["wave"] == plan.baseline_wave]
    found = []
    for outcome in plan.outcomes:
        scale = study.scales[outcome.scale]
        scores = scores_of(rows, scale, study.instruments[plan.instrument])[cohort.first[here]]
        arms, regions = cohort.arms[here], cohort.regions[here]
        found += [
            _question(outcome.id, outcome.estimator, scenario, asked)
            for scenario, asked in _scenarios(scores, arms, regions, lost, between_waves)
        ]
    return tuple(found)


def answer_power(question: Question, plan: Plan, *, draws: int, seed: int) -> PowerAnswer:
    """By formula and by trying, with the plan's power, alpha and limits."""
    assumed = question.assumed
    if assumed is None:
        return PowerAnswer(question, reason=question.reason)
    simulated = simulate_power(
        assumed,
        (HALF_A_DEVIATION * assumed.spread,),
        draws=draws,
        seed=seed,
        estimator=question.estimator,
        power=plan.power,
        alpha=plan.alpha,
        dof_refuse=plan.thresholds["dof_refuse"],
    )
    analytic = detectable(assumed.analytic, power=plan.power, alpha=plan.alpha)
    return PowerAnswer(question, analytic=analytic, simulated=simulated)


def assumed_of(
    scores: Floats, arms: Labels, regions: Labels, *, between_waves: float = BETWEEN_WAVES
) -> Assumed:
    """`scores` (n,), NaN where there is none; children of neither arm are left out. An intraclass
    correlation under zero, which chance makes, counts as zero. Raises EstimationError:
    `regions_per_arm`, `no_variation`, `no_residual`."""
    scored = np.isfinite(scores) & ((arms == Arm.PILOT) | (arms == Arm.COMPARISON))
    sizes = {}
    for arm in (Arm.PILOT, Arm.COMPARISON):
        labels = regions[scored & (arms == arm)]
        sizes[arm] = tuple(int(np.sum(labels == label)) for label in sorted(set(labels)))
    if min(len(of_arm) for of_arm in sizes.values()) < 2:
        raise EstimationError("regions_per_arm")
    y = scores[scored]
    return Assumed(
        pilot=sizes[Arm.PILOT],
        comparison=sizes[Arm.COMPARISON],
        spread=float(y.std(ddof=1)),
        icc=max(intraclass(y, regions[scored]).correlation, 0.0),
        between_waves=between_waves,
    )


def _scenarios(
    scores: Floats, arms: Labels, regions: Labels, lost: float, between_waves: float
) -> list[tuple[str, Assumed | str]]:
    try:
        assumed = assumed_of(scores, arms, regions, between_waves=between_waves)
    except EstimationError as error:
        return [(scenario, error.rule) for scenario in SCENARIOS]
    kept = assumed.larger(1 - lost)
    ways = (kept, kept.one_more("pilot"), kept.one_more("comparison"), kept.larger(1.5))
    return list(zip(SCENARIOS, ways, strict=True))


def _question(outcome: str, estimator: str, scenario: str, asked: Assumed | str) -> Question:
    if isinstance(asked, str):
        return Question(outcome, estimator, scenario, None, asked)
    return Question(outcome, estimator, scenario, asked)
