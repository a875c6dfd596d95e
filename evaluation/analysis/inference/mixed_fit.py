"""Linear mixed models by (restricted) maximum likelihood, from cluster moments alone.

y_g = X_g b + Z_g v_g + e_g with v_g ~ N(0, D) and e_g ~ N(0, σ²I); the columns of Z are some of
those of X, the constant alone for a random intercept. With U = [X, y] every quantity is made of
U_g'V_g^-1 U_g, and that of U_g'U_g (Woodbury): no n x n matrix, and no cost in rows.

The criterion is a function of Λ with D = σ²ΛΛ', as in lme4 (Bates et al. 2015, Journal of
Statistical Software 67:1), with the exact gradient, from a grid of starts; a region variance of
zero is a candidate of its own, not an accident.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from evaluation.analysis.arrays import Floats, Rows
from evaluation.analysis.inference.cluster_moments import ClusterMoments
from evaluation.analysis.inference.least_squares import LinearFit, fit_moments
from evaluation.errors import EstimationError

INTERCEPT = ("constant",)

# Λ of a random effect whose typical size in a row is 1/100 to 10 times that of the noise.
STARTS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)

# Effects a thousand times the noise: rows of one cluster are then copies of each other.
LARGEST = 1e3

# To which the bottom of a valley is found, beside starts of a hundredth.
FINE = 1e-13

# A gain in the criterion that is no gain: a variance is zero unless it fits better than zero.
NO_GAIN = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class MixedFit:
    """p fixed and q random effects. `solution` (p,) and its covariance `Phi` (p, p); `D` (q, q)
    is the random effects' covariance, `noise` = σ², `criterion` = -2 log likelihood; `ordinary`
    is the fit without random effects.

    `Phi` is (X'V^-1 X)^-1 as if the variances were known: only Kenward and Roger's is honest.
    """

    ordinary: LinearFit
    random: tuple[str, ...]
    solution: Floats
    Phi: Floats
    D: Floats
    noise: float
    criterion: float

    @property
    def moments(self) -> ClusterMoments:
        return self.ordinary.moments

    @property
    def at_zero(self) -> bool:
        """A variance, or a combination of the random effects, is estimated as zero."""
        spread = np.sqrt(np.diag(self.D))
        if not spread.all():
            return True
        return bool(np.linalg.eigvalsh(self.D / np.outer(spread, spread))[0] < NO_GAIN)

    @property
    def intraclass_correlation(self) -> float:
        """Share of the variance that is between clusters; of the first random effect."""
        between = float(self.D[0, 0])
        return between / (between + self.noise)


@dataclass(frozen=True, slots=True, eq=False)
class _Profile:
    """The criterion at one Λ, its `slope` (q, q) in ΛΛ' there, and what maximises it given Λ."""

    criterion: float
    slope: Floats
    solution: Floats
    Phi: Floats
    noise: float


def fit_mixed(
    moments: ClusterMoments, random: tuple[str, ...] = INTERCEPT, *, restricted: bool = True
) -> MixedFit:
    """`random` names columns of the moments. Variances by REML; by ML if not `restricted`.

    Raises EstimationError: `collinear`, `no_residual`, `one_cluster`, `no_residual_variation`.
    """
    ordinary = fit_moments(moments)
    if moments.clusters < 2:
        raise EstimationError("one_cluster")
    if ordinary.residual_squares == 0:
        raise EstimationError("no_residual_variation")
    at = [moments.columns.index(name) for name in random]
    gram = gram_of(moments)
    # Random effects are measured in the typical size of their column, so that starts fit all.
    sizes = np.sqrt(gram[:, at, at].sum(axis=0) / moments.rows)
    scaled = _Likelihood(gram, np.array(at), sizes, moments.rows, restricted)
    Lambda = _best(scaled, len(at))
    found = scaled.at(Lambda)
    if np.abs(Lambda).max() >= LARGEST:
        raise EstimationError("no_residual_variation")
    root = Lambda / sizes[:, None]
    return MixedFit(
        ordinary=ordinary,
        random=random,
        solution=found.solution,
        Phi=found.Phi,
        D=found.noise * root @ root.T,
        noise=found.noise,
        criterion=found.criterion,
    )


def gram_of(moments: ClusterMoments) -> Floats:
    """U_g'U_g (G, p+1, p+1) of U = [X, y]."""
    s = moments.s[:, :, None]
    last = np.concatenate([moments.s, moments.yy[:, None]], axis=1)[:, None, :]
    return np.concatenate([np.concatenate([moments.S, s], axis=2), last], axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class _Likelihood:
    gram: Floats
    random: Rows
    sizes: Floats
    rows: int
    restricted: bool

    def at(self, Lambda: Floats) -> _Profile:
        r, p = self.random, self.gram.shape[1] - 1
        root = Lambda / self.sizes[:, None]
        ZU = root.T @ self.gram[:, r, :]
        inner = np.eye(len(r)) + ZU[:, :, r] @ root
        K = self.gram - ZU.transpose(0, 2, 1) @ np.linalg.solve(inner, ZU)
        total = K.sum(axis=0)
        inverse = np.linalg.inv(total[:p, :p])
        b = inverse @ total[:p, p]
        noise_dof = self.rows - p if self.restricted else self.rows
        residual = np.append(-b, 1.0)
        noise = max(float(residual @ total @ residual), np.finfo(float).tiny) / noise_dof
        criterion = np.linalg.slogdet(inner)[1].sum() + noise_dof * (1 + np.log(2 * np.pi * noise))
        ZZ = K[:, r[:, None], r].sum(axis=0)
        if self.restricted:
            criterion -= np.linalg.slogdet(inverse)[1]
            ZX = K[:, r, :p]
            ZZ = ZZ - np.einsum("gij,jk,glk->il", ZX, inverse, ZX)
        Zu = K[:, r, :] @ residual
        slope = (ZZ - Zu.T @ Zu / noise) / np.outer(self.sizes, self.sizes)
        return _Profile(float(criterion), slope, b, noise * inverse, noise)


def _best(likelihood: _Likelihood, q: int) -> Floats:
    """Λ where the criterion is least; zero unless another is better by more than rounding."""
    zero = np.zeros((q, q))
    Lambda = _lowest_valley(likelihood) if q == 1 else _descended(likelihood, q)
    gain = likelihood.at(zero).criterion - likelihood.at(Lambda).criterion
    return Lambda if gain > NO_GAIN else zero


def _lowest_valley(likelihood: _Likelihood) -> Floats:
    """For one random effect: every valley of the grid, each to its bottom where the slope is zero.

    No optimiser: the library's wakes every processor for a matrix of one number, at nine times the
    cost.
    """
    from scipy.optimize import brentq

    def slope(size: float) -> float:
        return float(likelihood.at(np.array([[size]])).slope[0, 0])

    grid = (0.0, *STARTS, LARGEST)
    slopes = [slope(size) for size in grid]
    bottoms = [0.0] if slopes[-1] >= 0 else [LARGEST]
    for (inner, outer), (falls, rises) in zip(pairwise(grid), pairwise(slopes), strict=True):
        if falls < 0 <= rises:
            bottoms.append(brentq(slope, inner, outer, xtol=FINE))
    found = [np.array([[size]]) for size in bottoms]
    return min(found, key=lambda Lambda: likelihood.at(Lambda).criterion)


def _descended(likelihood: _Likelihood, q: int) -> Floats:
    from scipy.optimize import minimize

    rows, columns = np.tril_indices(q)

    def matrix(entries: Floats) -> Floats:
        Lambda = np.zeros((q, q))
        Lambda[rows, columns] = entries
        return Lambda

    def criterion(entries: Floats) -> tuple[float, Floats]:
        Lambda = matrix(entries)
        found = likelihood.at(Lambda)
        return found.criterion, np.tril(2 * found.slope @ Lambda)[rows, columns]

    start = min((np.eye(q) * size for size in STARTS), key=lambda L: likelihood.at(L).criterion)
    bounds = [(0.0 if i == j else -LARGEST, LARGEST) for i, j in zip(rows, columns, strict=True)]
    found = minimize(
        criterion,
        start[rows, columns],
        jac=True,
        method="L-BFGS-B",
        bounds=bounds,
        options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 500},
    )
    return matrix(found.x)
