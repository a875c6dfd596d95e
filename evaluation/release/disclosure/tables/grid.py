"""A pandas contingency table as the gate reads it: whole numbers, their categories, their totals.

Totals are known by their label, stand last, and must be the sums of what stands before them; so a
table that contradicts itself never gets further than this. Totals that nobody called so are known
by their numbers: taken for one category more, they would give away whatever is hidden beside them.
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

TOTALS = frozenset(
    {
        *("all", "total", "totals", "grand total", "sum", "margin", "margins", "overall"),
        *("итого", "всего", "барлығы", "жиыны", "σ"),
    }
)
CATEGORY = "="
"""A label that begins so is a category, even if it happens to be the sum of the others."""

MOST = 2.0**53
"""Beyond, whole numbers are not told apart any more."""

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
    last_row = _total_last(rows, numbers, totals, name)
    last_column = _total_last(columns, numbers.T, totals, name)
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
    bare = label.strip().rstrip(":.").lower()
    return label == totals or (totals is None and bare in TOTALS)


def _numbers(frame: pd.DataFrame, name: str, whole: bool) -> NDArray[np.float64]:
    """An empty cell of a pivot table is a combination in which nobody is: nothing (0)."""
    if any(dtype.kind == "c" for dtype in frame.dtypes):
        raise DisclosureError("table_not_counts", table=name)
    try:
        read: NDArray[np.float64] = frame.to_numpy(dtype=float, na_value=np.nan)
    except (TypeError, ValueError):
        raise DisclosureError("table_not_counts", table=name) from None
    numbers = np.where(np.isnan(read), 0.0, read)
    fit = (numbers >= 0) & (numbers < MOST)
    if not fit.all() or (whole and (numbers % 1).any()):
        raise DisclosureError("table_not_counts", table=name)
    return numbers


def _total_last(
    labels: list[str], numbers: NDArray[np.float64], totals: str | None, name: str
) -> bool:
    """`numbers`: a line a label. DisclosureError: two labels are one, or totals stand elsewhere."""
    if len(set(labels)) < len(labels) or any(is_total(label, totals) for label in labels[:-1]):
        raise DisclosureError("table_labels", table=name)
    if not labels:
        return False
    last = is_total(labels[-1], totals) or _adds_up(labels, numbers, len(labels) - 1)
    parts = numbers[:-1] if last else numbers
    # In one column alone it happens easily; and who names the totals knows where they are.
    elsewhere = totals is None and parts.any(axis=0).sum() > 1
    if elsewhere and any(_adds_up(labels, parts, line) for line in range(len(parts))):
        raise DisclosureError("table_labels", table=name)
    return last


def _adds_up(labels: list[str], numbers: NDArray[np.float64], line: int) -> bool:
    """Whether a line is the sum of the others, two or more, though it is not called a total."""
    others = np.delete(numbers, line, axis=0)
    if len(others) < 2 or not numbers[line].any() or labels[line].startswith(CATEGORY):
        return False
    return bool(np.allclose(others.sum(axis=0), numbers[line], rtol=0, atol=SAME))


def _variable(axis: pd.Index, categories: list[str]) -> Variable:
    return str(axis.name) if axis.name not in (None, "") else frozenset(categories)


def _check_sums(grid: Grid, numbers: NDArray[np.float64]) -> None:
    found = [grid.value(row, column) for row, column in grid.places()]
    wrong = np.flatnonzero(~np.isclose(found, numbers.ravel(), rtol=0, atol=SAME))
    if wrong.size:
        row, column = divmod(int(wrong[0]), numbers.shape[1])
        raise DisclosureError("table_margins", table=grid.name, row=row + 1, column=column + 1)
