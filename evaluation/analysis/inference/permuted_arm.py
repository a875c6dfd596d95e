"""The arm's coefficient, or its t, when other regions are called pilot: from moments alone.

The model without the arm is fitted once. An arm d (one value a region) enters it by
Frisch-Waugh-Lovell: with M the projection off the other columns, b = d'My / d'Md, and both, as
well as each region's score (Md)_g'u_g, follow from the region's sums and cross-products.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from evaluation.analysis.arrays import Flags, Floats, Rows
from evaluation.analysis.inference.cluster_robust import ALONE
from evaluation.analysis.inference.least_squares import LinearFit
from evaluation.analysis.inference.orthonormal import orthonormal, residual_sums
from evaluation.errors import EstimationError

# Numbers held at a time: 2^20 doubles are 8 MB.
HELD = 2**20

# An arm of which the other columns leave no more than this share cannot be told from them.
ALIASED = 1e-10

# A squared error this small beside that of independent rows is rounding.
NOTHING = 1e-18

# Children of a region have one arm, to within the rounding of their sums.
SAME = 1e-8


class Statistic(StrEnum):
    COEFFICIENT = "coefficient"
    CLASSICAL = "t, independent rows"
    CR1S = "t, CR1S"
    CR2 = "t, CR2"


@dataclass(frozen=True, slots=True, eq=False)
class WithoutArm:
    """The fit without the arm, its k columns orthonormal over all rows; G regions.

    `n` rows, `e` sums of residuals, `x` (G, k) sums of columns, `K` (G, k, k) cross-products,
    `r` (G, k) cross-products of columns and residuals; `squares` the residuals' squares; `step`
    from comparison to pilot in the arm's own column; `rows` and `dof` of the full fit.
    """

    n: Rows
    e: Floats
    x: Floats
    K: Floats
    r: Floats
    squares: float
    step: float
    rows: int
    dof: int


@dataclass(frozen=True, slots=True, eq=False)
class Arms:
    """P arms fitted: `d` (P, G), `eta` (P, k) their loads on the columns, `size` (P,) = d'Md,
    `b` (P,) coefficients, `lengths` (P, G) squares of (Md)_g, `scores` (P, G) = (Md)_g'u_g."""

    d: Floats
    eta: Floats
    size: Floats
    b: Floats
    lengths: Floats
    scores: Floats


def arm_of(fit: LinearFit, of: str) -> tuple[Flags, float]:
    """The pilot regions (G,), and the column's step up to them; raises `region_in_both_arms`."""
    m, j = fit.moments, fit.moments.columns.index(of)
    back = np.linalg.inv(fit.basis)[:, j]
    means = m.x_sums @ back / m.n
    step = float(np.ptp(means))
    pilot = means > means.min() + step / 2
    spread = back @ m.S @ back / m.n - means**2
    off = means - np.where(pilot, means.max(), means.min())
    if np.abs(spread).max() > SAME * step**2 or np.abs(off).max() > SAME * step:
        raise EstimationError("region_in_both_arms")
    return pilot, step


def without_arm(fit: LinearFit, of: str, step: float) -> WithoutArm:
    m, turned = fit.moments, orthonormal(fit, of)
    w, across = turned.w, turned.across
    return WithoutArm(
        n=m.n,
        e=residual_sums(fit, turned),
        x=turned.sums @ across,
        K=across.T @ turned.S @ across,
        r=(turned.U + turned.value * turned.along) @ across,
        squares=fit.residual_squares + turned.value**2 / float(w @ w),
        step=step,
        rows=m.rows,
        dof=fit.residual_dof,
    )


def permuted(model: WithoutArm, arms: Flags, statistic: Statistic) -> Floats:
    """The `statistic` (P,) of every arm in `arms` (P, G); infinite where it is not defined.

    An arm that cannot be told from the other columns, or has no error, so counts as extreme.
    """
    held = max(1, HELD // (len(model.n) * (model.x.shape[1] + 1) ** 2))
    parts = [arms[start : start + held] for start in range(0, len(arms), held)]
    return np.concatenate([_statistic(model, part, statistic) for part in parts])


def _statistic(model: WithoutArm, arms: Flags, statistic: Statistic) -> Floats:
    fitted = _fitted(model, arms.astype(float))
    told = fitted.size > ALIASED * (arms @ model.n)
    if statistic is Statistic.COEFFICIENT:
        found = fitted.b / model.step
    else:
        squares = SQUARED_ERROR[statistic](model, fitted)
        told &= squares > NOTHING * model.squares / np.where(told, fitted.size, 1.0) / model.rows
        found = fitted.b / np.sqrt(np.where(told, squares, 1.0))
    return np.where(told, found, np.inf)


def _fitted(model: WithoutArm, d: Floats) -> Arms:
    eta = d @ model.x
    size = d @ model.n - np.sum(eta**2, axis=1)
    b = d @ model.e / np.where(size > 0, size, 1.0)
    bent = np.einsum("gij,pj->pgi", model.K, eta)
    lengths = d * model.n - 2 * d * (eta @ model.x.T) + np.einsum("pi,pgi->pg", eta, bent)
    scores = d * model.e - eta @ model.r.T - b[:, None] * lengths
    return Arms(d, eta, size, b, lengths, scores)


def _classical(model: WithoutArm, fitted: Arms) -> Floats:
    left = model.squares - fitted.b**2 * fitted.size
    return left / model.dof / fitted.size


def _cr1s(model: WithoutArm, fitted: Arms) -> Floats:
    G, N = len(model.n), model.rows
    factor = G * (N - 1) / ((G - 1) * model.dof)
    return np.asarray(factor * np.sum(fitted.scores**2, axis=1) / fitted.size**2)


def _cr2(model: WithoutArm, fitted: Arms) -> Floats:
    """As in `cluster_robust`, with the arm's own column the last of the orthonormal ones."""
    P, G, k = len(fitted.d), len(model.n), model.x.shape[1]
    root = np.sqrt(fitted.size)
    shared = fitted.d[:, :, None] * model.x - np.einsum("gij,pj->pgi", model.K, fitted.eta)
    S = np.empty((P, G, k + 1, k + 1))
    S[:, :, :k, :k] = model.K
    S[:, :, :k, k] = S[:, :, k, :k] = shared / root[:, None, None]
    S[:, :, k, k] = fitted.lengths / fitted.size[:, None]
    residual = np.empty((P, G, k + 1))
    residual[:, :, :k] = model.r - fitted.b[:, None, None] * shared
    residual[:, :, k] = fitted.scores / root[:, None]
    leverages, V = np.linalg.eigh(S)
    left = np.clip(1 - leverages, 0.0, 1.0)
    alone = left <= ALONE
    f = np.where(alone, 0.0, np.where(alone, 1.0, left) ** -0.5)
    turned = np.einsum("pgj,pgj,pgij,pgi->pg", V[:, :, k, :], f, V, residual, optimize=True)
    return np.asarray(np.sum(turned**2, axis=1) / fitted.size)


SQUARED_ERROR: dict[Statistic, Callable[[WithoutArm, Arms], Floats]] = {
    Statistic.CLASSICAL: _classical,
    Statistic.CR1S: _cr1s,
    Statistic.CR2: _cr2,
}
