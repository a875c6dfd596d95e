"""Weights as even as can be that give the comparison children the pilot children's means.

The dual has one number a column, and is convex: Newton's method finds it or shows that no weights
can. Hainmueller (2012), Political Analysis 20:25.
"""

from __future__ import annotations

import numpy as np

from evaluation.analysis.arrays import Flags, Floats
from evaluation.analysis.inference.least_squares import centred
from evaluation.analysis.sensitivity.weighting import Weights, weights_of
from evaluation.errors import EstimationError

STEPS = 200
BALANCED = 1e-10  # of a standard deviation

# Near the bottom the gain of a step is lost in the rounding of what is gained.
ROUNDING = 1e-13


def entropy_balancing(X: Floats, columns: tuple[str, ...], treated: Flags) -> Weights:
    """Balances the means of `X` (n, k), finite; at most six or so columns for 250 children.

    Raises EstimationError: `no_balance` where the treated mean lies outside what the others can
    make, `collinear` (a column without spread), `empty_cell`, `not_finite`.
    """
    if not (treated.any() and (~treated).any()):
        raise EstimationError("empty_cell")
    spread = centred(X, np.zeros(len(X)), columns).std(axis=0)
    Z = (X[~treated] - X[treated].mean(axis=0)) / spread
    return weights_of(_solved(Z), X, treated, "Entropy balancing, first moments")


def _solved(Z: Floats) -> Floats:
    """Weights (m,) with Z'w = 0, of the form exp(Zλ)."""
    at = np.zeros(Z.shape[1])
    for _ in range(STEPS):
        w = _softmax(Z @ at)
        slope = w @ Z
        if np.abs(slope).max() < BALANCED:
            return w
        bend = (Z * w[:, None]).T @ Z - np.outer(slope, slope)
        step: Floats = np.linalg.lstsq(bend, -slope, rcond=1e-12)[0].astype(np.float64)
        at = _lower(Z, at, step, float(slope @ step))
    raise EstimationError("no_balance")


def _lower(Z: Floats, at: Floats, step: Floats, along: float) -> Floats:
    """A step of Newton's, halved until it leads down as far as it should."""
    before, size = _log_mean(Z @ at), 1.0
    bar = before + ROUNDING * max(1.0, abs(before))
    # A step small enough stays under the bar, whatever it leads to.
    while _log_mean(Z @ (at + size * step)) > bar + 1e-4 * size * along:
        size /= 2
    return np.asarray(at + size * step)


def _softmax(v: Floats) -> Floats:
    raised = np.exp(v - v.max())
    return np.asarray(raised / raised.sum())


def _log_mean(v: Floats) -> float:
    return float(v.max() + np.log(np.mean(np.exp(v - v.max()))))
