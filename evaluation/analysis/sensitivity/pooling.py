"""Rubin's rules: the estimates of m imputed tables as one, with honest degrees of freedom.

The degrees of freedom start from those the complete table would have had (here Satterthwaite's of
the CR2 error), never from infinity: with eight regions a normal distribution would be a lie.
Rubin (1987); Barnard & Rubin (1999), Biometrika 86:948.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evaluation.analysis.arrays import Floats
from evaluation.analysis.inference.contrast import Contrast, by_t
from evaluation.errors import EstimationError

METHOD = "Rubin's rules, Barnard-Rubin"


@dataclass(frozen=True, slots=True)
class Pooled:
    """`contrast` over m tables. `within` is the mean variance of one table's estimate, `between`
    the estimates' own; `missing_share` the part of the variance that missing values cause
    (lambda), `missing_information` the same allowing for m (fmi), `increase` r; `dof_large` is
    Rubin's first formula, without end where nothing varies."""

    contrast: Contrast
    tables: int
    within: float
    between: float
    increase: float
    missing_share: float
    missing_information: float
    dof_large: float


def pool(
    estimates: Floats, variances: Floats, *, dof: float, level: float = 0.95, method: str = METHOD
) -> Pooled:
    """`estimates` and `variances` (m,); `dof` those of the complete table.

    Where the m estimates are the same, nothing was missing and the answer is the complete
    table's. Raises EstimationError `few_tables` (under two), `not_finite`,
    `no_residual_variation`.
    """
    m = len(estimates)
    if m < 2:
        raise EstimationError("few_tables", least=2)
    if not (np.isfinite(estimates).all() and np.isfinite(variances).all()):
        raise EstimationError("not_finite")
    within, between = float(variances.mean()), float(estimates.var(ddof=1))
    if not within > 0:
        raise EstimationError("no_residual_variation")
    # What differs in the last digits only is the same.
    between = between if between > 1e-24 * within else 0.0
    extra = (1 + 1 / m) * between
    total = within + extra
    share, increase = extra / total, extra / within
    large = (m - 1) / share**2 if share > 0 else float("inf")
    freedom = _barnard_rubin(large, dof, share) if share > 0 else dof
    return Pooled(
        contrast=by_t(
            float(estimates.mean()), total**0.5, freedom, level=level, null=0.0, method=method
        ),
        tables=m,
        within=within,
        between=between,
        increase=increase,
        missing_share=share,
        missing_information=(increase + 2 / (freedom + 3)) / (increase + 1),
        dof_large=large,
    )


def _barnard_rubin(large: float, dof: float, share: float) -> float:
    observed = (dof + 1) / (dof + 3) * dof * (1 - share)
    return large * observed / (large + observed)
