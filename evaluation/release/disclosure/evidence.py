"""The evidence table through the gate: what leaves of each challenge of an estimate.

A challenge that changes who is counted by a few children tells of those few, beside the headline:
it stays in, and so does a reason that says that there were none. The range without each region
tells of single regions: of it, only the direction leaves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import InitVar, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from evaluation.records.challenges import Challenge
from evaluation.release.disclosure.cells import Cell, Mark, written
from evaluation.release.disclosure.rounding import model, p_value
from evaluation.release.disclosure.seal import SEAL, Seal, Sealed, guard

if TYPE_CHECKING:
    from evaluation.release.disclosure.released import ReleasedOutcome

HEADLINE = "headline"
OF_REGIONS = frozenset({"each_region"})
OF_SOME = frozenset({"imputed", "slips_linked", "quality_flags"})
"""Challenges that are about certain children: that it has just as many says that there are none."""
TELLS_NONE = frozenset({"all_linked_exactly", "nobody_lost", "nothing_flagged", "nothing_missing"})
"""Reasons that say that a number of children is nought, which counts as small."""


class Direction(StrEnum):
    """Of a challenge beside the headline: the same, the other, or both still possible."""

    KEPT = "kept"
    TURNED = "turned"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedChallenge(Sealed):
    """`few`: it changes nothing, or would tell of a few children. A `band` has no value of its own.
    `direction` is None where there is nothing to compare."""

    outcome: str
    name: str
    method: str
    reason: str | None
    few: bool
    band: bool
    direction: Direction | None
    value: Cell
    low: Cell
    high: Cell
    p_value: Cell
    seal: InitVar[Seal]

    def __post_init__(self, seal: Seal) -> None:
        guard(seal)


def protect_evidence(
    evidence: Sequence[Challenge], outcomes: Sequence[ReleasedOutcome], *, minimum: int
) -> tuple[ReleasedChallenge, ...]:
    """`outcomes`: the same outcomes' results as they leave; a hidden one takes its evidence along.
    Evidence of outcomes that are not among them stays in."""
    hidden = {outcome.outcome: outcome.hidden for outcome in outcomes}
    heads = {cell.outcome: cell for cell in evidence if cell.name == HEADLINE}
    return tuple(
        _protected(cell, heads.get(cell.outcome), hidden[cell.outcome], minimum)
        for cell in evidence
        if cell.outcome in hidden
    )


def evidence_cells(evidence: Sequence[ReleasedChallenge]) -> Iterator[tuple[str, str]]:
    """For the ledger: `evidence/<outcome>/<challenge>/<number>` → text."""
    for each in evidence:
        for name in ("value", "low", "high", "p_value"):
            yield f"evidence/{each.outcome}/{each.name}/{name}", written(getattr(each, name))


def _protected(
    cell: Challenge, head: Challenge | None, hidden: bool, minimum: int
) -> ReleasedChallenge:
    few = hidden or _tells_of_few(cell, head, minimum)
    stays = few or cell.name in OF_REGIONS
    return ReleasedChallenge(
        outcome=cell.outcome,
        name=cell.name,
        method="" if few else cell.method,
        reason=None if few else cell.reason,
        few=few,
        band=cell.low is not None and cell.value is None,
        direction=None if few else _direction(cell, head),
        value=_leaving(model(cell.value), stays),
        low=_leaving(model(cell.low), stays),
        high=_leaving(model(cell.high), stays),
        p_value=_leaving(p_value(cell.p_value), stays),
        seal=SEAL,
    )


def _tells_of_few(cell: Challenge, head: Challenge | None, minimum: int) -> bool:
    if cell.reason is not None:
        return cell.reason in TELLS_NONE
    if head is None or head.children is None or cell.children is None:
        return False
    others = abs(cell.children - head.children)
    return others < minimum if cell.name in OF_SOME else 0 < others < minimum


def _direction(cell: Challenge, head: Challenge | None) -> Direction | None:
    if cell.name == HEADLINE or head is None or not head.sign or cell.reason is not None:
        return None
    if cell.sign == head.sign:
        return Direction.KEPT
    return Direction.TURNED if cell.sign == -head.sign else Direction.OPEN


def _leaving(cell: Cell, stays: bool) -> Cell:
    return Mark.CONFIDENTIAL if stays and cell is not Mark.NOT_AVAILABLE else cell
