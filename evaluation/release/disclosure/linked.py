"""Counts that hang together: what a reader can add and subtract, as one small linear system.

`differences` are the counts that nobody prints and everybody can work out: children lost
between two steps, rows that are in no step. They are as secret as a printed count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Weights = Mapping[str, int]
"""Cell → coefficient: {"baseline/pilot": 1, "both/pilot": -1} is baseline minus both."""


@dataclass(frozen=True, slots=True)
class LinkedCounts:
    """True counts, how much each matters, and every relation that holds between them.

    `splits`: a total and its parts, which add up to it. `differences`: sums that cannot be
    negative, and that are counts of children (or rows) themselves.
    """

    counts: Mapping[str, int]
    importance: Mapping[str, int]
    splits: tuple[tuple[str, tuple[str, ...]], ...]
    differences: tuple[Weights, ...]

    def value(self, weights: Weights) -> int:
        return sum(times * self.counts[cell] for cell, times in weights.items())

    def secrets(self, minimum: int) -> tuple[Weights, ...]:
        """Cells and differences under the minimum, nothing (0) included."""
        every = (*({cell: 1} for cell in self.counts), *self.differences)
        return tuple(weights for weights in every if self.value(weights) < minimum)
