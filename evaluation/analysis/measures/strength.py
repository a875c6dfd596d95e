"""How large is the headline in other units, and how much would it take to undo it?

Intervals are the headline's own (CR2, Satterthwaite), carried over to the unit. What an unseen
cause would have to explain rests on classical errors of the ANCOVA (statistics.md A.8).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from evaluation.analysis.challenges.case import Case
from evaluation.analysis.inference.contrast import Contrast
from evaluation.analysis.inference.equivalence import equivalence
from evaluation.analysis.inference.hedges import clustered_g, in_deviations
from evaluation.analysis.inference.intraclass import intraclass
from evaluation.analysis.sample import Sample
from evaluation.analysis.sensitivity.e_value import e_value_of_difference
from evaluation.analysis.sensitivity.omitted import omitted_confounder
from evaluation.errors import EstimationError
from evaluation.records.measures import Measures, Robustness, SeenCause


def robustness(cases: tuple[Case, ...]) -> Measures:
    return Measures(robustness=tuple(_robustness(case) for case in cases))


def seen_causes(cases: tuple[Case, ...]) -> Measures:
    """Every regressor beside the arm as a measure for one that nobody saw."""
    return Measures(seen_causes=tuple(cause for case in cases for cause in _causes(case)))


def _robustness(case: Case) -> Robustness:
    try:
        sample = case.sample()
        contrast = case.estimate(sample)
        return _strength(case, sample, contrast)
    except EstimationError as error:
        return Robustness(case.outcome.id, reason=error.rule)


def _strength(case: Case, sample: Sample, contrast: Contrast) -> Robustness:
    spread = float(np.std(sample.baseline[~sample.pilot], ddof=1))
    glass, g = in_deviations(contrast, spread), _hedges_factor(sample)
    per_point = 100 / (case.scale.high - case.scale.low)
    X, columns = sample.regressors()
    unseen = omitted_confounder(X, sample.endline, columns, alpha=case.plan.alpha)
    risk = e_value_of_difference(glass.value, glass.low, glass.high)
    found = Robustness(
        outcome=case.outcome.id,
        pomp=contrast.value * per_point,
        pomp_low=contrast.low * per_point,
        pomp_high=contrast.high * per_point,
        glass=glass.value,
        glass_low=glass.low,
        glass_high=glass.high,
        hedges=contrast.value * g,
        hedges_low=contrast.low * g,
        hedges_high=contrast.high * g,
        partial=unseen.partial,
        robustness=unseen.robustness,
        robustness_alpha=unseen.robustness_alpha,
        e_point=risk.point,
        e_limit=risk.limit,
        method=f"{contrast.method}; {unseen.method}",
    )
    return _tested(found, contrast, spread, case)


def _tested(found: Robustness, contrast: Contrast, spread: float, case: Case) -> Robustness:
    """Against the margin that the plan fixed before the data; without one, nothing is tested."""
    margin = case.plan.challenges.margin
    if margin is None:
        return found
    test = equivalence(contrast, margin * spread, alpha=case.plan.alpha)
    return replace(found, margin=margin, p_equivalence=test.p_value, equivalent=test.equivalent)


def _hedges_factor(sample: Sample) -> float:
    """Hedges' g for clusters (2007) of a difference of one point, by the year-end scores' pooled
    SD; a correlation of regions below nought counts as nought."""
    arms = [sample.endline[here] for here in (sample.pilot, ~sample.pilot)]
    within = np.where(
        sample.pilot, sample.endline - arms[0].mean(), sample.endline - arms[1].mean()
    )
    children = len(arms[0]), len(arms[1])
    spread = float(np.sqrt(np.sum(within**2) / (sum(children) - 2)))
    alike = max(intraclass(within, sample.regions).correlation, 0.0)
    per_region = sum(children) / len(set(sample.regions))
    return clustered_g(1.0, spread, n=children, per_cluster=per_region, icc=alike).g


def _causes(case: Case) -> Iterator[SeenCause]:
    try:
        sample = case.sample()
        case.estimate(sample)
    except EstimationError:
        return
    X, columns = sample.regressors()
    for column in columns[1:]:
        yield _cause(case, sample, X, columns, column)


def _cause(
    case: Case, sample: Sample, X: np.ndarray, columns: tuple[str, ...], column: str
) -> SeenCause:
    try:
        found = omitted_confounder(
            X,
            sample.endline,
            columns,
            benchmarks=(column,),
            times=(1.0,),
            alpha=case.plan.alpha,
        )
    except EstimationError as error:
        return SeenCause(case.outcome.id, column, reason=error.rule)
    (one,) = found.benchmarks
    return SeenCause(case.outcome.id, column, one.with_arm, one.with_outcome, one.estimate)
