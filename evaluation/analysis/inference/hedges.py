"""Differences in standard deviations, as meta-analyses collect them.

Hedges' g takes off what small samples add, with the exact gamma factor (Hedges 1981, JES 6:107);
its interval inverts the noncentral t. For regions, Hedges (2007, JEBS 32:341) corrects g and its
variance by the intraclass correlation; the headline's own interval is CR2's by the SD, which is
`in_deviations`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, lgamma, sqrt

import numpy as np
from scipy.special import nctdtrinc

from evaluation.analysis.arrays import Floats
from evaluation.analysis.inference.contrast import Contrast, by_t
from evaluation.errors import EstimationError


@dataclass(frozen=True, slots=True)
class HedgesG:
    """`d` by the pooled SD, `g` = `correction` · d, and the intervals of both."""

    n_first: int
    n_second: int
    d: float
    d_low: float
    d_high: float
    g: float
    g_low: float
    g_high: float
    correction: float
    variance: float


@dataclass(frozen=True, slots=True)
class ClusteredG:
    """Hedges (2007): `d_total` is d_T2, in SDs over all children; `dof` its h; `g` corrected."""

    d: float
    d_total: float
    dof: float
    correction: float
    g: float
    variance: float

    @property
    def standard_error(self) -> float:
        return sqrt(self.variance)


def small_sample_factor(dof: float) -> float:
    """J = Γ(m/2) / (√(m/2) Γ((m-1)/2)) of m degrees of freedom."""
    return exp(lgamma(dof / 2) - lgamma((dof - 1) / 2)) / sqrt(dof / 2)


def hedges_g(first: Floats, second: Floats, *, level: float = 0.95) -> HedgesG:
    """Of two groups of unrelated rows; `first` (n,) minus `second` (m,), finite.

    Raises EstimationError: `empty_cell`, `not_finite`, `no_variation`.
    """
    if min(len(first), len(second)) < 2:
        raise EstimationError("empty_cell")
    if not (np.isfinite(first).all() and np.isfinite(second).all()):
        raise EstimationError("not_finite")
    return hedges_g_of(
        float(first.mean() - second.mean()),
        (float(first.std(ddof=1)), float(second.std(ddof=1))),
        (len(first), len(second)),
        level=level,
    )


def hedges_g_of(
    difference: float, spreads: tuple[float, float], n: tuple[int, int], *, level: float = 0.95
) -> HedgesG:
    """From what papers print: difference of means, both groups' SDs and sizes."""
    dof = n[0] + n[1] - 2
    spread = sqrt(((n[0] - 1) * spreads[0] ** 2 + (n[1] - 1) * spreads[1] ** 2) / dof)
    if not spread > 0:
        raise EstimationError("no_variation")
    d, J, root = difference / spread, small_sample_factor(dof), sqrt(1 / n[0] + 1 / n[1])
    low, high = (
        root * float(nctdtrinc(dof, share, d / root))
        for share in ((1 + level) / 2, (1 - level) / 2)
    )
    return HedgesG(
        n_first=n[0],
        n_second=n[1],
        d=d,
        d_low=low,
        d_high=high,
        g=J * d,
        g_low=J * low,
        g_high=J * high,
        correction=J,
        variance=root**2 + (J * d) ** 2 / (2 * (n[0] + n[1])),
    )


def clustered_g(
    difference: float, spread: float, *, n: tuple[int, int], per_cluster: float, icc: float
) -> ClusteredG:
    """`spread` over all children; `n` children in each arm, `per_cluster` in a cluster."""
    N, m = n[0] + n[1], per_cluster
    left = (N - 2) - 2 * (m - 1) * icc
    A = (N - 2) * (1 - icc) ** 2 + m * (N - 2 * m) * icc**2 + 2 * (N - 2 * m) * icc * (1 - icc)
    if not (spread > 0 and left > 0 and A > 0):
        raise EstimationError("no_variation")
    d = difference / spread
    d_total, dof = d * sqrt(left / (N - 2)), left**2 / A
    correction = 1 - 3 / (4 * dof - 1)
    variance = N / (n[0] * n[1]) * (1 + (m - 1) * icc) + d_total**2 * A / (2 * (N - 2) * left)
    return ClusteredG(d, d_total, dof, correction, correction * d_total, variance)


def in_deviations(contrast: Contrast, spread: float) -> Contrast:
    """The contrast and its interval by an SD taken as known, with the contrast's own error."""
    if not spread > 0:
        raise EstimationError("no_variation")
    return by_t(
        contrast.value / spread,
        contrast.standard_error / spread,
        contrast.dof,
        level=contrast.level,
        null=contrast.null / spread,
        method=contrast.method,
    )
