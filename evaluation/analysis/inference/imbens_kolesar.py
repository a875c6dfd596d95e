"""Degrees of freedom of CR2 where children of one region resemble each other.

Satterthwaite's usual ones suppose independent rows. Here the rows of a cluster share one
correlation, estimated from the residuals by moments; it may be negative, as in Kolesár's
dfadjust. Imbens & Kolesár (2016), Review of Economics and Statistics 98:701.
"""

from __future__ import annotations

import numpy as np

from evaluation.analysis.arrays import Floats
from evaluation.analysis.inference.cluster_robust import Formula, turn
from evaluation.analysis.inference.least_squares import LinearFit


def imbens_kolesar_dof(fit: LinearFit, of: str | Floats) -> float:
    m = fit.moments
    parts = turn(fit, fit.weights(of), Formula.CR2)
    shared, own = _moulton(fit)
    between = np.diag(parts.sums) - parts.a @ (m.x_sums @ fit.W).T
    P = own * (np.diag(parts.d) - parts.a @ parts.a.T) + shared * between @ between.T
    return float(np.trace(P) ** 2 / np.sum(P**2))


def _moulton(fit: LinearFit) -> tuple[float, float]:
    """The variance that rows of a cluster share, and each row's own (Moulton 1986)."""
    m = fit.moments
    squares = fit.residual_squares
    sums = m.y_sums - m.x_sums @ fit.solution
    pairs = float(m.n @ m.n - m.rows)
    shared = (float(sums @ sums) - squares) / pairs if pairs else 0.0
    return shared, max(squares / m.rows - shared, 0.0)
