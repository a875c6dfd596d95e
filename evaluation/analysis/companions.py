"""What the other estimators say about the same sample: always printed beside the primary.

Each rests on other assumptions; a finding that only one of them sees is weaker for it. One that
cannot answer says why, and takes nothing from the others.
"""

from __future__ import annotations

from evaluation.analysis.estimators import ESTIMATORS
from evaluation.analysis.inference.contrast import Contrast
from evaluation.analysis.sample import Sample
from evaluation.errors import EstimationError
from evaluation.records.opinions import Companion


def companions(sample: Sample, *, primary: str, level: float) -> tuple[Companion, ...]:
    """Every estimator of the folder but `primary`, by name."""
    return tuple(
        _answer(name, sample, level=level) for name in sorted(ESTIMATORS) if name != primary
    )


def as_companion(estimator: str, found: Contrast) -> Companion:
    return Companion(
        estimator,
        value=found.value,
        standard_error=found.standard_error,
        dof=found.dof,
        low=found.low,
        high=found.high,
        p_value=found.p_value,
        method=found.method,
        unit=found.unit,
    )


def _answer(name: str, sample: Sample, *, level: float) -> Companion:
    try:
        return as_companion(name, ESTIMATORS[name](sample, level=level))
    except EstimationError as error:
        return Companion(name, reason=error.rule)
