"""Counts that hang together: what a reader can add and subtract, as one small linear system.

`differences` are the counts that nobody prints and everybody can work out: children lost
between two steps, rows that are in no step. They are as secret as a printed count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

Weights = Mapping[str, int]
"""Cell → coefficient: {"baseline/pilot": 1, "both/pilot": -1} is baseline minus both."""


@dataclass(frozen=True, slots=True)
class LinkedCounts:
    """True counts, how much each matters, and every relation that holds between them.

    `splits`: a total and its parts, which add up to it. `differences`: sums that cannot be
    negative, and that are counts of children (or rows) themselves.

    Of earlier releases (see ledger.py): `past` are counts that only they have, `told` what they
    showed of any count (smallest, largest), `watched` what they kept secret, and `changes` the
    few children by whom a count differs from what it was.
    """

    counts: Mapping[str, int]
    importance: Mapping[str, float]
    splits: tuple[tuple[str, tuple[str, ...]], ...]
    differences: tuple[Weights, ...]
    past: frozenset[str] = frozenset()
    told: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    watched: tuple[Weights, ...] = ()
    changes: tuple[Weights, ...] = ()

    def value(self, weights: Weights) -> int:
        return sum(times * self.counts[cell] for cell, times in weights.items())

    def secrets(self, minimum: int) -> tuple[Weights, ...]:
        """Cells and differences under the minimum, nothing (0) included."""
        own = ({cell: 1} for cell in self.counts if cell not in self.past)
        every = (*own, *(w for w in self.differences if self.past.isdisjoint(w)))
        small = tuple(weights for weights in every if self.value(weights) < minimum)
        return small + self.watched

    def alone(self) -> LinkedCounts:
        """As somebody sees it who has no earlier release."""
        return replace(
            self,
            counts={cell: n for cell, n in self.counts.items() if cell not in self.past},
            splits=tuple(s for s in self.splits if self.past.isdisjoint((s[0], *s[1]))),
            differences=tuple(w for w in self.differences if self.past.isdisjoint(w)),
            past=frozenset(),
            told={},
            watched=(),
            changes=(),
        )

    def today(self) -> frozenset[str]:
        """The counts that the new release could show."""
        return frozenset(self.counts) - self.past
