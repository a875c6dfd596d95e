"""Odds of a higher endline score in the pilot arm, at the same score at baseline.

Proportional odds over the distinct scores: takes from the answers their order only, so it stands
beside a mean of Likert codes for whoever doubts the mean. The contrast is a log odds ratio, not
points; with few regions its errors are too small even with t(G-2), so it is never the headline.
"""

from __future__ import annotations

import numpy as np

from evaluation.analysis.inference.contrast import LOG_ODDS, Contrast
from evaluation.analysis.inference.ordered_fit import by_cluster, fit_ordered
from evaluation.analysis.sample import Sample

UNIT = LOG_ODDS


def estimate(sample: Sample, *, level: float) -> Contrast:
    """In log odds; exp of the value and of the interval's ends are odds ratios."""
    X = np.column_stack([sample.pilot, sample.baseline, sample.covariates]).astype(float)
    columns = ("pilot", "baseline", *sample.covariate_names)
    fit = fit_ordered(X, sample.endline, columns)
    return by_cluster(fit, "pilot", sample.regions, level=level)
