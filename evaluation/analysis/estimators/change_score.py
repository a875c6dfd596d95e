"""How much more children of pilot regions changed than children of comparison regions.

endline - baseline ~ 1 + pilot + covariates: with two waves this is the difference in differences
with a fixed effect for every child. For groups that were not drawn by lot it rests on another
assumption than the ANCOVA (equal trends), and the two bracket the effect under common
conditions (Ding & Li 2019, Political Analysis 27:605).
"""

from __future__ import annotations

import numpy as np

from evaluation.analysis.arrays import Floats, Labels
from evaluation.analysis.inference.cluster_robust import robust
from evaluation.analysis.inference.contrast import Contrast
from evaluation.analysis.inference.least_squares import LinearFit, fit_with_constant
from evaluation.analysis.sample import Sample


def estimate(sample: Sample, *, level: float) -> Contrast:
    return robust(linear_fit(sample), "pilot", level=level)


def linear_fit(sample: Sample, clusters: Labels | None = None) -> LinearFit:
    """By region, unless other `clusters` (n,) are given: other errors off the same fit."""
    slopes, change, columns = regression(sample)
    by = sample.regions if clusters is None else clusters
    return fit_with_constant(slopes, change, by, columns)


def regression(sample: Sample) -> tuple[Floats, Floats, tuple[str, ...]]:
    """Slopes (n, k), the arm first; outcome (n,), which grows as the endline score does; names."""
    slopes = np.column_stack([sample.pilot, sample.covariates]).astype(float)
    return slopes, sample.endline - sample.baseline, ("pilot", *sample.covariate_names)
