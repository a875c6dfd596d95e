"""What the other estimators say about the same sample: always printed beside the primary.

Each rests on other assumptions; a finding that only one of them sees is weaker for it. One that
cannot answer says why, and takes nothing from the others.
"""

from __future__ import annotations

from dataclasses import dataclass

from evaluation.analysis.estimators import ESTIMATORS
from evaluation.analysis.inference.contrast import Contrast
from evaluation.analysis.sample import Sample
from evaluation.errors import EstimationError


@dataclass(frozen=True, slots=True)
class Companion:
    """Either `contrast`, in its own unit, or `reason`: a rule id (message `reason.<rule>`)."""

    estimator: str
    contrast: Contrast | None = None
    reason: str | None = None


def companions(sample: Sample, *, primary: str, level: float) -> tuple[Companion, ...]:
    """Every estimator of the folder but `primary`, by name."""
    return tuple(
        _answer(name, sample, level=level) for name in sorted(ESTIMATORS) if name != primary
    )


def _answer(name: str, sample: Sample, *, level: float) -> Companion:
    try:
        return Companion(name, contrast=ESTIMATORS[name](sample, level=level))
    except EstimationError as error:
        return Companion(name, reason=error.rule)
