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

from evaluation.release.disclosure.linked import LinkedCounts, Weights
from evaluation.release.disclosure.rounding import count_range, round_count

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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
    equal: NDArray[np.float64]  # (splits, cells), each row sums to 0
    positive: NDArray[np.float64]  # (differences, cells), each row sums to at least 0
    bounds: tuple[tuple[float, float], ...]

    def interval(self, weights: Weights) -> Interval:
        """Everything that `weights` could be, as far as the shown numbers say."""
        row = _row(weights, self.cells)
        low, high = self._extreme(row), -self._extreme(-row)
        return Interval(ceil(low - TOLERANCE), floor(high + TOLERANCE))

    def _extreme(self, row: NDArray[np.float64]) -> float:
        from scipy.optimize import linprog  # half a second that only a release needs

        found = linprog(
            row,
            A_ub=-self.positive,
            b_ub=[0.0] * len(self.positive),
            A_eq=self.equal,
            b_eq=[0.0] * len(self.equal),
            bounds=self.bounds,
        )
        # The truth itself fits and every cell has a ceiling: there is always an answer.
        assert found.status == 0, found.message
        return float(found.fun)


def attack(linked: LinkedCounts, hidden: Collection[str], *, minimum: int, base: int) -> Attack:
    import numpy as np

    cells = tuple(linked.counts)
    splits = [_row({total: 1, **dict.fromkeys(parts, -1)}, cells) for total, parts in linked.splits]
    differences = [_row(weights, cells) for weights in linked.differences]
    ceiling = 10.0 * sum(linked.counts.values()) + 10 * minimum
    return Attack(
        cells=cells,
        equal=np.array(splits).reshape(len(splits), len(cells)),
        positive=np.array(differences).reshape(len(differences), len(cells)),
        bounds=tuple(
            _known(linked, cell, ceiling if cell in hidden else None, minimum, base)
            for cell in cells
        ),
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


def _row(weights: Weights, cells: tuple[str, ...]) -> NDArray[np.float64]:
    import numpy as np

    return np.array([float(weights.get(cell, 0)) for cell in cells])
