"""The ANCOVA with a random intercept for every region, by REML, with Kenward-Roger's errors.

Asks the same question as `ancova` and weighs small regions up; its errors suppose that regions
of both arms vary alike, so it stands beside the headline and never in its place.
"""

from __future__ import annotations

import numpy as np

from evaluation.analysis.inference.cluster_moments import moments_of
from evaluation.analysis.inference.contrast import Contrast
from evaluation.analysis.inference.kenward_roger import kenward_roger
from evaluation.analysis.inference.least_squares import centred
from evaluation.analysis.inference.mixed_fit import MixedFit, fit_mixed
from evaluation.analysis.sample import Sample


def estimate(sample: Sample, *, level: float) -> Contrast:
    return kenward_roger(fit(sample), "pilot", level=level)


def fit(sample: Sample) -> MixedFit:
    """Kept apart for what stands beside the contrast: variances, intraclass correlation."""
    slopes = np.column_stack([sample.pilot, sample.baseline, sample.covariates]).astype(float)
    columns = ("pilot", "baseline", *sample.covariate_names)
    X = np.column_stack([np.ones(len(slopes)), centred(slopes, sample.endline, columns)])
    y = sample.endline - sample.endline.mean()
    return fit_mixed(moments_of(X, y, sample.regions, ("constant", *columns)))
