"""One factor behind a scale, and omega: the share of the sum's variance that the factor explains.

Unlike alpha, omega does not take all questions to be equally good. Loadings are those that leave
the smallest residual correlations (minres: Harman & Jones 1966, Psychometrika 31:351), or those of
maximum likelihood. McDonald (1999), Test Theory, chapter 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from evaluation.analysis.arrays import Floats
from evaluation.errors import EstimationError

# A question that the factor explains wholly is a sign of too few questions or children, and its
# error variance is nothing to count with (a Heywood case).
WHOLLY = 0.9975


class Fit(StrEnum):
    MINRES = "minres"
    MAXIMUM_LIKELIHOOD = "ml"


@dataclass(frozen=True, slots=True, eq=False)
class OneFactor:
    """k `loadings`, their sum positive; `omega` = (Σl)²/((Σl)² + Σ(1-l²))."""

    loadings: Floats
    omega: float
    method: str


def one_factor(R: Floats, fit: Fit = Fit.MINRES) -> OneFactor:
    """`R` (k, k) correlations of any kind.

    Raises EstimationError: `few_items` under three (the loadings are not determined), `no_factor`
    where a question would be explained wholly or nothing is shared.
    """
    if len(R) < 3:
        raise EstimationError("few_items", least=3)
    from scipy.optimize import minimize

    # Loadings are kept inside (-1, 1) by the hyperbolic tangent.
    start = np.arctanh(np.clip(_first_component(R), -0.95, 0.95))
    lack = _residual if fit is Fit.MINRES else _deviance
    found = minimize(lack, start, args=(R,), jac=True, method="BFGS", options={"gtol": 1e-9})
    loadings = np.tanh(found.x)
    loadings = loadings if loadings.sum() >= 0 else -loadings
    if np.abs(loadings).max() > WHOLLY or not loadings.sum() > 0:
        raise EstimationError("no_factor")
    shared, own = loadings.sum() ** 2, np.sum(1 - loadings**2)
    return OneFactor(loadings, float(shared / (shared + own)), f"One factor, {fit}")


def _first_component(R: Floats) -> Floats:
    values, vectors = np.linalg.eigh(R)
    return np.asarray(vectors[:, -1] * np.sqrt(values[-1]))


def _residual(t: Floats, R: Floats) -> tuple[float, Floats]:
    """Sum of the squared residual correlations, and its slope in `t`."""
    loadings = np.tanh(t)
    left = R - np.outer(loadings, loadings)
    np.fill_diagonal(left, 0)
    return float(np.sum(left**2)), -4 * left @ loadings * (1 - loadings**2)


def _deviance(t: Floats, R: Floats) -> tuple[float, Floats]:
    """log |Σ| + trace(RΣ⁻¹) with Σ = ll' + diag(1-l²), and its slope; Σ has ones at its best."""
    loadings = np.tanh(t)
    own = 1 - loadings**2
    Sigma = np.outer(loadings, loadings) + np.diag(own)
    inverse = np.linalg.inv(Sigma)
    slope = inverse - inverse @ R @ inverse
    by_loading = 2 * (slope @ loadings - np.diag(slope) * loadings)
    value = float(np.linalg.slogdet(Sigma)[1] + np.sum(R * inverse))
    return value, by_loading * own
