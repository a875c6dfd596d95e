"""If what was not seen mattered as much as what was: Oster's delta and the estimate that is left.

Rests on a guess of the R² that all causes together would reach, which nobody knows: given on
request, never part of a verdict. Oster (2019), Journal of Business & Economic Statistics 37:187.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from evaluation.analysis.arrays import Floats
from evaluation.analysis.inference.least_squares import LinearFit, fit_with_constant
from evaluation.errors import EstimationError

# An effect that the controls move by less has not been moved: nothing can be learned from them.
UNMOVED = 1e-12


@dataclass(frozen=True, slots=True)
class Oster:
    """`delta`: how many times as much as the seen the unseen must matter for the effect to be
    `null`. `adjusted`: the effect if it matters as much; `alternative`: the other
    root of that equation."""

    uncontrolled: float
    controlled: float
    r2_uncontrolled: float
    r2_controlled: float
    r2_most: float
    null: float
    delta: float
    adjusted: float
    alternative: float


def oster(
    X: Floats, y: Floats, columns: tuple[str, ...], *, r2_most: float, null: float = 0.0
) -> Oster:
    """`X` (n, p), its first column the arm, the others controls (one at least).

    Raises EstimationError: `no_share` (`r2_most` not between the controlled R² and one),
    `no_variation` (the controls change nothing), `collinear`, `no_residual`, `not_finite`.
    """
    one = np.zeros(len(y))
    plain = fit_with_constant(X[:, :1], y, one, columns[:1])
    full = fit_with_constant(X, y, one, columns)
    of_arm = fit_with_constant(X[:, 1:], X[:, 0], one, columns[1:])
    r2 = [1 - fit.residual_squares / np.sum((y - y.mean()) ** 2) for fit in (plain, full)]
    if not r2[1] < r2_most <= 1:
        raise EstimationError("no_share", name="r2_most")
    n = len(y) - 1
    b = (_arm(plain), _arm(full))
    if abs(b[0] - b[1]) <= UNMOVED * abs(b[1]):
        raise EstimationError("no_variation")
    gains = ((r2[1] - r2[0]) * y.var(ddof=1), (r2_most - r2[1]) * y.var(ddof=1))
    spreads = (float(X[:, 0].var(ddof=1)), of_arm.residual_squares / n)
    delta = _delta(b, gains, spreads, null)
    roots = _roots(b, gains, spreads)
    near, far = sorted((b[1] - root for root in roots), key=lambda x: (x - b[1]) ** 2)
    return Oster(*b, float(r2[0]), float(r2[1]), r2_most, null, delta, near, far)


def _arm(fit: LinearFit) -> float:
    return float(fit.coefficients[1])


def _delta(
    b: tuple[float, float],
    gains: tuple[float, float],
    spreads: tuple[float, float],
    null: float,
) -> float:
    (plain, full), (seen, unseen), (of_arm, left) = b, gains, spreads
    away, moved, cubic = full - null, plain - full, left * (of_arm - left)
    above = away * seen * left + away * of_arm * left * moved**2
    above += 2 * away**2 * left * moved * of_arm + away**3 * cubic
    below = unseen * moved * of_arm + away * unseen * (of_arm - left)
    below += away**2 * left * moved * of_arm + away**3 * cubic
    return float(above / below)


def _roots(
    b: tuple[float, float], gains: tuple[float, float], spreads: tuple[float, float]
) -> tuple[float, float]:
    """Of the quadratic whose solution is the bias where delta is one."""
    (plain, full), (seen, unseen), (of_arm, left) = b, gains, spreads
    moved = plain - full
    theta = unseen * (of_arm - left) - seen * left - of_arm * left * moved**2
    divisor = -2 * left * moved * of_arm
    root = sqrt(theta**2 + 4 * unseen * moved**2 * of_arm**2 * left)
    return (-theta + root) / divisor, (-theta - root) / divisor
