"""One number a region, then Welch's t on them: what anyone can repeat in a spreadsheet.

First the ANCOVA without the arm, over all children; then the regions' mean residuals, every region
counting the same. It answers for regions where the ANCOVA answers for children.
"""

from __future__ import annotations

from evaluation.analysis.inference.contrast import Contrast
from evaluation.analysis.inference.least_squares import fit_with_constant
from evaluation.analysis.inference.two_stage import two_stage
from evaluation.analysis.sample import Sample


def estimate(sample: Sample, *, level: float) -> Contrast:
    slopes, columns = sample.regressors()
    fit = fit_with_constant(slopes, sample.endline, sample.regions, columns)
    return two_stage(fit, "pilot", level=level).welch
