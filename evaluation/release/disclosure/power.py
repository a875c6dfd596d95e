"""What a table of power may say: an arm's spread is its children's, so it needs enough of them.

It is the evaluator's table, but it is written into files, and files are handed on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import InitVar, dataclass

from evaluation.design import Disclosure
from evaluation.records.power import PowerLine
from evaluation.release.disclosure.cells import Cell, Mark
from evaluation.release.disclosure.counts import lone_count
from evaluation.release.disclosure.gate import require_floor
from evaluation.release.disclosure.models import OF_THE_DESIGN
from evaluation.release.disclosure.rounding import degrees_of_freedom, model, proportion
from evaluation.release.disclosure.seal import SEAL, Seal, Sealed, guard


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedPower(Sealed):
    """A `PowerLine` after the gate; `deviations`: the detectable effect in SD of the start.

    `hidden`: too few children stand behind it to say anything, or why nothing can be said.
    """

    outcome: str
    scenario: str
    regions_pilot: int
    regions_comparison: int
    children: Cell
    icc: Cell
    analytic: Cell
    detectable: Cell
    deviations: Cell
    half: Cell
    dof: Cell
    answered: Cell
    hidden: bool
    reason: str | None
    seal: InitVar[Seal]

    def __post_init__(self, seal: Seal) -> None:
        guard(seal)


def protect_power(lines: Iterable[PowerLine], rules: Disclosure) -> tuple[ReleasedPower, ...]:
    """DisclosureError: the rules go below the floor."""
    require_floor(rules)
    return tuple(_protected(line, rules) for line in lines)


def _protected(line: PowerLine, rules: Disclosure) -> ReleasedPower:
    arms = (sum(line.pilot), sum(line.comparison))
    shown = min(arms) >= rules.minimum_cell
    reason = line.reason if shown or line.reason in OF_THE_DESIGN else None

    def cell(made: Cell) -> Cell:
        return made if shown or line.reason is not None else Mark.CONFIDENTIAL

    spread, found = line.spread, line.detectable
    deviations = found / spread if found is not None and spread else None
    count = lone_count(sum(arms), minimum=rules.minimum_cell, base=rules.round_counts_to)
    return ReleasedPower(
        outcome=line.outcome,
        scenario=line.scenario,
        regions_pilot=len(line.pilot),
        regions_comparison=len(line.comparison),
        children=count if shown else Mark.CONFIDENTIAL,
        icc=cell(model(line.icc)),
        analytic=cell(model(line.analytic)),
        detectable=cell(model(found)),
        deviations=cell(model(deviations)),
        half=cell(proportion(line.half)),
        dof=cell(degrees_of_freedom(line.dof)),
        answered=cell(proportion(line.answered)),
        hidden=not shown and reason is None,
        reason=reason,
        seal=SEAL,
    )
