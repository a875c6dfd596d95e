"""Which counts to hide: the small ones, their complements, then as few others as will do.

Greedy, then a way back: while a secret can be worked out, hide the least important shown
count; at the end show again, most important first, whatever can be shown safely.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from evaluation.release.disclosure.audit import attack, told
from evaluation.release.disclosure.linked import LinkedCounts, Weights


@dataclass(frozen=True, slots=True)
class Suppression:
    """`primary`: small or the complement of small; `secondary`: hidden to protect those.

    `narrowest` is the width of the closest that a reader can come to a secret; None
    where nothing is secret.
    """

    primary: frozenset[str]
    secondary: frozenset[str]
    narrowest: int | None

    @property
    def hidden(self) -> frozenset[str]:
        return self.primary | self.secondary


def suppress(linked: LinkedCounts, *, minimum: int, base: int) -> Suppression:
    primary = frozenset(_small_or_complement(linked, minimum))
    hidden = set(primary)
    while secret := _first_told(linked, hidden, minimum, base):
        # Best a cell of the secret's own; where none is left, it was told by way of others.
        shown = (secret.keys() - hidden) or (linked.counts.keys() - hidden)
        hidden.add(min(shown, key=lambda cell: _rank(linked, cell)))
    for cell in sorted(hidden - primary, key=lambda cell: _rank(linked, cell), reverse=True):
        if not _first_told(linked, hidden - {cell}, minimum, base):
            hidden.remove(cell)
    return Suppression(
        primary, frozenset(hidden - primary), _narrowest(linked, hidden, minimum, base)
    )


def _small_or_complement(linked: LinkedCounts, minimum: int) -> set[str]:
    small = {cell for cell, count in linked.counts.items() if count < minimum}
    beside_small = {
        part for _, parts in linked.splits if small.intersection(parts) for part in parts
    }
    return small | beside_small


def _first_told(
    linked: LinkedCounts, hidden: Collection[str], minimum: int, base: int
) -> Weights | None:
    reader = attack(linked, hidden, minimum=minimum, base=base)
    secrets = linked.secrets(minimum)
    return next((s for s in secrets if told(reader.interval(s), minimum)), None)


def _narrowest(
    linked: LinkedCounts, hidden: Collection[str], minimum: int, base: int
) -> int | None:
    reader = attack(linked, hidden, minimum=minimum, base=base)
    return min((reader.interval(s).width for s in linked.secrets(minimum)), default=None)


def _rank(linked: LinkedCounts, cell: str) -> tuple[int, str]:
    return linked.importance[cell], cell
