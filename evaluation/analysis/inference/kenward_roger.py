"""How sure a mixed model's contrast is, when its variances were estimated from few clusters.

Kenward and Roger's covariance adds what estimating the variances costs, and their degrees of
freedom follow from the expected information, so that they stay small where the region variance
is estimated as zero (Kenward & Roger 1997, Biometrics 53:983). Satterthwaite's, from the
observed curvature, explode there and are refused.

V = σ²I + ZDZ' is linear in its parameters θ: σ² and the lower triangle of D. With G_s = dV/dθ_s
and U = [X, y], V^-1 G_s V^-1 U = V^-1 U B_s within each cluster, so that every product is one
of small matrices:  U'V^-1 G_s V^-1 G_t V^-1 U = H B_s B_t,  H = U'V^-1 U.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evaluation.analysis.arrays import Floats
from evaluation.analysis.inference.contrast import Contrast, by_t
from evaluation.analysis.inference.mixed_fit import MixedFit, gram_of
from evaluation.errors import EstimationError

# The information on the variances is this small beside what it would be if the fixed effects
# were known: nothing in the data tells them apart (a region in each arm, a child in each region).
UNKNOWN = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class Derivatives:
    """In θ, t of them: `P` (t, p, p) = -X'V^-1 G V^-1 X; `Q` (t, t, p, p); `expected` and
    `observed` (t, t) are the restricted likelihood's information on θ; `sizes` (t,) the root of
    what it would be on each alone if the fixed effects were known."""

    P: Floats
    Q: Floats
    expected: Floats
    observed: Floats
    sizes: Floats


def kenward_roger(
    fit: MixedFit, of: str | Floats, *, level: float = 0.95, null: float = 0.0
) -> Contrast:
    """The contrast `of` (a column's name, or weights (p,)) with the adjusted error and dof.

    Raises EstimationError: `variances_unknown` where the clusters are too few to tell region
    from noise; `no_residual_variation`.
    """
    c, found = fit.ordinary.weights(of), derivatives(fit)
    W = _inverse(found.expected, found.sizes)
    Phi, P = fit.Phi, found.P
    cost = np.einsum("st,stij->ij", W, found.Q)
    cost -= np.einsum("st,sij,jk,tkl->il", W, P, Phi, P)
    error = float(np.sqrt(c @ (Phi + 2 * Phi @ cost @ Phi) @ c))
    fit.ordinary.check_error(error, c)
    return by_t(
        float(c @ fit.solution),
        error,
        _dof(fit, c, P, W),
        level=level,
        null=null,
        method="REML, Kenward-Roger",
    )


def satterthwaite(
    fit: MixedFit, of: str | Floats, *, level: float = 0.95, null: float = 0.0
) -> Contrast:
    """As lmerTest prints it, for comparison only: the error takes the variances as known.

    Raises EstimationError `variance_zero`: there its degrees of freedom mean nothing.
    """
    if fit.at_zero:
        raise EstimationError("variance_zero")
    c, found = fit.ordinary.weights(of), derivatives(fit)
    return by_t(
        float(c @ fit.solution),
        float(np.sqrt(c @ fit.Phi @ c)),
        _dof(fit, c, found.P, _inverse(found.observed, found.sizes)),
        level=level,
        null=null,
        method="REML, Satterthwaite",
    )


def derivatives(fit: MixedFit) -> Derivatives:
    gram, Phi = gram_of(fit.moments), fit.Phi
    p = len(Phi)
    K, B = _steps(fit, gram)
    H = gram @ K
    HB = H[None] @ B
    HBB = np.einsum("sgij,tgjk->stik", HB, B)
    P, Q = -HB.sum(axis=1)[:, :p, :p], HBB[:, :, :p, :p]
    traces = np.einsum("sgij,tgji->st", B, B)
    # Directions outside U: V is σ² in all of them.
    traces[-1, -1] += (fit.moments.rows - gram.shape[0] * gram.shape[1]) / fit.noise**2
    # tr(P_V G_s P_V G_t), P_V = V^-1 - V^-1 XΦX'V^-1.
    projected = traces - 2 * np.einsum("ij,stji->st", Phi, Q)
    projected += np.einsum("ij,sjk,kl,tli->st", Phi, P, Phi, P)
    residual = np.append(-fit.solution, 1.0)
    v = HB.sum(axis=1)[:, :p] @ residual
    quadratic = np.einsum("i,stij,j->st", residual, HBB, residual) - v @ Phi @ v.T
    return Derivatives(
        P=P,
        Q=Q,
        expected=projected / 2,
        observed=(quadratic + quadratic.T - projected) / 2,
        sizes=np.sqrt(np.diag(traces) / 2),
    )


def _steps(fit: MixedFit, gram: Floats) -> tuple[Floats, Floats]:
    """K (G, m, m) with V^-1 U = U K, and B (t, G, m, m) of each θ, σ² last."""
    r = np.array([fit.moments.columns.index(name) for name in fit.random])
    q, m = len(r), gram.shape[1]
    D = fit.D / fit.noise
    inner = np.eye(q) + D @ gram[:, r[:, None], r]
    K = np.broadcast_to(np.eye(m), gram.shape).copy()
    K[:, r, :] -= np.linalg.solve(inner, D @ gram[:, r, :])
    K /= fit.noise
    H = gram @ K
    steps = []
    for i, j in zip(*np.tril_indices(q), strict=True):
        middle = np.zeros((m, m))
        middle[r[i], r[j]] = middle[r[j], r[i]] = 1.0
        steps.append(middle @ H)
    return K, np.stack([*steps, K])


def _dof(fit: MixedFit, c: Floats, P: Floats, W: Floats) -> float:
    """2(c'Φc)² / var(c'Φc); for one contrast Kenward and Roger's m is this too."""
    w = fit.Phi @ c
    slopes = np.einsum("i,sij,j->s", w, P, w)
    return float(2 * (c @ w) ** 2 / (slopes @ W @ slopes))


def _inverse(information: Floats, sizes: Floats) -> Floats:
    scaled = information / np.outer(sizes, sizes)
    if np.linalg.eigvalsh(scaled)[0] < UNKNOWN:
        raise EstimationError("variances_unknown")
    return np.asarray(np.linalg.inv(scaled) / np.outer(sizes, sizes))
