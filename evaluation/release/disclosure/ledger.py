"""Every report ever released, as a part of the system that a new one is judged in.

A reader keeps last month's report. What did not change since is one and the same count, shown or
hidden by either; what changed by a few children tells of those few. The worst reader knows what
did not change; so counts that are truly the same are taken for one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from evaluation.records.estimates import Comparison
from evaluation.release.disclosure.audit import Interval, change_told
from evaluation.release.disclosure.linked import LinkedCounts, Weights
from evaluation.release.disclosure.rounding import count_range, round_count

Before = Sequence[tuple[int, str | None]]
"""A count as it was in each earlier report, and what stood there."""

Cells = Mapping[str, str]
"""Ledger key → text as it was shown: `ReleasedFacts.ledger()`."""


@dataclass(frozen=True, slots=True)
class EarlierReport:
    """What was true when a report left, and what it showed. Only the gate may see both."""

    comparison: Comparison
    cells: Cells
    minimum_cell: int


@dataclass(frozen=True, slots=True)
class Past:
    """One earlier report as a linked system of its own, under the names of today."""

    linked: LinkedCounts
    told: Mapping[str, tuple[int, int]]


def shown_range(true: int, text: str | None, *, base: int, minimum: int) -> tuple[int, int] | None:
    """Which counts look like `text`; None where a mark stood, or nothing.

    A number that today's rounding would not make of the true count was rounded in another way,
    or not at all: it is taken for the count itself.
    """
    if text is None or not text.isdecimal():
        return None
    shown = int(text)
    if round_count(true, base) != shown:
        return true, true
    return count_range(shown, base=base, minimum=minimum)


def past_of(report: EarlierReport, linked: LinkedCounts, *, base: int) -> Past:
    """`linked`: the counts of that report's own comparison."""
    told = {}
    for cell, count in linked.counts.items():
        text = report.cells.get(ledger_key(cell))
        if seen := shown_range(count, text, base=base, minimum=report.minimum_cell):
            told[cell] = seen
    return Past(linked, told)


def ledger_key(cell: str) -> str:
    """`baseline/pilot` → `flow/pilot/baseline`; `rows` → `quality/rows`."""
    step, _, column = cell.partition("/")
    return f"flow/{column}/{step}" if column else f"quality/{cell}"


def with_past(now: LinkedCounts, past: Sequence[Past], *, minimum: int) -> LinkedCounts:
    """Today's counts and those of all earlier reports in one system."""
    joint = now
    for number, then in enumerate(past, start=1):
        joint = _with_one(joint, then, number, minimum)
    return joint


def _with_one(joint: LinkedCounts, then: Past, number: int, minimum: int) -> LinkedCounts:
    linked = then.linked
    names = {cell: _same_count(joint, cell, count, number) for cell, count in linked.counts.items()}

    def renamed(weights: Weights) -> Weights:
        return {names[cell]: times for cell, times in weights.items()}

    told = dict(joint.told)
    for cell, (low, high) in then.told.items():
        known = told.get(names[cell], (low, high))
        told[names[cell]] = max(low, known[0]), min(high, known[1])
    only_then = {names[cell]: n for cell, n in linked.counts.items() if names[cell] != cell}
    sums = [(names[total], tuple(names[p] for p in parts)) for total, parts in linked.splits]
    secrets = [renamed(weights) for weights in linked.secrets(minimum)]
    known_secrets = [*joint.secrets(minimum), *joint.watched]
    return replace(
        joint,
        counts={**joint.counts, **only_then},
        splits=tuple(dict.fromkeys((*joint.splits, *sums))),
        differences=(
            *joint.differences,
            *(w for w in map(renamed, linked.differences) if w not in joint.differences),
        ),
        past=joint.past | only_then.keys(),
        told=told,
        watched=(*joint.watched, *(w for w in secrets if w not in known_secrets)),
        changes=tuple(
            {
                frozenset(w): w for w in (*joint.changes, *_changes(joint, linked, names, minimum))
            }.values()
        ),
    )


def _same_count(joint: LinkedCounts, cell: str, count: int, number: int) -> str:
    """The name of the one unknown that it is: today's, an earlier report's, or a new one."""
    known = [cell, *(f"{cell}@{before}" for before in range(1, number))]
    return next((name for name in known if joint.counts.get(name) == count), f"{cell}@{number}")


def _changes(
    joint: LinkedCounts, linked: LinkedCounts, names: Mapping[str, str], minimum: int
) -> list[Weights]:
    """A few children more or fewer than there were, in a count that two reports have.

    Also between two earlier ones: what they kept, a third may tell.
    """
    others = {
        name: name.partition("@")[0] for name in joint.counts if name not in set(names.values())
    }
    return [
        {other: 1, names[cell]: -1}
        for other, cell in others.items()
        if cell in linked.counts and 0 < abs(joint.counts[other] - linked.counts[cell]) < minimum
    ]


def lone_change_told(count: int, before: Before, *, minimum: int, base: int) -> bool:
    """Whether today's count beside an earlier one would tell that a few came or went."""
    now = count_range(round_count(count, base), base=base, minimum=minimum)
    for then, text in before:
        seen = shown_range(then, text, base=base, minimum=minimum)
        if seen and 0 < abs(count - then) < minimum:
            change = Interval(now[0] - seen[1], now[1] - seen[0])
            if change_told(change, minimum):
                return True
    return False
