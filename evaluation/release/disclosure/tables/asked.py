"""What somebody hands to the gate: tables, and what is known about single cells of them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evaluation.errors import DisclosureError
from evaluation.release.disclosure.tables.grid import Grid, as_frame, read_grid
from evaluation.release.disclosure.tables.rules import USUAL, Dominance, Place

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Table:
    """A contingency table with what the gate should know about it.

    `impossible`: (row, column) labels where nobody can be (structural zeros). `sites`: the same
    counts by (row, site) and column. `weights`: how important each cell is (default 1).
    """

    frame: pd.DataFrame | pd.Series
    impossible: Sequence[tuple[Hashable, Hashable]] = ()
    sites: pd.DataFrame | None = None
    dominance: Dominance = USUAL
    weights: pd.DataFrame | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A `Table` that was read: everything by place."""

    grid: Grid
    frame: pd.DataFrame
    impossible: frozenset[Place]
    parts: NDArray[np.float64] | None  # (sites, rows, columns)
    dominance: Dominance
    weights: NDArray[np.float64]  # (rows, columns)


def read_tables(asked: object, *, totals: str | None) -> tuple[Question, ...]:
    """One table, a sequence of them, or a mapping name → table. DisclosureError: see grid.py."""
    if isinstance(asked, Mapping):
        named = [(str(name), table) for name, table in asked.items()]
    elif isinstance(asked, Sequence):
        named = [(str(number), table) for number, table in enumerate(asked, start=1)]
    else:
        named = [("1", asked)]
    if not named:
        raise DisclosureError("table_empty", table="1")
    return tuple(_question(name, table, totals) for name, table in named)


def _question(name: str, table: object, totals: str | None) -> Question:
    import pandas as pd

    if isinstance(table, pd.DataFrame | pd.Series):
        table = Table(table)
    if not isinstance(table, Table):
        raise DisclosureError("table_not_counts", table=name)
    grid = read_grid(table.frame, name=name, totals=totals)
    return Question(
        grid=grid,
        frame=as_frame(table.frame),
        impossible=_impossible(grid, table),
        parts=_parts(grid, table),
        dominance=table.dominance,
        weights=_weights(grid, table),
    )


def _impossible(grid: Grid, table: Table) -> frozenset[Place]:
    places = set()
    for row, column in table.impossible:
        place = _place(grid, str(row), str(column))
        if grid.value(*place):
            raise DisclosureError("table_impossible", table=grid.name)
        places.add(place)
    return frozenset(places)


def _place(grid: Grid, row: str, column: str) -> tuple[int, int]:
    if row not in grid.rows or column not in grid.columns:
        raise DisclosureError("table_labels", table=grid.name)
    return grid.rows.index(row), grid.columns.index(column)


def _parts(grid: Grid, table: Table) -> NDArray[np.float64] | None:
    """DisclosureError: the sites do not add up to the table."""
    if table.sites is None:
        return None
    names = list(dict.fromkeys(str(label[-1]) for label in table.sites.index))
    parts = np.zeros((len(names), len(grid.rows), len(grid.columns)))
    for (row, site), line in zip(table.sites.index, table.sites.to_numpy(float), strict=True):
        for column, count in zip(table.sites.columns, line, strict=True):
            parts[names.index(str(site)), *_place(grid, str(row), str(column))] += count
    if not np.array_equal(parts.sum(axis=0), grid.counts):
        raise DisclosureError("table_sites", table=grid.name)
    return parts


def _weights(grid: Grid, table: Table) -> NDArray[np.float64]:
    weights = np.ones(grid.counts.shape)
    if table.weights is None:
        return weights
    for row, line in zip(table.weights.index, table.weights.to_numpy(float), strict=True):
        for column, weight in zip(table.weights.columns, line, strict=True):
            if not weight > 0:
                raise DisclosureError("table_weights", table=grid.name)
            weights[_place(grid, str(row), str(column))] = weight
    return weights
