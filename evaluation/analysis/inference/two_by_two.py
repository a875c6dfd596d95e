"""Two groups, before and after, when not everybody was met twice: cell means and their differences.

The pilot's own estimators use children met twice; this is for all who were met, and for the
published tables that the programme is checked against (Card & Krueger 1994, Table 3).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

import numpy as np

from evaluation.analysis.arrays import Flags, Floats
from evaluation.analysis.inference.cluster_robust import Formula, robust
from evaluation.analysis.inference.least_squares import classical, fit_rows
from evaluation.errors import EstimationError


@dataclass(frozen=True, slots=True)
class Cell:
    mean: float
    standard_error: float
    n: int


@dataclass(frozen=True, slots=True)
class TwoByTwo:
    """How much more the treated changed. Three errors: rows independent and equally spread
    (`ols_error`), each cell with its own spread (`unequal_error`), rows of one cluster alike
    (`cluster_error`, CR1S)."""

    untreated_before: Cell
    untreated_after: Cell
    treated_before: Cell
    treated_after: Cell
    value: float
    ols_error: float
    unequal_error: float
    cluster_error: float
    n: int


def two_by_two(outcome: Floats, *, treated: Flags, after: Flags, clusters: object) -> TwoByTwo:
    """All arrays (n,), one row a meeting; rows without an outcome (NaN) are left out."""
    met = np.isfinite(outcome)
    y, g, t = outcome[met], treated[met].astype(float), after[met].astype(float)
    labels = np.asarray(clusters, dtype=object)[met]
    cells = {(i, j): _cell(y[(g == i) & (t == j)]) for i in (0, 1) for j in (0, 1)}
    columns = ("constant", "treated", "after", "treated_after")
    fit = fit_rows(np.column_stack([np.ones(len(y)), g, t, g * t]), y, labels, columns)
    ols = classical(fit, "treated_after")
    return TwoByTwo(
        untreated_before=cells[0, 0],
        untreated_after=cells[0, 1],
        treated_before=cells[1, 0],
        treated_after=cells[1, 1],
        value=ols.value,
        ols_error=ols.standard_error,
        unequal_error=hypot(*(cell.standard_error for cell in cells.values())),
        cluster_error=robust(fit, "treated_after", formula=Formula.CR1S).standard_error,
        n=len(y),
    )


def _cell(y: Floats) -> Cell:
    if len(y) < 2:
        raise EstimationError("empty_cell")
    return Cell(float(y.mean()), float(y.std(ddof=1) / np.sqrt(len(y))), len(y))
