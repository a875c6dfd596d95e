"""The difference of two groups' means where every row is its own: Student's t and Welch's.

For region means (a region is then one row), and for published examples; never for children.
"""

from __future__ import annotations

import numpy as np

from evaluation.analysis.arrays import Floats
from evaluation.analysis.inference.contrast import Contrast, by_t
from evaluation.errors import EstimationError


def pooled(x: Floats, y: Floats, *, level: float = 0.95, null: float = 0.0) -> Contrast:
    """x minus y, as if both groups (n,), (m,) had one spread: n + m - 2 degrees of freedom."""
    dof = len(x) + len(y) - 2
    squares = sum(float(np.sum((group - group.mean()) ** 2)) for group in _checked(x, y))
    error = np.sqrt(squares / dof * (1 / len(x) + 1 / len(y)))
    return _contrast(x, y, error, dof, level=level, null=null, method="pooled t")


def welch(x: Floats, y: Floats, *, level: float = 0.95, null: float = 0.0) -> Contrast:
    """x minus y, each group with its own spread; Welch (1947), Biometrika 34:28."""
    own = np.array([group.var(ddof=1) / len(group) for group in _checked(x, y)])
    spread = own.sum()
    dof = spread**2 / np.sum(own**2 / [len(x) - 1, len(y) - 1]) if spread > 0 else 1.0
    return _contrast(x, y, np.sqrt(spread), dof, level=level, null=null, method="Welch's t")


def _checked(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    if min(len(x), len(y)) < 2:
        raise EstimationError("empty_cell")
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise EstimationError("not_finite")
    return x, y


def _contrast(
    x: Floats, y: Floats, error: float, dof: float, *, level: float, null: float, method: str
) -> Contrast:
    if not error > 0:
        raise EstimationError("no_residual_variation")
    value = float(x.mean() - y.mean())
    return by_t(value, float(error), float(dof), level=level, null=null, method=method)
