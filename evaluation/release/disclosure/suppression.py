"""Which counts to hide: the small ones, their complements, then as few others as will do.

Greedy, then a way back: while a secret can be worked out, hide the least important shown
count; at the end show again, most important first, whatever can be shown safely.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from evaluation.release.disclosure.audit import Attack, Interval, attack, change_told, told
from evaluation.release.disclosure.linked import LinkedCounts, Weights


@dataclass(frozen=True, slots=True)
class Suppression:
    """`primary`: small or the complement of small; `secondary`: hidden to protect those.

    `narrowest` is the width of the closest that a reader can come to a secret; None
    where nothing is secret. `told_before`: secrets that earlier releases tell by themselves, so
    that hiding anything now comes too late.
    """

    primary: frozenset[str]
    secondary: frozenset[str]
    narrowest: int | None
    told_before: int = 0

    @property
    def hidden(self) -> frozenset[str]:
        return self.primary | self.secondary


Question = tuple[Weights, Callable[[Interval, int], bool]]
"""A secret, and how one sees that it is told."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the reader of all releases is to be kept from."""

    linked: LinkedCounts
    minimum: int
    base: int

    def questions(self) -> tuple[Question, ...]:
        secrets = self.linked.secrets(self.minimum)
        changes = self.linked.changes
        return (*((s, told) for s in secrets), *((c, change_told) for c in changes))

    def reader(self, hidden: Collection[str]) -> Attack:
        unseen = self.linked.past | frozenset(hidden)
        return attack(self.linked, unseen, minimum=self.minimum, base=self.base)

    def tells(self, hidden: Collection[str], questions: Iterable[Question]) -> Iterator[Question]:
        reader = self.reader(hidden)
        for secret, is_told in questions:
            if is_told(reader.interval(secret), self.minimum):
                yield secret, is_told


def suppress(linked: LinkedCounts, *, minimum: int, base: int) -> Suppression:
    reading, today = _Reading(linked, minimum, base), linked.today()
    every = reading.questions()
    # Without earlier releases everything is kept by showing nothing: one pass saved.
    lost = [secret for secret, _ in reading.tells(today, every)] if linked.told else []
    questions = tuple(question for question in every if question[0] not in lost)
    primary = frozenset(_small_or_complement(linked, minimum)) & today
    hidden = set(primary)
    # What is safe stays safe when more is hidden: each question is asked until it is, once.
    for question in questions:
        while any(reading.tells(hidden, [question])):
            # Best a cell of the secret's own; where none is left, it was told by way of others.
            shown = ((question[0].keys() & today) - hidden) or (today - hidden)
            hidden.add(min(shown, key=lambda cell: _rank(linked, cell)))
    for cell in sorted(hidden - primary, key=lambda cell: _rank(linked, cell), reverse=True):
        if not any(reading.tells(hidden - {cell}, questions)):
            hidden.remove(cell)
    reader = reading.reader(hidden)
    widths = [reader.interval(secret).width for secret, _ in questions]
    return Suppression(primary, frozenset(hidden - primary), min(widths, default=None), len(lost))


def _small_or_complement(linked: LinkedCounts, minimum: int) -> set[str]:
    small = {cell for cell, count in linked.counts.items() if count < minimum}
    beside_small = {
        part for _, parts in linked.splits if small.intersection(parts) for part in parts
    }
    return small | beside_small


def _rank(linked: LinkedCounts, cell: str) -> tuple[float, str]:
    return linked.importance[cell], cell
