"""Endline scores of the two arms, for children with the same score at baseline.

endline ~ 1 + pilot + baseline + covariates by least squares over children, with CR2 errors by
region and Satterthwaite's degrees of freedom. Twice as precise as a change score where the two
waves are weakly related (McKenzie 2012, Journal of Development Economics 99:210).
"""

from __future__ import annotations

import numpy as np

from evaluation.analysis.inference.cluster_robust import robust
from evaluation.analysis.inference.contrast import Contrast
from evaluation.analysis.inference.least_squares import fit_with_constant
from evaluation.analysis.sample import Sample


def estimate(sample: Sample, *, level: float) -> Contrast:
    slopes = np.column_stack([sample.pilot, sample.baseline, sample.covariates]).astype(float)
    columns = ("pilot", "baseline", *sample.covariate_names)
    fit = fit_with_constant(slopes, sample.endline, sample.regions, columns)
    return robust(fit, "pilot", level=level)
