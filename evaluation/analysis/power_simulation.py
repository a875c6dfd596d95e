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
from evaluation.analysis.inference.contrast import t_quantiles
from evaluation.analysis.many_samples import answers_of
from evaluation.analysis.power import ClusterDesign
from evaluation.analysis.sample import Sample
from evaluation.errors import EstimationError

BETWEEN_WAVES = 0.6
"""Correlation of a child's scores at two waves, where nothing better is known."""

AT_ONCE = 250
"""Studies drawn before they are analysed."""


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
    blocks = [min(AT_ONCE, draws - start) for start in range(0, draws, AT_ONCE)]
    found = [_reach(assumed, number, rng, estimator, alpha, dof_refuse) for number in blocks]
    value, reach, dof = np.concatenate(found, axis=1)
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
    (study,) = draw_many(assumed, 1, rng)
    return study


def draw_many(assumed: Assumed, number: int, rng: np.random.Generator) -> list[Sample]:
    """The same as `number` draws one after the other."""
    sizes = np.array([*assumed.pilot, *assumed.comparison])
    G, n = len(sizes), int(sizes.sum())
    region = np.repeat(np.arange(G), sizes)
    lots = rng.standard_normal((number, 2 * G + 2 * n))
    of_region, own = lots[:, : 2 * G].reshape(number, 2, G), lots[:, 2 * G :].reshape(number, 2, n)
    shared = _two_waves(of_region, assumed.between_waves)[:, :, region]
    alone = _two_waves(own, assumed.between_waves)
    scores = assumed.spread * (assumed.icc**0.5 * shared + (1 - assumed.icc) ** 0.5 * alone)
    study = Sample(
        respondents=np.arange(n).astype(object),
        regions=region.astype(object),
        pilot=region < len(assumed.pilot),
        baseline=scores[0, 0],
        endline=scores[0, 1],
        covariates=np.empty((n, 0)),
    )
    return [replace(study, baseline=first, endline=second) for first, second in scores]


def _reach(
    assumed: Assumed,
    number: int,
    rng: np.random.Generator,
    estimator: str,
    alpha: float,
    dof_refuse: float,
) -> Floats:
    """(3, number): the estimate, how far it must be from zero, its degrees of freedom. A study
    that is not answered has an estimate of zero, which would have to be infinite."""
    found = answers_of(draw_many(assumed, number, rng), estimator, level=1 - alpha)
    value, error, dof = found.value[:, 0], found.standard_error[:, 0], found.dof[:, 0]
    refused = np.isnan(value)
    enough = ~refused & (dof >= dof_refuse)
    reach = np.full(number, np.inf)
    reach[enough] = t_quantiles(1 - alpha / 2, dof[enough]) * error[enough]
    return np.array([np.where(refused, 0.0, value), reach, np.where(refused, np.nan, dof)])


def _two_waves(lots: Floats, together: float) -> Floats:
    """(number, 2, n) independent → the second row correlated with the first."""
    first, second = lots[:, 0], lots[:, 1]
    return np.stack([first, together * first + (1 - together**2) ** 0.5 * second], axis=1)
