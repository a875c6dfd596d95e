"""Which cells may not be shown for what they are: small, beside small, alike, or one site's own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from evaluation.release.disclosure.tables.grid import Grid

if TYPE_CHECKING:
    from numpy.typing import NDArray

Place = tuple[int | None, int | None]
"""A row and a column of a table; None for the total over them."""


class Rule(StrEnum):
    """Why a cell is hidden. The order is that of the explanation, where several hold."""

    SMALL = "small"
    NOTHING = "nothing"
    HOMOGENEOUS = "homogeneous"
    COMPLEMENT = "complement"
    FEW_SITES = "few_sites"
    DOMINANCE = "dominance"
    DIFFERENCING = "differencing"
    SECONDARY = "secondary"


@dataclass(frozen=True, slots=True)
class Dominance:
    """When a count is rather one site's than a region's (domain.md §3.3, and ACRO's defaults).

    `largest`: no site may hold more than this share. `fewest`: sites that must be there.
    `rest`: what remains without the two largest, as a share of the largest, must be at least
    this (p% rule). `top`, `top_share`: so many sites may not hold more than this share (n,k).
    """

    largest: float = 0.5
    fewest: int = 3
    rest: float = 0.1
    top: int = 2
    top_share: float = 0.9

    def rule(self, parts: NDArray[np.float64]) -> Rule | None:
        """`parts`: what each site adds to one cell."""
        there = np.sort(parts[parts > 0])[::-1]
        if not there.size:
            return None
        if there.size < self.fewest:
            return Rule.FEW_SITES
        total = there.sum()
        told = (
            there[0] > self.largest * total
            or there[2:].sum() < self.rest * there[0]
            or there[: self.top].sum() > self.top_share * total
        )
        return Rule.DOMINANCE if told else None


USUAL = Dominance()


def primary_cells(
    grid: Grid,
    *,
    minimum: int,
    impossible: frozenset[Place],
    parts: NDArray[np.float64] | None,
    dominance: Dominance,
) -> dict[Place, Rule]:
    """`impossible`: places where nobody can be. `parts` (sites, rows, columns) or None."""
    rows, columns = len(grid.rows), len(grid.columns)
    places = [(r, c) for r in [*range(rows), None] for c in [*range(columns), None]]
    found: dict[Place, Rule] = {}
    for place in places:
        rule = (
            _small(grid.value(*place), minimum)
            or _rest(grid, wholes(grid, place, impossible), grid.value(*place), minimum)
            or (dominance.rule(_parts(parts, place)) if parts is not None else None)
        )
        if rule and place not in impossible:
            found[place] = rule
    return _unnamed(grid, parts, dominance, impossible) | found


def _unnamed(
    grid: Grid,
    parts: NDArray[np.float64] | None,
    dominance: Dominance,
    impossible: frozenset[Place],
) -> dict[Place, Rule]:
    """The whole row of a region that may not stand there by its name: its sites are too few, or
    one of them is most of it (domain.md §3.3)."""
    if parts is None:
        return {}
    told = {row: dominance.rule(_parts(parts, (row, None))) for row in range(len(grid.rows))}
    columns = [*range(len(grid.columns)), None]
    return {
        (row, column): rule
        for row, rule in told.items()
        for column in columns
        if rule and (row, column) not in impossible
    }


def _small(value: float, minimum: int) -> Rule | None:
    if value >= minimum:
        return None
    return Rule.SMALL if value else Rule.NOTHING


def wholes(grid: Grid, place: Place, impossible: frozenset[Place]) -> list[Place]:
    """The totals whose rest, without this cell, is a group of children itself."""
    row, column = place
    beside = [(row, c) for c in range(len(grid.columns)) if column is not None and c != column]
    below = [(r, column) for r in range(len(grid.rows)) if row is not None and r != row]
    return [
        *([(row, None)] if not impossible.issuperset(beside) else []),
        *([(None, column)] if not impossible.issuperset(below) else []),
    ]


def _rest(grid: Grid, totals: list[Place], value: float, minimum: int) -> Rule | None:
    """Those of the same row, or the same column, who are not in this cell."""
    small = [rest for total in totals if (rest := grid.value(*total) - value) < minimum]
    if not small:
        return None
    return Rule.COMPLEMENT if min(small) else Rule.HOMOGENEOUS


def _parts(parts: NDArray[np.float64], place: Place) -> NDArray[np.float64]:
    row, column = place
    over_rows = parts.sum(axis=1) if row is None else parts[:, row]
    return np.asarray(over_rows.sum(axis=1) if column is None else over_rows[:, column])
