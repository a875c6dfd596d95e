"""When the data cannot answer, and what to hold against them when they can.

Every rule is a short function of the sample or of the contrast; its id is a message,
`reason.<rule>` or `caution.<rule>`. The thresholds are the plan's, never numbers in this file.
"""

from __future__ import annotations

import numpy as np

from evaluation.analysis.cohort import NOT_MET, Cohort
from evaluation.analysis.inference.contrast import Contrast
from evaluation.analysis.inference.permutation_floor import permutation_floor
from evaluation.analysis.sample import Sample
from evaluation.analysis.verdict import Rules
from evaluation.design import Arm, Plan

ARMS = {Arm.PILOT: True, Arm.COMPARISON: False}


def cannot_link(cohort: Cohort) -> str | None:
    """Why no child of the study can be followed from the first wave to the last."""
    if not (cohort.first != NOT_MET).any():
        return "no_baseline"
    if not (cohort.last != NOT_MET).any():
        return "no_endline"
    return None if cohort.both.any() else "no_pairs"


def cannot_compare(
    sample: Sample, *, regions_per_arm: float, children_per_arm: float
) -> str | None:
    """Why these children cannot be compared, whatever their answers were; None: they can."""
    if len(sample.endline) == 0:
        return _why_nobody(sample)
    if min(sample.regions_in(pilot=arm) for arm in ARMS.values()) < regions_per_arm:
        return "regions_per_arm"
    if min(sample.children(pilot=arm) for arm in ARMS.values()) < children_per_arm:
        return "children_per_arm"
    return "no_variation" if np.ptp(sample.endline) == 0 else None


def arms_too_different(gap: float | None, plan: Plan) -> str | None:
    """What Works Clearinghouse: beyond .25 SD at baseline no adjustment is trusted."""
    too_far = gap is not None and abs(gap) > plan.thresholds["gap_refuse"]
    return "baseline_gap" if too_far else None


def too_uncertain(contrast: Contrast, plan: Plan) -> str | None:
    return "dof" if contrast.dof < plan.thresholds["dof_refuse"] else None


def cautions(
    sample: Sample, contrast: Contrast, *, gap: float | None, rules: Rules, attrition: bool = False
) -> tuple[str, ...]:
    """`attrition`: whether too many were lost, where that is known."""
    floor = permutation_floor(sample.regions_in(pilot=True), sample.regions_in(pilot=False))
    found = {
        "low_precision": contrast.dof < rules.dof_low,
        "baseline_gap": gap is not None and abs(gap) > rules.gap_adjust,
        "permutation_floor": floor > rules.alpha,
        "attrition": attrition,
        "covariate_constant": bool(sample.constant),
        "covariates_incomplete": sample.incomplete > 0,
    }
    return tuple(rule for rule, applies in found.items() if applies)


def lost_too_many(sample: Sample, cohort: Cohort, plan: Plan) -> bool:
    """More children lost since baseline, or more unequally by arm, than the plan allows."""
    began = [int(np.sum(cohort.in_arm(arm) & (cohort.first != NOT_MET))) for arm in ARMS]
    stayed = [sample.children(pilot=pilot) for pilot in ARMS.values()]
    lost = [1 - s / b for s, b in zip(stayed, began, strict=True)]
    overall = 1 - sum(stayed) / sum(began)
    return (
        overall > plan.thresholds["attrition_overall"]
        or abs(lost[0] - lost[1]) > plan.thresholds["attrition_differential"]
    )


def _why_nobody(sample: Sample) -> str:
    if sample.unreported:
        return "covariate_absent"
    return "covariates_missing" if sample.incomplete else "not_scored"
