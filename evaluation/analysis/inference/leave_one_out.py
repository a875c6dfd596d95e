"""The same estimate without each region in turn: does one region carry the result?

From moments: the others' cross-products are the whole's less the region's, so no row is read
again. What a single region's removal does is for the desk of the analyst, and never published.
"""

from __future__ import annotations

from dataclasses import dataclass

from evaluation.analysis.arrays import Floats
from evaluation.analysis.inference.cluster_moments import ClusterMoments
from evaluation.analysis.inference.cluster_robust import Formula, robust
from evaluation.analysis.inference.contrast import Contrast
from evaluation.analysis.inference.least_squares import LinearFit, fit_moments
from evaluation.errors import EstimationError


@dataclass(frozen=True, slots=True)
class LeftOut:
    """`contrast` without the region `label`, or the rule by which there is none."""

    label: str
    contrast: Contrast | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class LeaveOneOut:
    """`value` with all regions; `low` to `high` without each in turn, over `regions` that can be
    left out, None where that is none of them."""

    value: float
    regions: tuple[LeftOut, ...]
    low: float | None
    high: float | None

    @property
    def keeps_sign(self) -> bool:
        """No region's removal turns the estimate round, and none makes it impossible."""
        found = [region.contrast.value for region in self.regions if region.contrast]
        return len(found) == len(self.regions) and all(v * self.value > 0 for v in found)


def leave_one_out(
    fit: LinearFit, of: str | Floats, *, formula: Formula = Formula.CR2, level: float = 0.95
) -> LeaveOneOut:
    c, m = fit.weights(of), fit.moments
    regions = tuple(_left_out(m, g, c, formula=formula, level=level) for g in range(m.clusters))
    values = [region.contrast.value for region in regions if region.contrast]
    low, high = (min(values), max(values)) if values else (None, None)
    return LeaveOneOut(float(c @ fit.solution), regions, low, high)


def _left_out(m: ClusterMoments, g: int, c: Floats, *, formula: Formula, level: float) -> LeftOut:
    try:
        found = robust(fit_moments(_without(m, g)), c, formula=formula, level=level)
    except EstimationError as error:
        return LeftOut(m.labels[g], None, error.rule)
    return LeftOut(m.labels[g], found)


def _without(m: ClusterMoments, g: int) -> ClusterMoments:
    kept = [h for h in range(m.clusters) if h != g]
    return ClusterMoments(
        columns=m.columns,
        labels=tuple(m.labels[h] for h in kept),
        n=m.n[kept],
        S=m.S[kept],
        s=m.s[kept],
        yy=m.yy[kept],
        x_sums=m.x_sums[kept],
        y_sums=m.y_sums[kept],
    )
