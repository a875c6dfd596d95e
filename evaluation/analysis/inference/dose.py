"""Scores by how often children took part. A description: children chose how often to come.

Those who came more may differ in everything that brought them, so there is no p-value here and
no interval: nothing that could be read as what one more session would do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evaluation.analysis.arrays import Floats
from evaluation.errors import EstimationError


@dataclass(frozen=True, slots=True)
class DoseGroup:
    """Children whose dose is `low` or more and, but for the last group, under `high`; means are
    None in a group of nobody. `change` is endline minus baseline, in points."""

    low: float
    high: float
    n: int
    dose: float | None
    baseline: float | None
    change: float | None


def describe_dose(
    dose: Floats, baseline: Floats, endline: Floats, *, limits: Sequence[float]
) -> tuple[DoseGroup, ...]:
    """Children of the pilot arm (n,), by the plan's `limits` (ascending); NaN doses are refused.

    Raises EstimationError `not_finite` for a missing number, `dose_outside` for a dose under
    the first limit or above the last.
    """
    assert list(limits) == sorted(set(limits)) and len(limits) > 1, limits
    if not all(np.isfinite(column).all() for column in (dose, baseline, endline)):
        raise EstimationError("not_finite")
    if len(dose) and (dose.min() < limits[0] or dose.max() > limits[-1]):
        raise EstimationError("dose_outside", low=limits[0], high=limits[-1])
    # The last limit belongs to the last group.
    groups = np.clip(np.searchsorted(limits, dose, side="right") - 1, 0, len(limits) - 2)
    change = endline - baseline
    return tuple(
        DoseGroup(
            low=limits[g],
            high=limits[g + 1],
            n=int(np.sum(groups == g)),
            dose=_mean(dose[groups == g]),
            baseline=_mean(baseline[groups == g]),
            change=_mean(change[groups == g]),
        )
        for g in range(len(limits) - 1)
    )


def _mean(values: Floats) -> float | None:
    return float(values.mean()) if len(values) else None
