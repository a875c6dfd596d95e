"""One file per estimator. To add one, add a file with `estimate`: its name is its file's.

    def estimate(sample: Sample, *, level: float) -> Contrast

The contrast is pilot minus comparison, with its own method's error, in points of the scale (a file
whose answer is in another unit says so in `UNIT`). One that is a least-squares fit also offers
it as `linear_fit`, for everything that resamples regions or leaves them out, and what it regresses
on what as `regression`, so that many tables can be answered at once. An estimator knows nothing of
files, databases, languages or other estimators, and says with EstimationError when it cannot
answer.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import Protocol

from evaluation.analysis.arrays import Floats, Labels
from evaluation.analysis.inference.contrast import POINTS, Contrast
from evaluation.analysis.inference.least_squares import LinearFit
from evaluation.analysis.sample import Sample


class Estimator(Protocol):
    def __call__(self, sample: Sample, *, level: float) -> Contrast: ...


class Regression(Protocol):
    def __call__(self, sample: Sample) -> tuple[Floats, Floats, tuple[str, ...]]: ...


class Linear(Protocol):
    def __call__(self, sample: Sample, clusters: Labels | None = None) -> LinearFit: ...


_FILES = {
    module.name: importlib.import_module(f"{__name__}.{module.name}")
    for module in pkgutil.iter_modules(__path__)
}

ESTIMATORS: dict[str, Estimator] = {name: file.estimate for name, file in _FILES.items()}

HEADLINES = tuple(name for name, file in _FILES.items() if getattr(file, "UNIT", POINTS) == POINTS)
"""Those that a plan may name: the report's numbers are in points. The others are companions."""

LINEAR: dict[str, Linear] = {
    name: file.linear_fit for name, file in _FILES.items() if hasattr(file, "linear_fit")
}

REGRESSIONS: dict[str, Regression] = {
    name: file.regression for name, file in _FILES.items() if hasattr(file, "regression")
}
"""Those whose answer is `robust` of their regression, and moves with the endline score."""
