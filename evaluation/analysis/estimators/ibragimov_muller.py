"""The two-stage comparison with the fewest degrees of freedom that can be defended.

The same region means as `two_stage`, with min(regions of an arm) - 1 degrees of freedom: it keeps
its level whatever the spreads of the two arms are, and finds little (Ibragimov & Müller 2016).
"""

from __future__ import annotations

from evaluation.analysis.inference.contrast import Contrast
from evaluation.analysis.inference.least_squares import fit_with_constant
from evaluation.analysis.inference.two_stage import two_stage
from evaluation.analysis.sample import Sample


def estimate(sample: Sample, *, level: float) -> Contrast:
    slopes, columns = sample.regressors()
    fit = fit_with_constant(slopes, sample.endline, sample.regions, columns)
    return two_stage(fit, "pilot", level=level).ibragimov_muller
