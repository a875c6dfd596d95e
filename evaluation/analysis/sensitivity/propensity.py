"""Weights by how likely each child was to be in a pilot region, by logistic regression.

Odds p/(1-p) for the comparison children: the effect on the treated. Rosenbaum & Rubin (1983),
Biometrika 70:41. Balance is not promised, only hoped for; entropy balancing promises it.
"""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from evaluation.analysis.arrays import Flags, Floats
from evaluation.analysis.inference.least_squares import centred
from evaluation.analysis.sensitivity.weighting import Weights, weights_of
from evaluation.errors import EstimationError

CONVERGED = 1e-20

# Log odds beyond which the columns tell the arms apart: no child has a counterpart.
SEPARATED = 30.0


def propensity_weights(X: Floats, columns: tuple[str, ...], treated: Flags) -> Weights:
    """`X` (n, k), finite. Raises EstimationError: `separated` (the columns give the arm away),
    `collinear`, `empty_cell`, `not_finite`."""
    if not (treated.any() and (~treated).any()):
        raise EstimationError("empty_cell")
    Z = centred(X, np.zeros(len(X)), columns)
    Z = np.column_stack([np.ones(len(Z)), Z / Z.std(axis=0)])
    log_odds = Z @ _coefficients(Z, treated.astype(float))
    return weights_of(np.exp(log_odds[~treated]), X, treated, "Propensity odds, logistic")


def _coefficients(Z: Floats, y: Floats) -> Floats:
    b, gain = np.zeros(Z.shape[1]), np.inf
    while gain > CONVERGED * len(y):
        p = expit(Z @ b)
        slope = Z.T @ (y - p)
        step = np.linalg.lstsq((Z * (p * (1 - p))[:, None]).T @ Z, slope, rcond=1e-12)[0]
        b, gain = b + step, slope @ step
        if np.abs(Z @ b).max() > SEPARATED:
            raise EstimationError("separated")
    return np.asarray(b)
