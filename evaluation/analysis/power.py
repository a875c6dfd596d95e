"""What could be found with so many regions? In closed form, for regions drawn alike.

t with k-1 degrees of freedom an arm, and the variance of a mean of m children raised by
1 + (m-1)·ICC; regions of unequal size raise it further. Donner & Klar (2000), Design and
Analysis of Cluster Randomization Trials; van Breukelen, Candel & Berger (2007), Statistics in
Medicine 26:2589. With few unequal regions `power_simulation` is nearer to the truth.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt

from scipy.special import nctdtr

from evaluation.analysis.inference.contrast import t_quantile
from evaluation.errors import EstimationError

MOST_REGIONS = 100_000.0


@dataclass(frozen=True, slots=True)
class ClusterDesign:
    """`pilot` and `comparison` regions of `size` children on average; `spread` is the SD of a
    child's score, `unequal` the coefficient of variation of the regions' sizes."""

    pilot: float
    comparison: float
    size: float
    icc: float
    spread: float = 1.0
    unequal: float = 0.0

    def __post_init__(self) -> None:
        if min(self.pilot, self.comparison) <= 1:
            raise EstimationError("regions_per_arm")
        if not (self.size > 0 and self.spread > 0 and 0 <= self.icc < 1 and self.unequal >= 0):
            raise EstimationError("no_design")

    @property
    def inflation(self) -> float:
        """How many times the variance exceeds that of as many unrelated children."""
        effect = 1 + (self.size - 1) * self.icc
        share = self.size * self.icc / effect
        left = 1 - self.unequal**2 * share * (1 - share)
        if not left > 0:
            raise EstimationError("no_design")
        return effect / left

    @property
    def standard_error(self) -> float:
        each = 1 / self.pilot + 1 / self.comparison
        return self.spread * sqrt(self.inflation * each / self.size)

    @property
    def dof(self) -> float:
        return self.pilot + self.comparison - 2


def power_of(design: ClusterDesign, effect: float, *, alpha: float = 0.05) -> float:
    """The chance that a two-sided test at `alpha` finds `effect` (in the unit of the spread), with
    the right sign."""
    critical = t_quantile(1 - alpha / 2, design.dof)
    return float(1 - nctdtr(design.dof, abs(effect) / design.standard_error, critical))


def detectable(design: ClusterDesign, *, power: float = 0.80, alpha: float = 0.05) -> float:
    """The effect that is found with `power`. Raises EstimationError `no_share` unless
    alpha/2 < power < 1."""
    _check(power, alpha)
    from scipy.optimize import brentq

    most = 1.0
    while power_of(design, most * design.standard_error, alpha=alpha) < power:
        most *= 2

    def short(errors: float) -> float:
        return power_of(design, errors * design.standard_error, alpha=alpha) - power

    return float(brentq(short, 0.0, most, xtol=1e-12)) * design.standard_error


def regions_needed(
    design: ClusterDesign, effect: float, *, power: float = 0.80, alpha: float = 0.05
) -> float:
    """Regions an arm, the same in both, with which `effect` is found; not rounded.

    Raises EstimationError: `no_share`, `no_design` where no number of regions is enough.
    """
    _check(power, alpha)
    from scipy.optimize import brentq

    def short(k: float) -> float:
        return power_of(replace(design, pilot=k, comparison=k), effect, alpha=alpha) - power

    if short(MOST_REGIONS) < 0:
        raise EstimationError("no_design")
    least = 1.01
    return least if short(least) >= 0 else float(brentq(short, least, MOST_REGIONS, xtol=1e-9))


def _check(power: float, alpha: float) -> None:
    if not 0 < alpha < 1:
        raise EstimationError("no_share", name="alpha")
    if not alpha / 2 < power < 1:
        raise EstimationError("no_share", name="power")
