"""Several scores of one domain in one: outcomes that repeat each other count for less.

Each outcome is measured in standard deviations of the comparison arm, and weighted by the row
sums of the inverse covariance. Anderson (2008), JASA 103:1481; the plain mean of the same z is
Kling, Liebman & Katz's (2007, Econometrica 75:83) and stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evaluation.analysis.arrays import Flags, Floats
from evaluation.errors import EstimationError

# Outcomes this near to a combination of each other have no weights of their own.
SINGULAR = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class SummaryIndex:
    """k `weights` that sum to one; `values` (n,) and `mean_z` (n,), a score a row, 0 at the
    comparison arm's mean. `comparison_spread` is the SD of `values` in that arm."""

    weights: Floats
    values: Floats
    mean_z: Floats
    comparison_spread: float


def summary_index(outcomes: Floats, comparison: Flags) -> SummaryIndex:
    """`outcomes` (n, k), all pointing the same way; `comparison` (n,) marks that arm.

    A missing outcome (NaN) is passed over and the row's other weights count for more, as in
    Anderson; the covariance is of the complete rows.

    Raises EstimationError: `not_finite`; `not_scored` (a row without any outcome, or too few
    complete rows); `no_variation`; `outcomes_repeat` (they follow from each other).
    """
    if np.isinf(outcomes).any():
        raise EstimationError("not_finite")
    known = np.isfinite(outcomes)
    complete = known.all(axis=1)
    if not known.any(axis=1).all() or complete.sum() <= outcomes.shape[1]:
        raise EstimationError("not_scored")
    z = _by_comparison(outcomes, known, comparison)
    weights = _weights(z[complete])
    values = _weighted(z, known, weights)
    spread = float(values[comparison].std(ddof=1))
    return SummaryIndex(weights, values, _weighted(z, known, np.ones(len(weights))), spread)


def difference(index: Floats, comparison: Flags) -> float:
    """Mean of the pilot arm minus mean of the comparison arm, unadjusted."""
    return float(index[~comparison].mean() - index[comparison].mean())


def _by_comparison(outcomes: Floats, known: Flags, comparison: Flags) -> Floats:
    z = np.empty_like(outcomes)
    for j, column in enumerate(outcomes.T):
        arm = column[comparison & known[:, j]]
        spread = float(arm.std(ddof=1)) if len(arm) > 1 else 0.0
        if not spread > 0:
            raise EstimationError("no_variation")
        z[:, j] = (column - arm.mean()) / spread
    return z


def _weights(z: Floats) -> Floats:
    covariance = np.atleast_2d(np.cov(z, rowvar=False))
    sizes = np.sqrt(np.diag(covariance))
    if np.linalg.eigvalsh(covariance / np.outer(sizes, sizes))[0] < SINGULAR:
        raise EstimationError("outcomes_repeat")
    sums = np.linalg.inv(covariance).sum(axis=1)
    return np.asarray(sums / sums.sum())


def _weighted(z: Floats, known: Flags, weights: Floats) -> Floats:
    counted = known * weights
    return np.asarray(np.sum(np.where(known, z, 0.0) * weights, axis=1) / counted.sum(axis=1))
