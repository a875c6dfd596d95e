"""The wild cluster bootstrap by refitting the rows of every draw: slow, plain, independent."""

from __future__ import annotations

from itertools import product

import numpy as np


def least_squares(X, y, c, null=None):
    """Coefficients, held to c'b = null where a null is given."""
    b = np.linalg.solve(X.T @ X, X.T @ y)
    if null is None:
        return b
    towards = np.linalg.solve(X.T @ X, c)
    return b - towards * (c @ b - null) / (c @ towards)


def cr1s(X, y, clusters, c):
    """(estimate, standard error)."""
    b = least_squares(X, y, c)
    u = y - X @ b
    weights = X @ np.linalg.solve(X.T @ X, c)
    groups = sorted(set(clusters))
    n, p = X.shape
    factor = len(groups) * (n - 1) / ((len(groups) - 1) * (n - p))
    return c @ b, np.sqrt(factor * sum((weights * u)[clusters == g].sum() ** 2 for g in groups))


def counts(X, y, clusters, c, *, kind, null, points=(1.0, -1.0), parts=None):
    """(t, draws, greater, ties); `parts` (n,) carry the weights, the clusters themselves if None."""
    held = null if kind.startswith("WCR") else None
    b = least_squares(X, y, c, held)
    u = y - X @ b
    if kind.endswith("31"):
        for g in set(clusters):
            others = clusters != g
            u[~others] = (y - X @ least_squares(X[others], y[others], c, held))[~others]
    value, error = cr1s(X, y, clusters, c)
    t = (value - null) / error
    codes = np.unique(clusters if parts is None else parts, return_inverse=True)[1]
    draws = []
    for v in product(points, repeat=codes.max() + 1):
        moved, spread = cr1s(X, X @ b + np.array(v)[codes] * u, clusters, c)
        draws.append(abs(moved - c @ b) / spread)
    draws = np.array(draws)
    tie = np.isclose(draws, abs(t), rtol=1e-8, atol=0)
    return t, len(draws), int(((draws > abs(t)) & ~tie).sum()), int(tie.sum())
