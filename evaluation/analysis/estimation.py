"""One outcome of the plan: its sample → its `Estimate`, which is a number or a reason.

The verdict comes last, in `families`: it needs the p-values of the outcomes asked together.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from evaluation.analysis import doubts
from evaluation.analysis.arrays import Floats
from evaluation.analysis.cohort import Cohort
from evaluation.analysis.companions import companions
from evaluation.analysis.estimators import ESTIMATORS, HEADLINES
from evaluation.analysis.inference.contrast import Contrast
from evaluation.analysis.inference.least_squares import LinearFit
from evaluation.analysis.inference.permutation_floor import permutation_floor
from evaluation.analysis.inference.smallest_effect import smallest_effect
from evaluation.analysis.inference.standardised import in_standard_deviations, standardised_gap
from evaluation.analysis.opinions import linear_fit, second_opinions
from evaluation.analysis.sample import Sample
from evaluation.analysis.verdict import Rules, rules_of
from evaluation.design import Outcome, Plan, Resampling
from evaluation.errors import EstimationError, StudyError
from evaluation.records.estimates import Estimate


@dataclass(frozen=True, slots=True, eq=False)
class Estimated:
    """An estimate before its family is known, and what the family asks of it.

    `fit` is the linear fit that is resampled (None beside a reason), `attrition` whether too
    many children were lost for any claim.
    """

    estimate: Estimate
    fit: LinearFit | None = None
    attrition: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """What the plan settles for all outcomes alike."""

    alpha: float
    power: float
    rules: Rules
    resampling: Resampling

    @property
    def level(self) -> float:
        return 1 - self.alpha


def terms_of(plan: Plan) -> Terms:
    return Terms(plan.alpha, plan.power, rules_of(plan), plan.resampling)


def estimate_outcome(sample: Sample, cohort: Cohort, *, outcome: Outcome, plan: Plan) -> Estimated:
    terms = terms_of(plan)
    described = describe(sample, outcome, level=terms.level)
    reason = (
        doubts.cannot_link(cohort)
        or doubts.cannot_compare(
            sample,
            regions_per_arm=plan.thresholds["regions_per_arm"],
            children_per_arm=plan.thresholds["children_per_arm"],
        )
        or doubts.arms_too_different(described.baseline_gap, plan)
    )
    if reason:
        return Estimated(replace(described, reason=reason))
    try:
        contrast = ESTIMATORS[outcome.estimator](sample, level=terms.level)
        if reason := doubts.too_uncertain(contrast, plan):
            return Estimated(
                replace(described, reason=reason, dof=contrast.dof, method=contrast.method)
            )
        fit = linear_fit(sample, outcome.estimator)
    except EstimationError as error:
        return Estimated(replace(described, reason=error.rule))
    lost = doubts.lost_too_many(sample, cohort, plan)
    answered = answer(described, sample, contrast=contrast, fit=fit, terms=terms, attrition=lost)
    return Estimated(answered, fit, lost)


def check_estimators(plan: Plan) -> None:
    """Only this room knows which estimators there are, so only it can refuse the plan's."""
    for outcome in plan.outcomes:
        if outcome.estimator not in HEADLINES:
            raise StudyError(
                "unknown_reference",
                file="plan.yaml",
                key=f"outcomes.{outcome.id}.estimator",
                name=outcome.estimator,
                known=", ".join(sorted(HEADLINES)),
            )


def describe(sample: Sample, outcome: Outcome, *, level: float) -> Estimate:
    """What can be said without any model; it stands beside a reason, too."""
    arms = {pilot: sample.pilot == pilot for pilot in (True, False)}
    regions = {pilot: sample.regions_in(pilot=pilot) for pilot in (True, False)}
    return Estimate(
        outcome=outcome.id,
        scale=outcome.scale,
        family=outcome.family,
        estimator=outcome.estimator,
        level=level,
        baseline_gap=standardised_gap(sample.baseline[arms[True]], sample.baseline[arms[False]]),
        baseline_pilot=_mean(sample.baseline[arms[True]]),
        baseline_comparison=_mean(sample.baseline[arms[False]]),
        endline_pilot=_mean(sample.endline[arms[True]]),
        endline_comparison=_mean(sample.endline[arms[False]]),
        n_pilot=sample.children(pilot=True),
        n_comparison=sample.children(pilot=False),
        regions_pilot=regions[True],
        regions_comparison=regions[False],
        smallest_p=permutation_floor(regions[True], regions[False])
        if all(regions.values())
        else None,
        reason="not_estimated",
    )


def answer(
    described: Estimate,
    sample: Sample,
    *,
    contrast: Contrast,
    fit: LinearFit,
    terms: Terms,
    attrition: bool = False,
) -> Estimate:
    """With `contrast` as the headline, and every second opinion on `fit` beside it."""
    estimator, level, gap = described.estimator, terms.level, described.baseline_gap
    opinions = second_opinions(
        sample, fit, estimator=estimator, level=level, resampling=terms.resampling
    )
    return replace(
        described,
        reason=None,
        **_headline(contrast, sample, terms),
        cautions=doubts.cautions(sample, contrast, gap=gap, rules=terms.rules, attrition=attrition),
        companions=companions(sample, primary=estimator, level=level),
        **{field.name: getattr(opinions, field.name) for field in fields(opinions)},
    )


def _headline(contrast: Contrast, sample: Sample, terms: Terms) -> dict[str, Any]:
    return {
        "value": contrast.value,
        "standard_error": contrast.standard_error,
        "low": contrast.low,
        "high": contrast.high,
        "dof": contrast.dof,
        "p_value": contrast.p_value,
        "method": contrast.method,
        "standardised": in_standard_deviations(contrast.value, sample.baseline[~sample.pilot]),
        "smallest_effect": smallest_effect(
            contrast.standard_error, contrast.dof, alpha=terms.alpha, power=terms.power
        ),
    }


def _mean(scores: Floats) -> float | None:
    return float(scores.mean()) if len(scores) else None
