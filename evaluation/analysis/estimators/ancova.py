"""Endline scores of the two arms, for children with the same score at baseline.

endline ~ 1 + pilot + baseline + covariates by least squares over children, with CR2 errors by
region and Satterthwaite's degrees of freedom. Twice as precise as a change score where the two
waves are weakly related (McKenzie 2012, Journal of Development Economics 99:210).
"""

from __future__ import annotations

from evaluation.analysis.arrays import Floats, Labels
from evaluation.analysis.inference.cluster_robust import robust
from evaluation.analysis.inference.contrast import Contrast
from evaluation.analysis.inference.least_squares import LinearFit, fit_with_constant
from evaluation.analysis.sample import Sample


def estimate(sample: Sample, *, level: float) -> Contrast:
    return robust(linear_fit(sample), "pilot", level=level)


def linear_fit(sample: Sample, clusters: Labels | None = None) -> LinearFit:
    """By region, unless other `clusters` (n,) are given."""
    slopes, outcome, columns = regression(sample)
    by = sample.regions if clusters is None else clusters
    return fit_with_constant(slopes, outcome, by, columns)


def regression(sample: Sample) -> tuple[Floats, Floats, tuple[str, ...]]:
    """Slopes (n, k), the arm first; outcome (n,), which grows as the endline score does; names."""
    slopes, columns = sample.regressors()
    return slopes, sample.endline, columns
