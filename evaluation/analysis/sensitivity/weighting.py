"""Weights that make the comparison children look like the pilot's, and what they cost.

Weights are paid for in children: where they are uneven, few children carry the comparison. With an
effective number under half of them the weighted answer is refused, with the reason. Balancing
children does not balance regions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evaluation.analysis.arrays import Flags, Floats, Labels
from evaluation.analysis.inference.cluster_robust import robust
from evaluation.analysis.inference.contrast import Contrast
from evaluation.analysis.inference.least_squares import fit_rows
from evaluation.errors import EstimationError

LEAST_EFFECTIVE = 0.5
"""Of the comparison children (Kish's number): under it, nothing is said (statistics.md A.8)."""


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """`of_others` (m,) sum to one, for the children not treated. `effective`: as many equal
    children would be as precise (Kish 1965); `worst_gap`: the largest difference of means left."""

    of_others: Floats
    effective: float
    largest_share: float
    worst_gap: float
    method: str

    @property
    def refused(self) -> str | None:
        """The rule by which no answer is given with these weights."""
        enough = self.effective >= LEAST_EFFECTIVE * len(self.of_others)
        return None if enough else "few_effective"


def weights_of(raw: Floats, X: Floats, treated: Flags, method: str) -> Weights:
    """`raw` (m,) positive, of the others' rows of `X` (n, k)."""
    w = raw / raw.sum()
    gap = X[treated].mean(axis=0) - w @ X[~treated]
    return Weights(w, float(1 / (w @ w)), float(w.max()), float(np.abs(gap).max()), method)


def weighted_difference(y: Floats, treated: Flags, weights: Weights) -> float:
    """Mean of the treated less the weighted mean of the others: the effect on the treated."""
    return float(y[treated].mean() - weights.of_others @ y[~treated])


def weighted_contrast(
    X: Floats,
    y: Floats,
    regions: Labels,
    columns: tuple[str, ...],
    weights: Weights,
    *,
    level: float = 0.95,
) -> Contrast:
    """The regression of `y` on `X` (n, p), its first column the arm (1 or 0), with each child
    counted by its weight (the treated by one), and CR2's error by region.

    Raises EstimationError: `few_effective`, `collinear`, `no_residual`, what `robust` refuses.
    """
    if weights.refused:
        raise EstimationError(
            weights.refused, effective=round(weights.effective), rows=len(weights.of_others)
        )
    treated = X[:, 0] == 1
    w = np.ones(len(y))
    w[~treated] = weights.of_others * np.sum(~treated)
    root = np.sqrt(w)
    slopes, outcome = X - np.average(X, axis=0, weights=w), y - np.average(y, weights=w)
    rows = np.column_stack([np.ones(len(y)), slopes]) * root[:, None]
    fit = fit_rows(rows, outcome * root, regions, ("constant", *columns))
    return robust(fit, columns[0], level=level)
