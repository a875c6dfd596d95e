"""What a reader can work out about a hidden count from everything that is shown.

For each secret the smallest and the largest value that fit all shown numbers, by linear
programming (HiGHS). Whole numbers could be narrower still by less than 1 at each end, which
rounding inwards takes back. A hidden cell has a ceiling far above everything shown: that makes
every interval finite, and never wider than it is.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import ceil, floor, inf
from typing import TYPE_CHECKING

import numpy as np

from evaluation.release.disclosure.linked import LinkedCounts, Weights
from evaluation.release.disclosure.rounding import count_range, round_count

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

PROTECTION = 5
"""domain.md §3.3: what can be worked out about a hidden count must be at least 5 wide."""

TOLERANCE = 1e-6  # of HiGHS, so that 9.9999999 counts as 10


@dataclass(frozen=True, slots=True)
class Interval:
    low: int
    high: int

    @property
    def width(self) -> int:
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Attack:
    """The reader's linear system, for one choice of hidden cells."""

    cells: tuple[str, ...]
    rules: csr_matrix  # (splits + differences, cells)
    most: NDArray[np.float64]  # a split sums to 0, a difference to anything from 0
    low: NDArray[np.float64]  # (cells,)
    high: NDArray[np.float64]

    def furthest(self, row: NDArray[np.float64]) -> NDArray[np.float64]:
        """The counts (cells) that fit everything shown, and in which `row` sums up highest."""
        from scipy.optimize import Bounds, LinearConstraint, milp  # half a second, once

        rules = [LinearConstraint(self.rules, 0.0, self.most)] if self.most.size else []
        found = milp(-row, constraints=rules, bounds=Bounds(self.low, self.high))
        # The truth itself fits and every cell has a ceiling: there is always an answer.
        assert found.status == 0, found.message
        return np.asarray(found.x)

    def allows(self, counts: NDArray[np.float64]) -> bool:
        """Whether counts that fit another choice fit this one too."""
        inside = (counts >= self.low - TOLERANCE) & (counts <= self.high + TOLERANCE)
        return bool(inside.all())


def between(low: float, high: float) -> Interval:
    return Interval(ceil(low - TOLERANCE), floor(high + TOLERANCE))


def attack(linked: LinkedCounts, hidden: Collection[str], *, minimum: int, base: int) -> Attack:
    from scipy.sparse import csr_matrix

    cells = tuple(linked.counts)
    splits = [
        row_of({total: 1, **dict.fromkeys(parts, -1)}, cells) for total, parts in linked.splits
    ]
    differences = [row_of(weights, cells) for weights in linked.differences]
    ceiling = 10.0 * sum(linked.counts.values()) + 10 * minimum
    bounds = [
        _known(linked, cell, ceiling if cell in hidden else None, minimum, base) for cell in cells
    ]
    rules = np.array([*splits, *differences]).reshape(-1, len(cells))
    return Attack(
        cells=cells,
        rules=csr_matrix(rules),
        most=np.array([0.0] * len(splits) + [np.inf] * len(differences)),
        low=np.array([low for low, _ in bounds]),
        high=np.array([high for _, high in bounds]),
    )


def _known(
    linked: LinkedCounts, cell: str, ceiling: float | None, minimum: int, base: int
) -> tuple[float, float]:
    """What is shown of a cell, now (`ceiling`: nothing) and by all earlier releases together."""
    low, high = linked.told.get(cell, (0.0, ceiling if ceiling is not None else inf))
    if ceiling is None:
        shown = round_count(linked.counts[cell], base)
        now = count_range(shown, base=base, minimum=minimum)
        low, high = max(low, now[0]), min(high, now[1])
    return low, high


def told(interval: Interval, minimum: int) -> bool:
    """Whether a reader could say that it is under the minimum, or name it too closely."""
    return interval.high < minimum or interval.width < PROTECTION


def change_told(interval: Interval, minimum: int) -> bool:
    """Whether a reader of two releases could say that a few children came or went, or how many."""
    few = max(abs(interval.low), abs(interval.high)) < minimum
    none = interval.low <= 0 <= interval.high
    return (few and not none) or interval.width < PROTECTION


def row_of(weights: Weights, cells: tuple[str, ...]) -> NDArray[np.float64]:
    return np.array([float(weights.get(cell, 0)) for cell in cells])
