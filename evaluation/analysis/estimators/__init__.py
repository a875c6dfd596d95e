"""One file per estimator. To add one, add a file with `estimate`: its name is its file's.

    def estimate(sample: Sample, *, level: float) -> Contrast

The contrast is pilot minus comparison, in points of the scale, with its own method's error. An
estimator knows nothing of files, databases, languages or other estimators, and says with
EstimationError when it cannot answer.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import Protocol

from evaluation.analysis.inference.contrast import Contrast
from evaluation.analysis.sample import Sample


class Estimator(Protocol):
    def __call__(self, sample: Sample, *, level: float) -> Contrast: ...


ESTIMATORS: dict[str, Estimator] = {
    module.name: importlib.import_module(f"{__name__}.{module.name}").estimate
    for module in pkgutil.iter_modules(__path__)
}
