"""Several outcomes at once: how large the largest t would be if other regions had been the pilot.

Step-down Westfall-Young over all permutations of the regions; with few regions every permutation
is gone through, so the same data always give the same p. Outcomes stay as strongly related as
they are. Westfall & Young (1993), Resampling-Based Multiple Testing, algorithm 2.8; Romano & Wolf
(2005), JASA 100:94. With few regions its floor makes it coarse: a check beside Holm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evaluation.analysis.arrays import Floats
from evaluation.analysis.inference.assignments import assignments
from evaluation.analysis.inference.least_squares import LinearFit
from evaluation.analysis.inference.permutation import no_smaller
from evaluation.analysis.inference.permuted_arm import Statistic, arm_of, permuted, without_arm
from evaluation.errors import EstimationError


@dataclass(frozen=True, slots=True)
class MaxT:
    """One entry an outcome, in the order given: |t|, its own permutation p, and the adjusted p."""

    statistics: tuple[float, ...]
    p_raw: tuple[float, ...]
    p_adjusted: tuple[float, ...]
    permutations: int


def max_t(
    fits: Sequence[LinearFit],
    of: str,
    *,
    statistic: Statistic = Statistic.CR1S,
    draws: int = 9_999,
    rng: np.random.Generator | None = None,
) -> MaxT:
    """`fits`: one an outcome, all on the same regions in the same arms (children may differ).

    Raises EstimationError: `regions_differ`, `region_in_both_arms`, `no_residual_variation`.
    """
    arms = [arm_of(fit, of) for fit in fits]
    pilot = arms[0][0]
    for fit, (other, _) in zip(fits, arms, strict=True):
        if fit.moments.labels != fits[0].moments.labels or (other != pilot).any():
            raise EstimationError("regions_differ")
    choices = assignments(pilot, draws=draws, rng=rng)
    found = np.column_stack(
        [
            np.abs(permuted(without_arm(fit, of, step), choices, statistic))
            for fit, (_, step) in zip(fits, arms, strict=True)
        ]
    )
    if not np.isfinite(found[0]).all():
        raise EstimationError("no_residual_variation")
    raw = no_smaller(found, found[0]).mean(axis=0)
    return MaxT(_floats(found[0]), _floats(raw), _floats(step_down(found)), len(found))


def step_down(found: Floats) -> Floats:
    """Adjusted p (m,) of the first row of `found` (P, m), |t| of m outcomes in P permutations."""
    order = np.argsort(-found[0], kind="stable")
    # The largest among an outcome and all those with a smaller observed t.
    rest = np.maximum.accumulate(found[:, order[::-1]], axis=1)[:, ::-1]
    p = no_smaller(rest, found[0, order]).mean(axis=0)
    adjusted = np.empty(len(order))
    adjusted[order] = np.maximum.accumulate(p)
    return adjusted


def _floats(values: Floats) -> tuple[float, ...]:
    return tuple(float(value) for value in values)
