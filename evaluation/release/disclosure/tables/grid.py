"""A pandas contingency table as the gate reads it: whole numbers, their categories, their totals.

Totals are known by their label, stand last, and must be the sums of what stands before them; so a
table that contradicts itself never gets further than this.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evaluation.errors import DisclosureError

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

TOTALS = frozenset({"all", "total", "totals", "sum", "итого", "всего", "барлығы", "жиыны"})

SAME = 1e-6
"""Amounts add up to this; counts add up exactly, for no two differ by less."""

Variable = Hashable
"""The axis's name; an axis without a name is known by its set of categories."""


@dataclass(frozen=True, slots=True)
class Grid:
    """`counts` (rows, columns) without totals; which of these the table shows beside."""

    name: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    row_variable: Variable
    column_variable: Variable
    counts: NDArray[np.float64]
    row_totals: bool  # a last column that sums each row
    column_totals: bool  # a last row that sums each column

    @property
    def variables(self) -> frozenset[Variable]:
        return frozenset({self.row_variable, self.column_variable})

    @property
    def total(self) -> float:
        return float(self.counts.sum())

    def places(self) -> list[tuple[int | None, int | None]]:
        """Every shown cell, row by row; None stands for the total over that axis."""
        rows = [*range(len(self.rows)), *([None] if self.column_totals else [])]
        columns = [*range(len(self.columns)), *([None] if self.row_totals else [])]
        return [(row, column) for row in rows for column in columns]

    def value(self, row: int | None, column: int | None) -> float:
        part = self.counts if row is None else self.counts[row : row + 1]
        return float((part if column is None else part[:, column : column + 1]).sum())


def read_grid(
    table: pd.DataFrame | pd.Series, *, name: str, totals: str | None = None, whole: bool = True
) -> Grid:
    """`totals`: the label of the totals where it is none of TOTALS. `whole`: counts, not amounts.

    DisclosureError: more than two variables, no numbers, totals that are no sums.
    """
    frame = as_frame(table)
    if frame.index.nlevels > 1 or frame.columns.nlevels > 1:
        raise DisclosureError("table_variables", table=name)
    rows, columns = [str(r) for r in frame.index], [str(c) for c in frame.columns]
    numbers = _numbers(frame, name, whole)
    last_row, last_column = (_total_last(labels, totals, name) for labels in (rows, columns))
    inner = numbers[: -1 if last_row else None, : -1 if last_column else None]
    if not inner.size:
        raise DisclosureError("table_empty", table=name)
    row_names, column_names = rows[: inner.shape[0]], columns[: inner.shape[1]]
    row, column = _variable(frame.index, row_names), _variable(frame.columns, column_names)
    grid = Grid(
        name=name,
        rows=tuple(row_names),
        columns=tuple(column_names),
        row_variable=row,
        column_variable=(column, "across") if column == row else column,
        counts=inner,
        row_totals=last_column,
        column_totals=last_row,
    )
    _check_sums(grid, numbers)
    return grid


def as_frame(table: pd.DataFrame | pd.Series) -> pd.DataFrame:
    import pandas as pd

    return table.to_frame() if isinstance(table, pd.Series) else table


def is_total(label: str, totals: str | None) -> bool:
    return label == totals or (totals is None and label.strip().lower() in TOTALS)


def _numbers(frame: pd.DataFrame, name: str, whole: bool) -> NDArray[np.float64]:
    """An empty cell of a pivot table is a combination in which nobody is: nothing (0)."""
    try:
        numbers: NDArray[np.float64] = np.nan_to_num(
            frame.to_numpy(dtype=float, na_value=np.nan), nan=0.0
        )
    except (TypeError, ValueError):
        raise DisclosureError("table_not_counts", table=name) from None
    if not np.isfinite(numbers).all() or (numbers < 0).any() or (whole and (numbers % 1).any()):
        raise DisclosureError("table_not_counts", table=name)
    return numbers


def _total_last(labels: list[str], totals: str | None, name: str) -> bool:
    if len(set(labels)) < len(labels) or any(is_total(label, totals) for label in labels[:-1]):
        raise DisclosureError("table_labels", table=name)
    return bool(labels) and is_total(labels[-1], totals)


def _variable(axis: pd.Index, categories: list[str]) -> Variable:
    return str(axis.name) if axis.name not in (None, "") else frozenset(categories)


def _check_sums(grid: Grid, numbers: NDArray[np.float64]) -> None:
    found = [grid.value(row, column) for row, column in grid.places()]
    wrong = np.flatnonzero(~np.isclose(found, numbers.ravel(), rtol=0, atol=SAME))
    if wrong.size:
        row, column = divmod(int(wrong[0]), numbers.shape[1])
        raise DisclosureError("table_margins", table=grid.name, row=row + 1, column=column + 1)
