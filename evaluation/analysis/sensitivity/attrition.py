"""Who was lost between the waves, by arm and region, and whether those lost were others.

What Works Clearinghouse counts two things against a study: how many were lost, and how unequally
by arm. A region's line is for the analyst's desk; only arms ever leave.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evaluation.analysis.arrays import Flags, Floats, Labels
from evaluation.analysis.inference.standardised import standardised_gap
from evaluation.errors import EstimationError


@dataclass(frozen=True, slots=True)
class Lost:
    """Of `began` children `lost` were not seen again. `gap`: baseline score of the lost minus that
    of the others, in SD; None where one of the two is nobody or does not vary."""

    label: str
    began: int
    lost: int
    gap: float | None

    @property
    def share(self) -> float:
        return self.lost / self.began


@dataclass(frozen=True, slots=True)
class Attrition:
    """`differential`: share lost in the pilot arm minus that in the other. `red`: more than the
    limits allow."""

    pilot: Lost
    comparison: Lost
    regions: tuple[Lost, ...]
    overall: float
    differential: float
    red: bool


def attrition(
    baseline: Floats,
    seen: Flags,
    pilot: Flags,
    regions: Labels,
    *,
    most: float = 0.20,
    most_apart: float = 0.05,
) -> Attrition:
    """One entry a child that began: `baseline` score (NaN where there is none), whether `seen`
    again, its arm and region. Raises EstimationError `empty_cell` where an arm has no child."""
    arms = [_lost("", baseline, seen, pilot == arm) for arm in (True, False)]
    if any(arm is None for arm in arms):
        raise EstimationError("empty_cell")
    first, second = (arm for arm in arms if arm)
    by_region = (_lost(str(r), baseline, seen, regions == r) for r in sorted(set(regions)))
    overall = (first.lost + second.lost) / (first.began + second.began)
    differential = first.share - second.share
    return Attrition(
        pilot=first,
        comparison=second,
        regions=tuple(region for region in by_region if region),
        overall=overall,
        differential=differential,
        red=overall > most or abs(differential) > most_apart,
    )


def _lost(label: str, baseline: Floats, seen: Flags, here: Flags) -> Lost | None:
    if not here.any():
        return None
    known = here & np.isfinite(baseline)
    gap = standardised_gap(baseline[known & ~seen], baseline[known & seen])
    return Lost(label, int(here.sum()), int(np.sum(here & ~seen)), gap)
