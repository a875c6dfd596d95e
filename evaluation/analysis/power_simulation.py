"""What could be found, by trying: studies are drawn with these regions, and analysed by the plan.

The regions keep their own sizes, scores their spread and intraclass correlation at baseline; every
study goes through the estimator that the plan names. An effect added to the pilot arm's endline
moves the estimate by as much and leaves its error as it is, so one set of studies without effect
answers for every effect.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from evaluation.analysis.arrays import Floats
from evaluation.analysis.estimators import ESTIMATORS
from evaluation.analysis.inference.contrast import t_quantile
from evaluation.analysis.power import ClusterDesign
from evaluation.analysis.sample import Sample
from evaluation.errors import EstimationError

BETWEEN_WAVES = 0.6
"""Correlation of a child's scores at two waves, where nothing better is known."""


@dataclass(frozen=True, slots=True)
class Assumed:
    """Children in each region of both arms; `spread` SD and `icc` of a score at one wave;
    `between_waves` the correlation of both the children's and the regions' parts."""

    pilot: tuple[int, ...]
    comparison: tuple[int, ...]
    spread: float
    icc: float
    between_waves: float = BETWEEN_WAVES

    def __post_init__(self) -> None:
        if min(len(self.pilot), len(self.comparison)) < 2:
            raise EstimationError("regions_per_arm")
        sizes = (*self.pilot, *self.comparison)
        shares = 0 <= self.icc < 1 and 0 <= self.between_waves < 1
        if not (min(sizes) >= 1 and self.spread > 0 and shares):
            raise EstimationError("no_design")

    @property
    def analytic(self) -> ClusterDesign:
        """The same in closed form, for the score that is left once the baseline is known."""
        sizes = np.array([*self.pilot, *self.comparison], dtype=float)
        return ClusterDesign(
            pilot=len(self.pilot),
            comparison=len(self.comparison),
            size=float(sizes.mean()),
            icc=self.icc,
            spread=self.spread * float(np.sqrt(1 - self.between_waves**2)),
            unequal=float(sizes.std() / sizes.mean()),
        )

    def one_more(self, arm: str) -> Assumed:
        """With one more region of middling size in "pilot" or "comparison"."""
        sizes: tuple[int, ...] = getattr(self, arm)
        more = (*sizes, max(1, round(float(np.median(sizes)))))
        return replace(self, pilot=more) if arm == "pilot" else replace(self, comparison=more)

    def larger(self, times: float) -> Assumed:
        """With so many times the children in every region; under one, fewer."""
        pilot, comparison = (
            tuple(max(1, round(size * times)) for size in arm)
            for arm in (self.pilot, self.comparison)
        )
        return replace(self, pilot=pilot, comparison=comparison)


@dataclass(frozen=True, slots=True)
class SimulatedPower:
    """`power` at each of `effects` (points); `detectable`: what is found with the power asked for,
    None where too few studies could be answered at all (`answered`, a share)."""

    draws: int
    answered: float
    effects: tuple[float, ...]
    power: tuple[float, ...]
    detectable: float | None
    mean_dof: float | None

    def chance(self, power: float) -> float:
        """One standard error of a share, by chance alone."""
        return float(np.sqrt(power * (1 - power) / self.draws))


def simulate_power(
    assumed: Assumed,
    effects: tuple[float, ...],
    *,
    draws: int,
    seed: int,
    estimator: str = "ancova",
    power: float = 0.80,
    alpha: float = 0.05,
    dof_refuse: float = 0.0,
) -> SimulatedPower:
    """A study whose degrees of freedom are under `dof_refuse` finds nothing, as in the plan."""
    rng = np.random.default_rng(seed)
    found = np.array(
        [_reach(draw(assumed, rng), estimator, alpha, dof_refuse) for _ in range(draws)]
    )
    value, reach, dof = found.T
    answered = np.isfinite(reach)
    shares = tuple(float(np.mean(np.abs(value + effect) > reach)) for effect in effects)
    # Found with the right sign from here on.
    needed = np.quantile(reach - value, power, method="higher")
    return SimulatedPower(
        draws=draws,
        answered=float(answered.mean()),
        effects=effects,
        power=shares,
        detectable=float(needed) if np.isfinite(needed) else None,
        mean_dof=float(dof[answered].mean()) if answered.any() else None,
    )


def draw(assumed: Assumed, rng: np.random.Generator) -> Sample:
    """One study without effect."""
    sizes = np.array([*assumed.pilot, *assumed.comparison])
    region = np.repeat(np.arange(len(sizes)), sizes)
    n = len(region)
    shared = _two_waves(len(sizes), assumed.between_waves, rng)[region]
    own = _two_waves(n, assumed.between_waves, rng)
    scores = assumed.spread * (assumed.icc**0.5 * shared + (1 - assumed.icc) ** 0.5 * own)
    return Sample(
        respondents=np.arange(n).astype(object),
        regions=region.astype(object),
        pilot=region < len(assumed.pilot),
        baseline=scores[:, 0],
        endline=scores[:, 1],
        covariates=np.empty((n, 0)),
    )


def _reach(
    sample: Sample, estimator: str, alpha: float, dof_refuse: float
) -> tuple[float, float, float]:
    """The estimate, how far it must be from zero, its degrees of freedom."""
    try:
        found = ESTIMATORS[estimator](sample, level=1 - alpha)
    except EstimationError:
        return 0.0, np.inf, np.nan
    if found.dof < dof_refuse:
        return found.value, np.inf, found.dof
    reach = t_quantile(1 - alpha / 2, found.dof) * found.standard_error
    return found.value, reach, found.dof


def _two_waves(n: int, together: float, rng: np.random.Generator) -> Floats:
    first, second = rng.standard_normal((2, n))
    return np.column_stack([first, together * first + (1 - together**2) ** 0.5 * second])
