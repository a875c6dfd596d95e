"""Would the answer change? One row an outcome, one column a challenge, all by the frozen plan.

Each cell stands alone: it is made from the stored answers by one function, in any order and in any
process, and answers with a number or with the reason why there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from evaluation.analysis.challenges.case import Case, cases_of
from evaluation.analysis.challenges.functioning import arm_items, language_items
from evaluation.analysis.challenges.missing import bounds, imputed, not_at_random
from evaluation.analysis.challenges.others import (
    by_propensity,
    each_region,
    headline,
    quality_flags,
    reweighted,
    slips_linked,
)
from evaluation.design import Study
from evaluation.errors import EstimationError
from evaluation.records.challenges import Challenge

CHALLENGES: Mapping[str, Callable[[Case, str], Challenge]] = {
    "headline": headline,
    "language_items": language_items,
    "arm_items": arm_items,
    "imputed": imputed,
    "bounds": bounds,
    "not_at_random": not_at_random,
    "reweighted": reweighted,
    "by_propensity": by_propensity,
    "each_region": each_region,
    "slips_linked": slips_linked,
    "quality_flags": quality_flags,
}
"""The columns, from left to right."""


def evidence_of(responses: pd.DataFrame, study: Study) -> tuple[Challenge, ...]:
    """`responses`: both waves, the key columns and `fields_needed`. Outcomes in the plan's order,
    each with every challenge. Raises StudyError for a study without a plan."""
    cases = cases_of(responses, study)
    return tuple(challenge(case, name) for case in cases for name in CHALLENGES)


def challenge(case: Case, name: str) -> Challenge:
    """One cell; what cannot be answered says why."""
    try:
        return CHALLENGES[name](case, name)
    except EstimationError as error:
        return Challenge(case.outcome.id, name, reason=error.rule)
