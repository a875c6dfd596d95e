"""Correlations of what lies behind ordered answers, and the alpha that is made of them.

Five boxes cut a continuous opinion; the correlation of the opinions is larger than that of the
codes. In two steps: cuts from each question's own shares, then the correlation that makes the
table of both most likely. Olsson (1979), Psychometrika 44:443; Zumbo, Gadermann & Zeisser (2007),
Journal of Modern Applied Statistical Methods 6:21. A supplement: unsteady under about 150 rows.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr, ndtri

from evaluation.analysis.arrays import Floats, Rows
from evaluation.analysis.measurement.consistency import complete, standardised_alpha
from evaluation.errors import EstimationError

STEADY = 150
"""Rows under which these correlations are not to be trusted (statistics.md A.12)."""

SPARSE = 5
"""An answer given less often is joined with its neighbour: its cut would be guesswork."""

# Beyond eight standard deviations there is nobody.
FAR = 8.0
NEAREST = 0.999
NODES, WEIGHTS = np.polynomial.legendre.leggauss(40)
IMPOSSIBLE = 1e-12


def ordinal_alpha(answers: Floats, items: tuple[str, ...], *, least: int = STEADY) -> float:
    """Standardised alpha of the polychoric correlations; `answers` (n, k) as for `cronbach_alpha`.

    Raises EstimationError: `few_answers` under `least` complete rows, and what `cronbach_alpha`
    raises.
    """
    whole = complete(answers, items)
    if len(whole) < least:
        raise EstimationError("few_answers", rows=len(whole), least=least)
    return standardised_alpha(polychoric_matrix(whole))


def polychoric_matrix(whole: Floats) -> Floats:
    """(k, k) of complete answers (n, k)."""
    k = whole.shape[1]
    R = np.eye(k)
    for i in range(k):
        for j in range(i):
            R[i, j] = R[j, i] = polychoric(whole[:, i], whole[:, j])
    return R


def polychoric(first: Floats, second: Floats) -> float:
    """Of two questions' answers (n,), finite. Raises EstimationError `no_variation`."""
    a, b = joined(first), joined(second)
    table = np.zeros((a.max() + 1, b.max() + 1))
    np.add.at(table, (a, b), 1)
    if min(table.shape) < 2:
        raise EstimationError("no_variation")
    from scipy.optimize import minimize_scalar

    cuts = _cuts(table.sum(axis=1)), _cuts(table.sum(axis=0))
    found = minimize_scalar(
        lambda rho: -float(np.sum(table * np.log(_shares(*cuts, rho)))),
        bounds=(-NEAREST, NEAREST),
        method="bounded",
        options={"xatol": 1e-7},
    )
    return float(found.x)


def joined(answers: Floats, sparse: int = SPARSE) -> Rows:
    """Codes from 0 without gaps; an answer given less than `sparse` times joins its neighbour
    toward the middle."""
    _, codes = np.unique(answers, return_inverse=True)
    while True:
        counts = np.bincount(codes)
        rare = np.flatnonzero(counts < sparse)
        if len(counts) < 2 or not len(rare):
            return codes.astype(np.int64)
        at = int(rare[0])
        above = at + 1 if at < len(counts) / 2 and at + 1 < len(counts) else at
        codes = np.where(codes >= above, codes - 1, codes)


def _cuts(counts: Floats) -> Floats:
    inner = ndtri(np.cumsum(counts)[:-1] / counts.sum())
    return np.concatenate([[-FAR], inner, [FAR]])


def _shares(rows: Floats, columns: Floats, rho: float) -> Floats:
    """The chance of each cell of the table."""
    below = _both_below(rows[:, None], columns[None, :], rho)
    cells = below[1:, 1:] - below[:-1, 1:] - below[1:, :-1] + below[:-1, :-1]
    return np.asarray(np.maximum(cells, IMPOSSIBLE))


def _both_below(h: Floats, k: Floats, rho: float) -> Floats:
    """P(X < h, Y < k) of standard normals: Φ(h)Φ(k) and Plackett's integral over the angle."""
    end = np.arcsin(rho)
    # The nodes on an axis of their own: tables are small, and looked at a dozen times a pair.
    angles = (end * (NODES + 1) / 2).reshape(-1, *[1] * np.ndim(h + k))
    distance = h**2 + k**2 - 2 * h * k * np.sin(angles)
    inside = np.exp(-distance / (2 * np.cos(angles) ** 2))
    return np.asarray(ndtr(h) * ndtr(k) + end / (4 * np.pi) * np.tensordot(WEIGHTS, inside, 1))
