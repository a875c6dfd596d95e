"""What earlier releases told, so that a new one is judged as a part of everything ever released.

A reader of both supposes that what looks the same is the same. The worst reader supposes rightly:
cells whose true count did not change are one cell of the system, and what any release showed is
known. A count that changed by a few is a group of a few children: who joined, or was withdrawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluation.release.disclosure.cells import Mark
from evaluation.release.disclosure.rounding import count_range, round_count
from evaluation.release.disclosure.tables.asked import read_tables
from evaluation.release.disclosure.tables.result import ReleasedTables
from evaluation.release.disclosure.tables.system import Equation, Key, lay_out


@dataclass(frozen=True, slots=True)
class Earlier:
    """`tables` as they were handed to the gate then (evaluators keep them), and what left."""

    tables: object
    released: ReleasedTables


@dataclass(frozen=True, slots=True)
class History:
    """`true`: cells that only earlier releases have. `told`: cells whose count was shown.

    `secret`: small cells that were hidden. `changed`: cell of today → the true counts under which
    it was shown before, where they differ from today's.
    """

    true: Mapping[Key, float]
    equations: tuple[Equation, ...]
    told: frozenset[Key]
    secret: frozenset[Key]
    changed: Mapping[Key, tuple[float, ...]]


def history_of(
    earlier: Sequence[Earlier], now: Mapping[Key, float], *, totals: str | None, minimum: int
) -> History:
    true: dict[Key, float] = {}
    equations: list[Equation] = []
    told: set[Key] = set()
    secret: set[Key] = set()
    changed: dict[Key, list[float]] = {}
    for number, release in enumerate(earlier):
        questions = read_tables(release.tables, totals=totals)
        layout, then, sums = lay_out([q.grid for q in questions], totals=totals)
        same = {key: _same_count(key, value, number, now, true) for key, value in then.items()}
        true |= {same[key]: value for key, value in then.items() if same[key] not in now}
        equations += [(same[total], tuple(same[part] for part in parts)) for total, parts in sums]
        for index, (question, part) in enumerate(
            zip(questions, release.released.parts, strict=True)
        ):
            cells = [cell for row in part.cells for cell in row]
            for place, cell in zip(question.grid.places(), cells, strict=True):
                key = layout.of(index, *place)
                if not isinstance(cell, Mark):
                    told.add(same[key])
                    if key in now and same[key] != key:
                        changed.setdefault(key, []).append(then[key])
                elif then[key] < minimum and cell is Mark.CONFIDENTIAL:
                    secret.add(same[key])
    return History(
        true=true,
        equations=tuple(equations),
        told=frozenset(told),
        secret=frozenset(secret - told),
        changed={key: tuple(values) for key, values in changed.items()},
    )


def change_told(now: float, then: float, *, minimum: int, base: int) -> bool:
    """Whether the two shown counts, side by side, tell that a few children came or went."""
    if not 0 < abs(now - then) < minimum:
        return False
    new, old = (
        count_range(round_count(int(count), base), base=base, minimum=minimum)
        for count in (now, then)
    )
    return few_changed(new[0] - old[1], new[1] - old[0], minimum)


def few_changed(low: float, high: float, minimum: int) -> bool:
    """Whether a change that lies between `low` and `high` is known, and known to be small."""
    return not low <= 0 <= high and max(abs(low), abs(high)) < minimum


def _same_count(
    key: Key, value: float, number: int, now: Mapping[Key, float], true: Mapping[Key, float]
) -> Key:
    """The one cell that it is: today's, one of an earlier release, or its own."""
    if now.get(key) == value:
        return key
    before = (_dated(key, other) for other in range(number))
    return next((old for old in before if true.get(old) == value), _dated(key, number))


def _dated(key: Key, number: int) -> Key:
    whom, what = key
    return f"{whom}, release {number + 1}", what
