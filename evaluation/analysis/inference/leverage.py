"""How evenly the regions carry a coefficient: when few do, no p-value can be trusted.

Leverage and partial leverage: MacKinnon, Nielsen & Webb (2023), Stata Journal 23:942 (summclust).
Effective number of clusters: Carter, Schnepel & Steigerwald (2017), Review of Economics and
Statistics 99:698.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evaluation.analysis.arrays import Floats
from evaluation.analysis.inference.least_squares import LinearFit
from evaluation.analysis.inference.orthonormal import orthonormal


@dataclass(frozen=True, slots=True, eq=False)
class Leverage:
    """`whole[g]` (G,) is the trace of H_gg, which sum to p; `partial[g]` (G,) the part of the
    contrast's own variation that lies in cluster g, which sum to 1 (both of single regions, not
    to be published); `effective` the number of equal clusters that would bear as much, if rows
    were independent, `effective_alike` if those of a cluster were all the same, which is not
    defined (None) where every cluster has a dummy."""

    labels: tuple[str, ...]
    whole: Floats
    partial: Floats
    effective: float
    effective_alike: float | None


# Sums over a cluster this small, squared, beside its squares: a dummy has taken them all.
NOTHING = 1e-18


def leverage(fit: LinearFit, of: str | Floats) -> Leverage:
    turned = orthonormal(fit, of)
    independent = turned.along @ turned.w
    alike = (turned.sums @ turned.w) ** 2
    own = independent * fit.moments.n * float(turned.w @ turned.w)
    return Leverage(
        labels=fit.moments.labels,
        whole=np.trace(turned.S, axis1=1, axis2=2),
        partial=independent,
        effective=_effective(independent),
        effective_alike=_effective(alike) if alike.sum() > NOTHING * own.sum() else None,
    )


def _effective(variances: Floats) -> float:
    """G / (1 + the squared coefficient of variation of the clusters' `variances` (G,))."""
    return float(variances.sum() ** 2 / (variances @ variances))
