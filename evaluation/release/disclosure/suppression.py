"""Which counts to hide: the small ones, their complements, then as few others as will do.

Greedy, then a way back: while a secret can be worked out, hide the least important shown
count; at the end show again, most important first, whatever can be shown safely.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from evaluation.release.disclosure.audit import Attack, attack, between, change_told, row_of, told
from evaluation.release.disclosure.linked import LinkedCounts

if TYPE_CHECKING:
    from numpy.typing import NDArray


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


@dataclass(slots=True)
class Span:
    """The least and the most that each question's count can be, as far as was looked."""

    low: NDArray[np.float64]
    high: NDArray[np.float64]

    def take_in(self, values: NDArray[np.float64]) -> None:
        np.minimum(self.low, values, out=self.low)
        np.maximum(self.high, values, out=self.high)


@dataclass(frozen=True, slots=True)
class Questions:
    """What a reader must not be able to answer: small groups, and changes by a few children.

    `rows` (questions, cells): what each counts; `changes`: which of them are changes.
    """

    rows: NDArray[np.float64]
    changes: NDArray[np.bool_]
    minimum: int

    def told(self, span: Span) -> NDArray[np.bool_]:
        """Which are told, if what is known of them lies within `span`."""
        verdicts = [
            (change_told if change else told)(between(low, high), self.minimum)
            for low, high, change in zip(span.low, span.high, self.changes, strict=True)
        ]
        return np.array(verdicts, dtype=bool)

    def some(self, chosen: NDArray[np.bool_]) -> Questions:
        return Questions(self.rows[chosen], self.changes[chosen], self.minimum)


@dataclass(slots=True)
class Watch:
    """What one reader must not be able to answer. `possible`: counts found so far that this
    reader has to take for possible."""

    linked: LinkedCounts
    questions: Questions
    base: int
    possible: list[NDArray[np.float64]] = field(default_factory=list)

    def reader(self, hidden: Collection[str]) -> Attack:
        return attack(
            self.linked,
            self.linked.past | frozenset(hidden),
            minimum=self.questions.minimum,
            base=self.base,
        )

    def next_to_hide(self, hidden: Collection[str]) -> str | None:
        """None where nothing can be told."""
        told = _told(self.questions, self.reader(hidden), self.possible, patient=False)
        if not told.any():
            return None
        shown = self.linked.today() - frozenset(hidden)
        return _next(self.linked, self.questions.rows[np.argmax(told)], shown)

    def still(self, hidden: Collection[str]) -> list[NDArray[np.float64]] | None:
        """What is possible where no more than this is hidden; None where something is told."""
        fewer = self.reader(hidden)
        still = [counts for counts in self.possible if fewer.allows(counts)]
        return None if _told(self.questions, fewer, still, patient=False).any() else still


def suppress(linked: LinkedCounts, *, minimum: int, base: int) -> Suppression:
    watches, lost = _watches(linked, minimum, base)
    primary = frozenset(_small_or_complement(linked, minimum)) & linked.today()
    hidden = set(primary)
    for watch in watches:
        while (cell := watch.next_to_hide(hidden)) is not None:
            hidden.add(cell)
    for cell in sorted(hidden - primary, key=lambda cell: _rank(linked, cell), reverse=True):
        still = [watch.still(hidden - {cell}) for watch in watches]
        if None not in still:
            hidden.remove(cell)
            for watch, possible in zip(watches, still, strict=True):
                watch.possible = possible or []
    joint = watches[0]
    return Suppression(
        primary,
        frozenset(hidden - primary),
        _narrowest(joint.questions, joint.reader(hidden)),
        lost,
    )


def _watches(linked: LinkedCounts, minimum: int, base: int) -> tuple[list[Watch], int]:
    """The reader of every release; and how many secrets are told, whatever is hidden now.

    Those are kept at least from a reader who has today's release alone.
    """
    every = Watch(linked, _questions(linked, minimum), base)
    # Without earlier releases everything is kept by showing nothing: one pass saved.
    if not linked.told:
        return [every], 0
    lost = _told(every.questions, every.reader(linked.today()), [], patient=True)
    watches = [Watch(linked, every.questions.some(~lost), base)]
    if lost.any():
        watches.append(Watch(linked.alone(), _questions(linked.alone(), minimum), base))
    return watches, int(lost.sum())


def _questions(linked: LinkedCounts, minimum: int) -> Questions:
    cells = tuple(linked.counts)
    secrets = linked.secrets(minimum)
    rows = [row_of(weights, cells) for weights in (*secrets, *linked.changes)]
    return Questions(
        np.array(rows).reshape(-1, len(cells)),
        np.arange(len(rows)) >= len(secrets),
        minimum,
    )


def _told(
    questions: Questions,
    reader: Attack,
    possible: list[NDArray[np.float64]],
    *,
    patient: bool,
) -> NDArray[np.bool_]:
    """Which questions the reader can answer: all of them if `patient`, else the first.

    What is safe by counts that are known to be possible need not be worked out. Counts found on
    the way are added to `possible`.
    """
    answered = np.zeros(len(questions.rows), bool)
    if not answered.size:
        return answered
    if not possible:
        possible.append(reader.furthest(np.zeros(len(reader.cells))))
    values = np.array([questions.rows @ counts for counts in possible])
    span = Span(values.min(0), values.max(0))

    def look(row: NDArray[np.float64]) -> NDArray[np.bool_]:
        for direction in (row, -row):
            possible.append(reader.furthest(direction))
            span.take_in(questions.rows @ possible[-1])
        return questions.told(span) & ~answered

    left = questions.told(span)
    while left.any() and (left := look(questions.rows[left].sum(0))).any():
        first = int(np.argmax(left))
        left = look(questions.rows[first])
        answered[first] = left[first]
        left[first] = False
        if answered[first] and not patient:
            break
    return answered


def _next(linked: LinkedCounts, row: NDArray[np.float64], shown: frozenset[str]) -> str:
    """Best a cell of the secret's own; where none is left, it was told by way of others."""
    own = {cell for cell, times in zip(linked.counts, row, strict=True) if times} & shown
    return min(own or shown, key=lambda cell: _rank(linked, cell))


def _narrowest(questions: Questions, reader: Attack) -> int | None:
    ends = [
        between(float(row @ reader.furthest(-row)), float(row @ reader.furthest(row)))
        for row in questions.rows
    ]
    return min((interval.width for interval in ends), default=None)


def _small_or_complement(linked: LinkedCounts, minimum: int) -> set[str]:
    small = {cell for cell, count in linked.counts.items() if count < minimum}
    beside_small = {
        part for _, parts in linked.splits if small.intersection(parts) for part in parts
    }
    return small | beside_small


def _rank(linked: LinkedCounts, cell: str) -> tuple[float, str]:
    return linked.importance[cell], cell
