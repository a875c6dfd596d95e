"""Outcomes that were asked together: their p-values adjusted, and then each one's verdict.

A family whose adjustment bounds the chance of one false finding is checked by step-down max-t over
the permutations of the regions; one whose adjustment bounds the share of false findings gets
sharpened q beside it, for exploring only. Neither replaces the plan's own adjustment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from evaluation.analysis.estimation import Estimated
from evaluation.analysis.inference.max_t import max_t
from evaluation.analysis.inference.multiplicity import NOT_ADJUSTED, adjust
from evaluation.analysis.inference.sharpened_q import sharpened_q
from evaluation.analysis.opinions import ARM
from evaluation.analysis.verdict import Grounds, Rules, rules_of, verdict
from evaluation.design import Plan
from evaluation.errors import EstimationError
from evaluation.records.estimates import Estimate

FALSE_DISCOVERY_RATE = ("fdr_bh", "fdr_by")

CHECKED_BY = {"change_score": "ancova"}
"""The estimate whose sign must agree: the change score, or the ANCOVA where that is the headline;
the two bracket the effect under common conditions."""


def judged(found: Sequence[Estimated], plan: Plan) -> tuple[Estimate, ...]:
    """In the order of `found`; an outcome that could not be answered was not asked."""
    adjusted: dict[str, Estimate] = {}
    for family, method in plan.families.items():
        asked = [e for e in found if e.estimate.family == family and e.fit is not None]
        adjusted |= {e.outcome: e for e in _together(asked, method, plan)}
    return tuple(
        with_verdict(
            adjusted.get(e.estimate.outcome, e.estimate), rules_of(plan), attrition=e.attrition
        )
        for e in found
    )


def with_verdict(estimate: Estimate, rules: Rules, *, attrition: bool = False) -> Estimate:
    found = verdict(_grounds(estimate, attrition), rules)
    return replace(estimate, verdict=found.word, verdict_reasons=found.reasons)


def _grounds(estimate: Estimate, attrition: bool) -> Grounds:
    """An outcome whose family is not adjusted stands on its own p."""
    other = CHECKED_BY.get(estimate.estimator, "change_score")
    own = estimate.p_value if estimate.adjusted_by is None else estimate.p_adjusted
    return Grounds(
        value=estimate.value,
        p_value=estimate.p_value,
        p_adjusted=own,
        bootstrap_p=estimate.wild_bootstrap.p_value if estimate.wild_bootstrap else None,
        permutation_p=estimate.permutation.p_value if estimate.permutation else None,
        other_value=next((c.value for c in estimate.companions if c.estimator == other), None),
        keeps_sign=estimate.left_out.keeps_sign if estimate.left_out else None,
        dof=estimate.dof,
        regions_pilot=estimate.regions_pilot,
        regions_comparison=estimate.regions_comparison,
        baseline_gap=estimate.baseline_gap,
        attrition=attrition,
        refused=estimate.reason,
    )


def _together(asked: Sequence[Estimated], method: str, plan: Plan) -> list[Estimate]:
    if method == NOT_ADJUSTED or not asked:
        return [e.estimate for e in asked]
    p_values = [e.estimate.p_value for e in asked if e.estimate.p_value is not None]
    of_each = zip(asked, adjust(p_values, method), strict=True)
    adjusted = [replace(e.estimate, p_adjusted=p, adjusted_by=method) for e, p in of_each]
    if method in FALSE_DISCOVERY_RATE:
        q_values = sharpened_q(p_values)
        return [replace(e, q_sharpened=q) for e, q in zip(adjusted, q_values, strict=True)]
    return _checked_by_max_t(asked, adjusted, plan)


def _checked_by_max_t(
    asked: Sequence[Estimated], adjusted: list[Estimate], plan: Plan
) -> list[Estimate]:
    drawn = plan.resampling
    try:
        found = max_t(
            [e.fit for e in asked if e.fit is not None],
            ARM,
            draws=drawn.draws,
            rng=np.random.default_rng(drawn.seed),
        )
    except EstimationError as error:
        missing = ("max_t", error.rule)
        return [replace(e, unavailable=(*e.unavailable, missing)) for e in adjusted]
    return [replace(e, p_max_t=p) for e, p in zip(adjusted, found.p_adjusted, strict=True)]
