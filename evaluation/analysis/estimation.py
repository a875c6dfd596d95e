"""One outcome of the plan: its sample → its `Estimate`, which is a number or a reason."""

from __future__ import annotations

from dataclasses import replace

from evaluation.analysis import doubts
from evaluation.analysis.arrays import Floats
from evaluation.analysis.cohort import Cohort
from evaluation.analysis.estimators import ESTIMATORS, HEADLINES
from evaluation.analysis.inference.contrast import Contrast
from evaluation.analysis.inference.permutation_floor import permutation_floor
from evaluation.analysis.inference.smallest_effect import smallest_effect
from evaluation.analysis.inference.standardised import in_standard_deviations, standardised_gap
from evaluation.analysis.sample import Sample
from evaluation.design import Outcome, Plan
from evaluation.errors import EstimationError, StudyError
from evaluation.records.estimates import Estimate


def estimate_outcome(sample: Sample, cohort: Cohort, *, outcome: Outcome, plan: Plan) -> Estimate:
    described = _describe(sample, outcome, plan)
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
        return replace(described, reason=reason)
    try:
        contrast = ESTIMATORS[outcome.estimator](sample, level=1 - plan.alpha)
    except EstimationError as error:
        return replace(described, reason=error.rule)
    if reason := doubts.too_uncertain(contrast, plan):
        return replace(described, reason=reason, dof=contrast.dof, method=contrast.method)
    return _answer(described, sample, cohort=cohort, contrast=contrast, plan=plan)


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


def _describe(sample: Sample, outcome: Outcome, plan: Plan) -> Estimate:
    """What can be said without any model; it stands beside a reason, too."""
    arms = {pilot: sample.pilot == pilot for pilot in (True, False)}
    regions = {pilot: sample.regions_in(pilot=pilot) for pilot in (True, False)}
    return Estimate(
        outcome=outcome.id,
        scale=outcome.scale,
        family=outcome.family,
        estimator=outcome.estimator,
        level=1 - plan.alpha,
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


def _answer(
    described: Estimate, sample: Sample, *, cohort: Cohort, contrast: Contrast, plan: Plan
) -> Estimate:
    return replace(
        described,
        reason=None,
        value=contrast.value,
        standard_error=contrast.standard_error,
        low=contrast.low,
        high=contrast.high,
        dof=contrast.dof,
        p_value=contrast.p_value,
        method=contrast.method,
        standardised=in_standard_deviations(contrast.value, sample.baseline[~sample.pilot]),
        smallest_effect=smallest_effect(
            contrast.standard_error, contrast.dof, alpha=plan.alpha, power=plan.power
        ),
        cautions=doubts.cautions(sample, cohort, contrast, gap=described.baseline_gap, plan=plan),
    )


def _mean(scores: Floats) -> float | None:
    return float(scores.mean()) if len(scores) else None
