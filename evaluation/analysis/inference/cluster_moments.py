"""What one pass over the rows leaves of each cluster: sums, squares and cross-products.

Everything linear that follows (coefficients, robust errors, degrees of freedom) is computed
from these, at a cost that does not depend on the number of rows. They add up: parts of the
rows can be read one after another, or on other machines, and merged.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaluation.analysis.arrays import Floats, Rows
from evaluation.errors import EstimationError

# Rows that are sorted by cluster at once: 16,384 x 20 doubles are 2.6 MB and stay in the cache,
# where to pick them by cluster costs little; more only so that each cluster has some.
BLOCK = 16_384
ROWS_PER_CLUSTER = 320


@dataclass(frozen=True, slots=True, eq=False)
class ClusterMoments:
    """Cross-products of p regressors X and an outcome y within each of G clusters.

    `labels` are sorted. `S[g]` = X_g'X_g (G, p, p), `s[g]` = X_g'y_g (G, p), `yy[g]` = y_g'y_g,
    `x_sums[g]` = X_g'1 (G, p), `y_sums[g]` = y_g'1, `n[g]` rows.
    """

    columns: tuple[str, ...]
    labels: tuple[str, ...]
    n: Rows
    S: Floats
    s: Floats
    yy: Floats
    x_sums: Floats
    y_sums: Floats

    @property
    def rows(self) -> int:
        return int(self.n.sum())

    @property
    def clusters(self) -> int:
        return len(self.labels)


def moments_of(
    X: Floats, y: Floats, clusters: object, columns: tuple[str, ...] | None = None
) -> ClusterMoments:
    """Moments of the rows of `X` (n, p) and `y` (n,); `clusters` (n,) are labels of any kind.

    Raises EstimationError where a number is not finite or a label is missing.
    """
    codes, labels = coded(clusters)
    n, p = X.shape
    size = min(max(BLOCK, ROWS_PER_CLUSTER * len(labels)), max(n, 1))
    # A row is [x, y, 1]: one product of it with itself holds every sum there is.
    sums, rows = np.zeros((len(labels), p + 2, p + 2)), np.ones((2, size, p + 2))
    # What is not a number is found in the sums afterwards, at no cost in the rows.
    with np.errstate(invalid="ignore", over="ignore"):
        for start in range(0, n, size):
            block = slice(start, start + size)
            _add(sums, rows, X[block], y[block], codes[block])
    if not np.isfinite(sums).all():
        raise EstimationError("not_finite")
    return ClusterMoments(
        columns=columns or tuple(f"x{j}" for j in range(p)),
        labels=labels,
        n=np.bincount(codes, minlength=len(labels)),
        S=sums[:, :p, :p].copy(),
        s=sums[:, :p, p].copy(),
        yy=sums[:, p, p].copy(),
        x_sums=sums[:, :p, p + 1].copy(),
        y_sums=sums[:, p, p + 1].copy(),
    )


def merge(a: ClusterMoments, b: ClusterMoments) -> ClusterMoments:
    """The moments of all rows of both; a cluster met in both is one cluster."""
    assert a.columns == b.columns, f"{a.columns} != {b.columns}"
    labels = tuple(sorted({*a.labels, *b.labels}))
    merged = _empty(a.columns, labels)
    place = {label: g for g, label in enumerate(labels)}
    for part in (a, b):
        at = [place[label] for label in part.labels]
        for name in ("n", "S", "s", "yy", "x_sums", "y_sums"):
            getattr(merged, name)[at] += getattr(part, name)
    return merged


def _empty(columns: tuple[str, ...], labels: tuple[str, ...]) -> ClusterMoments:
    G, p = len(labels), len(columns)
    return ClusterMoments(
        columns=columns,
        labels=labels,
        n=np.zeros(G, dtype=np.int64),
        S=np.zeros((G, p, p)),
        s=np.zeros((G, p)),
        yy=np.zeros(G),
        x_sums=np.zeros((G, p)),
        y_sums=np.zeros(G),
    )


def _add(sums: Floats, rows: Floats, X: Floats, y: Floats, codes: Rows) -> None:
    """Adds the cross-products of one block to `sums`; `rows` (2, size, p+2) is where it is laid
    out, as it comes and by cluster."""
    n, p = X.shape
    laid, by_cluster = rows[0, :n], rows[1, :n]
    laid[:, :p], laid[:, p] = X, y
    if (codes[1:] < codes[:-1]).any():
        # numpy sorts small integers by radix: ten times faster than 64-bit ones.
        order = np.argsort(codes.astype(np.int16) if len(sums) < 2**15 else codes, kind="stable")
        np.take(laid, order, axis=0, out=by_cluster, mode="clip")
    else:
        by_cluster = laid
    counts = np.bincount(codes, minlength=len(sums))
    ends = np.cumsum(counts)
    for g in np.flatnonzero(counts):
        mine = by_cluster[ends[g] - counts[g] : ends[g]]
        sums[g] += mine.T @ mine


def coded(clusters: object) -> tuple[Rows, tuple[str, ...]]:
    """Text, numbers and categories alike: the place of each row's label among the sorted labels."""
    codes, found = pd.factorize(pd.Series(clusters))
    if (codes < 0).any():
        raise EstimationError("cluster_missing")
    names = [str(label) for label in found]
    labels = tuple(sorted(set(names)))
    place = {label: g for g, label in enumerate(labels)}
    lookup = np.array([place[name] for name in names], dtype=np.int64)
    return lookup[codes], labels
