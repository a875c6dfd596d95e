"""Who was lost, who was found again by which code, whose answers are in doubt, who was alike."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from evaluation.analysis.arrays import Flags, Floats
from evaluation.analysis.challenges.case import Case, began_of
from evaluation.analysis.challenges.linkage import linkage
from evaluation.analysis.challenges.quality import repeated, straight
from evaluation.analysis.cohort import NOT_MET
from evaluation.analysis.sensitivity.attrition import attrition
from evaluation.analysis.sensitivity.balance import balance
from evaluation.design import Arm
from evaluation.errors import EstimationError
from evaluation.records.measures import CovariateGap, Doubtful, Loss, Measures

ARMS = (Arm.PILOT, Arm.COMPARISON)


def losses(cases: tuple[Case, ...]) -> Measures:
    """By arm and by region; none where an arm has no child to lose."""
    return Measures(losses=tuple(loss for case in cases for loss in _losses(case)))


def links(cases: tuple[Case, ...]) -> Measures:
    return Measures(links=linkage(cases[0].cohort))


def doubtful(cases: tuple[Case, ...]) -> Measures:
    """Flagged, never deleted."""
    case = cases[0]
    marks = straight(case.responses, case.instrument), repeated(case.responses, case.instrument)
    cohort, plan, found = case.cohort, case.plan, []
    for wave, met in ((plan.baseline_wave, cohort.first), (plan.endline_wave, cohort.last)):
        for arm in ARMS:
            rows = met[cohort.in_arm(arm) & (met != NOT_MET)]
            counts = (int(mark[rows].sum()) for mark in marks)
            found.append(Doubtful(str(arm), wave, len(rows), *counts))
    return Measures(doubtful=tuple(found))


def covariate_gaps(cases: tuple[Case, ...]) -> Measures:
    """Of everybody who began; one that cannot be compared takes nothing from the others."""
    case = cases[0]
    return Measures(covariate_gaps=tuple(_gap(case, j) for j in range(len(case.names))))


def _losses(case: Case) -> Iterator[Loss]:
    began = began_of(case)
    cohort = case.cohort
    in_study = cohort.in_arm(Arm.PILOT) | cohort.in_arm(Arm.COMPARISON)
    seen = (cohort.last != NOT_MET)[in_study & (cohort.first != NOT_MET)]
    try:
        found = attrition(began.baseline, seen, began.pilot, began.regions)
    except EstimationError:
        return
    arms = dict(zip(began.regions, np.where(began.pilot, *map(str, ARMS)), strict=True))
    for arm, lost in zip(ARMS, (found.pilot, found.comparison), strict=True):
        yield Loss(case.outcome.id, str(arm), "", lost.began, lost.lost, lost.gap)
    for lost in found.regions:
        arm_of = str(arms[lost.label])
        yield Loss(case.outcome.id, arm_of, lost.label, lost.began, lost.lost, lost.gap)


def _gap(case: Case, j: int) -> CovariateGap:
    began, name = began_of(case), case.names[j]
    column = began.covariates[:, [j]]
    known = np.isfinite(column[:, 0])
    children = int((known & began.pilot).sum()), int((known & ~began.pilot).sum())
    fewest = _fewest(column[known, 0], began.pilot[known])
    try:
        (found,) = balance(column, (name,), began.pilot)
    except EstimationError as error:
        return CovariateGap(name, *children, reason=error.rule, fewest=fewest)
    if found.pooled is None:
        return CovariateGap(name, *children, reason="no_variation", fewest=fewest)
    return CovariateGap(name, *children, found.pooled, found.variance_ratio, fewest=fewest)


def _fewest(values: Floats, pilot: Flags) -> int | None:
    """Of a yes or no: the two numbers together give away how many say yes in each arm."""
    if not np.isin(values, (0.0, 1.0)).all():
        return None
    yes = [int(values[arm].sum()) for arm in (pilot, ~pilot)]
    no = [int(arm.sum()) - some for arm, some in zip((pilot, ~pilot), yes, strict=True)]
    return min(*yes, *no)
