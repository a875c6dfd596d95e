"""Tables as one linear system: every cell once, however many tables show it, and what adds up.

A cell is known by what it counts ({"region": "27", "sex": "girls"}), so a total that two tables
share is one cell of the system. Totals that no table shows are cells too: nobody sees them, but
they tie the others together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from evaluation.errors import DisclosureError
from evaluation.release.disclosure.tables.grid import Grid, Variable

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

Key = tuple[str, frozenset[tuple[Variable, str]]]
"""Whom (the population, or an earlier release of it), and what of them."""

LAYER = "table"
"""The variable that tells tables of the same two variables apart."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each cell of each table is found in the system."""

    keys: Mapping[tuple[int, int | None, int | None], Key]

    def of(self, grid: int, row: int | None, column: int | None) -> Key:
        return self.keys[grid, row, column]


@dataclass(frozen=True, slots=True)
class System:
    """`true` (cells); `equal` (equations, cells): each equation sums to 0.

    `never`: cells that no table shows. `fixed`: cells that are known whatever is hidden (nobody
    can be there, or an earlier release told). `cost`: what hiding a cell costs.
    """

    cells: tuple[Key, ...]
    true: NDArray[np.float64]
    equal: csr_matrix
    never: NDArray[np.bool_]
    fixed: NDArray[np.bool_]
    cost: NDArray[np.float64]

    @property
    def ceiling(self) -> float:
        """Far above everything shown: makes every interval finite and never wider than it is."""
        return 10.0 * float(self.true.sum()) + 100.0

    def number(self) -> dict[Key, int]:
        return {key: index for index, key in enumerate(self.cells)}


Equation = tuple[Key, tuple[Key, ...]]
"""A total and its parts."""


def lay_out(
    grids: Sequence[Grid], *, totals: str | None
) -> tuple[Layout, dict[Key, float], list[Equation]]:
    """DisclosureError: two tables give the same total two values."""
    from evaluation.release.disclosure.tables.linking import linked

    keys: dict[tuple[int, int | None, int | None], Key] = {}
    true: dict[Key, float] = {}
    equations: list[Equation] = []
    for index, (grid, whom, layer) in enumerate(linked(grids, totals)):
        rows, columns = [*range(len(grid.rows)), None], [*range(len(grid.columns)), None]
        at = {(r, c): _key(grid, whom, layer, r, c) for r in rows for c in columns}
        for (row, column), key in at.items():
            value = grid.value(row, column)
            if true.setdefault(key, value) != value:
                raise DisclosureError("tables_contradict", table=grid.name)
            keys[index, row, column] = key
        equations += [(at[r, None], tuple(at[r, c] for c in columns[:-1])) for r in rows]
        equations += [(at[None, c], tuple(at[r, c] for r in rows[:-1])) for c in columns]
    over = _over_layers(true)
    if any(true[whole] != sum(true[part] for part in parts) for whole, parts in over):
        raise DisclosureError("tables_contradict", table=grids[-1].name)
    return Layout(keys), true, equations + over


def assemble(
    true: Mapping[Key, float],
    equations: Sequence[Equation],
    *,
    shown: frozenset[Key],
    fixed: frozenset[Key],
    cost: Mapping[Key, float],
) -> System:
    from scipy.sparse import csr_matrix

    cells = tuple(true)
    number = {key: index for index, key in enumerate(cells)}
    different = list(dict.fromkeys(equations))
    at = [(i, number[k], -1.0) for i, (total, _) in enumerate(different) for k in [total]]
    at += [(i, number[k], 1.0) for i, (_, parts) in enumerate(different) for k in parts]
    rows, columns, values = zip(*at, strict=True)
    return System(
        cells=cells,
        true=np.array([true[key] for key in cells]),
        equal=csr_matrix((values, (rows, columns)), shape=(len(different), len(cells))),
        never=np.array([key not in shown for key in cells]),
        fixed=np.array([key in fixed for key in cells]),
        cost=np.array([cost.get(key, 0.0) for key in cells]),
    )


def with_costs(system: System) -> System:
    """Among choices of the same cost, the one that hides the smaller numbers."""
    return replace(system, cost=system.cost + system.true / (1 + system.true.sum()))


def _key(grid: Grid, whom: str, layer: str | None, row: int | None, column: int | None) -> Key:
    parts: set[tuple[Variable, str]] = {(LAYER, layer)} if layer is not None else set()
    if row is not None:
        parts.add((grid.row_variable, grid.rows[row]))
    if column is not None:
        parts.add((grid.column_variable, grid.columns[column]))
    return whom, frozenset(parts)


def _over_layers(true: Mapping[Key, float]) -> list[Equation]:
    """A table of everybody, and the tables of its parts: the same cell in each adds up."""
    parts: dict[Key, list[Key]] = {}
    for whom, what in true:
        layers = {pair for pair in what if pair[0] == LAYER}
        if layers and (whole := (whom, what - layers)) in true:
            parts.setdefault(whole, []).append((whom, what))
    return [(whole, tuple(cells)) for whole, cells in parts.items()]
