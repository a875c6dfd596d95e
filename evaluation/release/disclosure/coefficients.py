"""How closely a difference between arms, beside an earlier report's, tells about a few children.

The worst reader knows how many came or went, that nobody else changed, and that the difference is
one of plain means. It is not hidden for that: one withdrawal would take every result out of the
last report. The evaluator is told, and decides whether to wait.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.records.estimates import Estimate
from evaluation.release.disclosure.ledger import EarlierReport
from evaluation.release.disclosure.rounding import MODEL_DECIMALS


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """`points`: the width of what can be worked out about the mean of the `few`."""

    outcome: str
    few: int
    points: float


def left_open(
    estimates: Sequence[Estimate], earlier: Sequence[EarlierReport], *, minimum: int
) -> tuple[LeftOpen, ...]:
    """Of each outcome the closest that any earlier report lets a reader come; the safe left out."""
    found: list[LeftOpen] = []
    for now in estimates:
        near = [
            LeftOpen(now.outcome, abs(new - old), width(old, new))
            for then in earlier
            for before in then.comparison.estimates
            if before.outcome == now.outcome and _shown(then, now.outcome)
            for old, new in _arms(before, now)
            if 0 < abs(new - old) < minimum
        ]
        found += [min(near, key=lambda each: each.points)] if near and now.value is not None else []
    return tuple(found)


def width(old: int, new: int) -> float:
    """Sum now minus sum then, each within half a digit a child, over the children who changed."""
    digit: float = 10**-MODEL_DECIMALS
    return digit * (old + new) / abs(new - old)


def _arms(before: Estimate, now: Estimate) -> tuple[tuple[int, int], ...]:
    return (before.n_pilot, now.n_pilot), (before.n_comparison, now.n_comparison)


def _shown(then: EarlierReport, outcome: str) -> bool:
    return not then.cells.get(f"outcome/{outcome}/value", "[").startswith("[")
