"""Cluster-robust standard errors that stand up to few clusters, from cluster moments alone.

CR0    the plain sandwich: meat = sum over clusters of X_g'u_g u_g'X_g
CR1    CR0 · G/(G-1)
CR1S   CR0 · G(N-1)/((G-1)(N-p)): Stata's, and statsmodels' `cov_type="cluster"`
CR2    residuals turned by A_g = (I-H_gg)^(-1/2): unbiased if rows were independent
CR3    A_g = (I-H_gg)^(-1), without a factor (clubSandwich's; Stata's has (G-1)/G)

Degrees of freedom are Satterthwaite's for the same A_g under independent, equally spread rows.
Bell & McCaffrey (2002), Survey Methodology 28:169; Pustejovsky & Tipton (2018), JBES 36:672.

No n x n matrix is ever made. With W'(X'X)W = I, let the eigenvectors V and eigenvalues Λ be
those of T_g = W'X_g'X_g W (p x p). Λ are the non-zero eigenvalues of H_gg, and for A_g = f(H_gg)

    W'X_g'A_g u_g = V f(Λ) V' W'X_g'u_g

so that a region of 25,000 children costs what a region of 25 does.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from evaluation.analysis.arrays import Flags, Floats
from evaluation.analysis.inference.contrast import Contrast, by_t
from evaluation.analysis.inference.least_squares import LinearFit
from evaluation.errors import EstimationError

# A cluster whose leverage in some direction is one to within this is alone in that direction
# (its own dummy): the generalised inverse leaves the direction out (Pustejovsky & Tipton §2).
ALONE = 1e-9


class Formula(StrEnum):
    CR0 = "CR0"
    CR1 = "CR1"
    CR1S = "CR1S"
    CR2 = "CR2"
    CR3 = "CR3"


@dataclass(frozen=True, slots=True, eq=False)
class Turned:
    """Each cluster's part in a contrast, its residuals turned by A_g. G clusters, p regressors.

    `scores[g]` = w'W'X_g'A_g u_g, w = W'c; `a[g]` = W'X_g'A_g X_g WW'c (G, p); `d[g]` = length
    squared of A_g X_g WW'c; `sums[g]` = the sum of that vector's entries.
    """

    scores: Floats
    a: Floats
    d: Floats
    sums: Floats


def robust(
    fit: LinearFit,
    of: str | Floats,
    *,
    formula: Formula = Formula.CR2,
    level: float = 0.95,
    null: float = 0.0,
) -> Contrast:
    """The contrast `of` (a column's name, or weights (p,)) with Satterthwaite's t.

    Raises EstimationError: `one_cluster`; `no_residual_variation`; `cluster_alone` (CR3 where
    the contrast rests on one cluster and cannot be had without it).
    """
    c = fit.weights(of)
    parts = turn(fit, c, formula)
    error = float(np.sqrt(_factor(fit, formula) * (parts.scores @ parts.scores)))
    fit.check_error(error, c)
    return by_t(
        float(c @ fit.solution),
        error,
        satterthwaite_dof(parts),
        level=level,
        null=null,
        method=f"{formula}, Satterthwaite",
    )


def turn(fit: LinearFit, c: Floats, formula: Formula) -> Turned:
    if fit.moments.clusters < 2:
        raise EstimationError("one_cluster")
    m, W = fit.moments, fit.W
    w = W.T @ c
    leverages, V = np.linalg.eigh(W.T @ m.S @ W)
    along = w @ V  # (G, p): w in the directions of each cluster
    f = _adjustment(fit, np.clip(leverages, 0.0, 1.0), along, formula)
    residual = (m.s - m.S @ fit.solution) @ W
    return Turned(
        scores=_dot(along * f, _along(residual, V)),
        a=np.einsum("gij,gj->gi", V, along * f * leverages),
        d=_dot(along**2, f**2 * leverages),
        sums=_dot(along * f, _along(m.x_sums @ W, V)),
    )


def satterthwaite_dof(parts: Turned) -> float:
    """(trace P)² / (sum of P's squares), P[g, h] = δ_gh d_g - a_g'a_h, without making P (G, G)."""
    lengths = _dot(parts.a, parts.a)
    own = parts.d - lengths
    between = np.sum((parts.a.T @ parts.a) ** 2) - lengths @ lengths
    squares = own @ own + max(float(between), 0.0)
    return float(own.sum() ** 2 / squares) if squares > 0 else 0.0


def _adjustment(fit: LinearFit, leverages: Floats, along: Floats, formula: Formula) -> Floats:
    """f(Λ) (G, p): what A_g multiplies each direction of a cluster with."""
    if formula in (Formula.CR0, Formula.CR1, Formula.CR1S):
        return np.ones_like(leverages)
    left = 1 - leverages
    p = len(fit.solution)
    # The leverages themselves are only as good as the columns are distinct.
    alone: Flags = left <= max(ALONE, 100 * p * np.finfo(float).eps / fit.unexplained)
    power = -0.5 if formula is Formula.CR2 else -1.0
    if formula is Formula.CR3 and (np.abs(along[alone]) > ALONE * np.linalg.norm(along[0])).any():
        raise EstimationError("cluster_alone", formula=str(formula))
    return np.where(alone, 0.0, np.where(alone, 1.0, left) ** power)


def _factor(fit: LinearFit, formula: Formula) -> float:
    G, N, p = fit.moments.clusters, fit.moments.rows, len(fit.solution)
    if formula is Formula.CR1:
        return G / (G - 1)
    if formula is Formula.CR1S:
        return G * (N - 1) / ((G - 1) * (N - p))
    return 1.0


def _along(vectors: Floats, V: Floats) -> Floats:
    """Each cluster's vector (G, p) in the cluster's own directions."""
    return np.asarray(np.einsum("gi,gij->gj", vectors, V))


def _dot(a: Floats, b: Floats) -> Floats:
    return np.asarray(np.einsum("gi,gi->g", a, b))
