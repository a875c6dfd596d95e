"""A fit in columns that are orthonormal over all rows: the contrast apart from everything else.

With W'(X'X)W = I the regressors are turned once so that (X'X)^-1 becomes the identity. The
contrast is then one direction w; the model without it (the null hypothesis, the first of two
stages, the permuted arm) is the space across it. Resampling needs nothing else of the rows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evaluation.analysis.arrays import Floats
from evaluation.analysis.inference.least_squares import LinearFit


@dataclass(frozen=True, slots=True, eq=False)
class Orthonormal:
    """G clusters, p regressors.

    `S[g]` = W'X_g'X_g W (G, p, p), which sum to I; `U[g]` = W'X_g'u_g (G, p) of the residuals u;
    `sums[g]` = W'X_g'1 (G, p); `w` = W'c (p,) for the contrast c; `across` (p, p-1) is an
    orthonormal basis of what is orthogonal to w; `value` is the contrast's estimate.
    """

    S: Floats
    U: Floats
    sums: Floats
    w: Floats
    across: Floats
    value: float

    @property
    def along(self) -> Floats:
        """`S` w / w'w (G, p): what the scores gain for each unit the contrast is held lower."""
        return np.asarray(self.S @ self.w / (self.w @ self.w))


def orthonormal(fit: LinearFit, of: str | Floats) -> Orthonormal:
    c, m = fit.weights(of), fit.moments
    w = fit.W.T @ c
    return Orthonormal(
        S=fit.W.T @ m.S @ fit.W,
        U=(m.s - m.S @ fit.solution) @ fit.W,
        sums=m.x_sums @ fit.W,
        w=w,
        across=np.linalg.qr(w[:, None], mode="complete")[0][:, 1:],
        value=float(c @ fit.solution),
    )


def residual_sums(fit: LinearFit, turned: Orthonormal) -> Floats:
    """(G,): each cluster's sum of the residuals of the model without the contrast."""
    m, w = fit.moments, turned.w
    return m.y_sums - m.x_sums @ fit.solution + turned.value * (turned.sums @ w) / (w @ w)
