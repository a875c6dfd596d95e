"""The tests that are tried, each by the very functions of the analysis, and two a library offers.

The last two are what statsmodels does when asked for no more: clustered errors with the normal
distribution, and errors that know of no regions. They are here to be seen failing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from evaluation.analysis.arrays import Floats
from evaluation.analysis.estimators import ESTIMATORS
from evaluation.analysis.inference.contrast import Contrast
from evaluation.analysis.inference.least_squares import LinearFit, fit_with_constant
from evaluation.analysis.inference.permutation import permute_regions
from evaluation.analysis.inference.wild_bootstrap import wild_bootstrap
from evaluation.analysis.sample import Sample
from evaluation.errors import EstimationError

HEADLINE = "ancova"


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """One study drawn: its sample, its ANCOVA, and the generator for what is too much to count."""

    sample: Sample
    fit: LinearFit
    rng: np.random.Generator


def drawn(sample: Sample, rng: np.random.Generator) -> Drawn:
    columns = ("pilot", "baseline", *sample.covariate_names)
    fit = fit_with_constant(_slopes(sample), sample.endline, sample.regions, columns)
    return Drawn(sample, fit, rng)


def headline(sample: Sample, *, level: float) -> Contrast:
    """What the plan's estimator answers."""
    return ESTIMATORS[HEADLINE](sample, level=level)


def p_values(study: Drawn) -> Floats:
    """(len(METHODS),); NaN where a method cannot answer."""
    return np.array([_answer(method, study) for method in METHODS.values()])


def _answer(method: Callable[[Drawn], float], study: Drawn) -> float:
    try:
        return method(study)
    except EstimationError:
        return float("nan")


def _headline(study: Drawn) -> float:
    return headline(study.sample, level=0.95).p_value


def _wild(study: Drawn) -> float:
    return wild_bootstrap(study.fit, "pilot", level=None, rng=study.rng).p_value


def _permutation(study: Drawn) -> float:
    return permute_regions(study.fit, "pilot", rng=study.rng).p_value


def _mixed(study: Drawn) -> float:
    return ESTIMATORS["mixed_model"](study.sample, level=0.95).p_value


def _clustered(study: Drawn) -> float:
    # Numbers: statsmodels cannot sort labels of mixed kinds.
    regions = np.unique(study.sample.regions.astype(str), return_inverse=True)[1]
    return _statsmodels(study.sample, cov_type="cluster", cov_kwds={"groups": regions})


def _independent(study: Drawn) -> float:
    return _statsmodels(study.sample)


def _statsmodels(sample: Sample, **asked: object) -> float:
    from statsmodels.regression.linear_model import OLS

    X = np.column_stack([np.ones(len(sample.endline)), _slopes(sample)])
    return float(OLS(sample.endline, X).fit(**asked).pvalues[1])


def _slopes(sample: Sample) -> Floats:
    return np.column_stack([sample.pilot, sample.baseline, sample.covariates]).astype(float)


METHODS: dict[str, Callable[[Drawn], float]] = {
    "headline": _headline,
    "wild": _wild,
    "permutation": _permutation,
    "mixed": _mixed,
    "clustered": _clustered,
    "independent": _independent,
}
