"""What if other regions had been the pilot? The same number for every choice of as many regions.

Regions were chosen, not drawn by lot, so this is an exercise with placebo regions: it says how
unusual the pilot set is among all sets of its size. Gerber & Green (2012), Field Experiments,
ch. 3; MacKinnon & Webb (2020), Journal of Econometrics 218:435 (why the statistic is studentised).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evaluation.analysis.arrays import Flags, Floats
from evaluation.analysis.inference.assignments import assignments, enumerable
from evaluation.analysis.inference.least_squares import LinearFit
from evaluation.analysis.inference.permutation_floor import permutation_floor
from evaluation.analysis.inference.permuted_arm import Statistic, arm_of, permuted, without_arm
from evaluation.errors import EstimationError

# Two statistics nearer than this, relatively, are one.
TIE = 1e-9


@dataclass(frozen=True, slots=True)
class PermutationTest:
    """`as_large` of `permutations` have |statistic| no smaller than the observed, ties included;
    `as_high` have a statistic no lower. `floor` is the least two-sided p of these arms; `spread`
    the permuted statistics' standard deviation, None where one of them is not defined."""

    observed: float
    permutations: int
    as_large: int
    as_high: int
    floor: float
    spread: float | None
    exact: bool
    method: str

    @property
    def p_value(self) -> float:
        return self.as_large / self.permutations

    @property
    def p_upper(self) -> float:
        return self.as_high / self.permutations


def permute_regions(
    fit: LinearFit,
    of: str,
    *,
    statistic: Statistic = Statistic.CR1S,
    draws: int = 9_999,
    rng: np.random.Generator | None = None,
) -> PermutationTest:
    """Permutes the arm `of`, a column with one of two values in every cluster of `fit`.

    `draws` and `rng` serve where there are more than a million choices. Raises EstimationError:
    `region_in_both_arms`, and `no_residual_variation` where the observed t is not defined.
    """
    pilot, step = arm_of(fit, of)
    arms = assignments(pilot, draws=draws, rng=rng)
    found = permuted(without_arm(fit, of, step), arms, statistic)
    if not np.isfinite(found[0]):
        raise EstimationError("no_residual_variation")
    exact = enumerable(pilot)
    regions = int(pilot.sum())
    return PermutationTest(
        observed=float(found[0]),
        permutations=len(found),
        as_large=int(np.sum(no_smaller(np.abs(found), abs(found[0])))),
        as_high=int(np.sum(no_smaller(found, found[0]))),
        floor=permutation_floor(regions, len(pilot) - regions) if exact else 1 / len(found),
        spread=float(np.std(found)) if np.isfinite(found).all() else None,
        exact=exact,
        method=f"permutation of regions, {'all' if exact else 'drawn'}, {statistic}",
    )


def no_smaller(statistics: Floats, observed: float | Floats) -> Flags:
    """Where `statistics` reach `observed`, or miss it by rounding only."""
    return np.asarray(statistics >= observed - TIE * np.abs(observed))
