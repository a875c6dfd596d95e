"""How alike children of one region are: the share of the variance that lies between regions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evaluation.analysis.arrays import Floats
from evaluation.analysis.inference.cluster_moments import moments_of
from evaluation.errors import EstimationError


@dataclass(frozen=True, slots=True)
class Intraclass:
    """One-way analysis of variance over clusters. `typical_size` is n0, the size that counts;
    `correlation` can be negative, by chance or where clusters balance; `design_effect` is how
    many times a mean's variance exceeds that of as many unrelated rows."""

    clusters: int
    rows: int
    typical_size: float
    between: float  # mean square
    within: float  # mean square
    correlation: float
    design_effect: float


def intraclass(values: Floats, clusters: object) -> Intraclass:
    """`values` (n,), finite; `clusters` (n,) labels of any kind.

    Correlation (MSB-MSW)/(MSB+(n0-1)MSW), n0 = (N - Σn²/N)/(k-1) (Donner 1986, International
    Statistical Review 54:67); design effect 1 + ((1+cv²)·mean size - 1)·ICC, cv the sizes'
    (Eldridge, Ashby & Kerry 2006, International Journal of Epidemiology 35:1292).

    Raises EstimationError: `one_cluster`, `no_residual`, `no_variation`, `not_finite`.
    """
    centred = values - values.mean() if len(values) else values
    moments = moments_of(np.ones((len(values), 1)), centred, clusters)
    n, k, N = moments.n, moments.clusters, moments.rows
    if k < 2:
        raise EstimationError("one_cluster")
    if k >= N:
        raise EstimationError("no_residual", rows=N, columns=k)
    explained = float(np.sum(moments.y_sums**2 / n) - moments.y_sums.sum() ** 2 / N)
    left = float(moments.yy.sum() - np.sum(moments.y_sums**2 / n))
    size = float((N - n @ n / N) / (k - 1))
    between, within = explained / (k - 1), max(left, 0.0) / (N - k)
    spread = between + (size - 1) * within
    if not spread > 0:
        raise EstimationError("no_variation")
    correlation = (between - within) / spread
    unequal = float(n.var(ddof=1) / n.mean() ** 2)
    effect = 1 + ((1 + unequal) * N / k - 1) * correlation
    return Intraclass(k, N, size, between, within, correlation, float(effect))
