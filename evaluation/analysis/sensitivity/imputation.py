"""Missing values filled in many times over, each time as one of the ways it may have been.

Chained equations: each column with gaps is regressed on all others, and its gaps are drawn from
what that regression expects, its own uncertainty included; round and round. statsmodels' `MICEData`
keeps the chain and the order of the columns; the draws are Bayesian (proper in Rubin's sense), of
the linear regression, which needs no formula to be parsed and lets scores lie between the boxes.
van Buuren (2018), Flexible Imputation of Missing Data, §3.2; White, Royston & Wood (2011),
Statistics in Medicine 30:377.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from statsmodels.imputation.mice import MICEData

from evaluation.analysis.arrays import Floats
from evaluation.errors import EstimationError

TABLES = 50
"""How often a table is filled in (statistics.md A.7)."""

ROUNDS = 10
"""Rounds of the chain before the first table that is kept, and between two that are."""

# Added to the cross-products, as a share of each: columns that follow from each other do no harm.
RIDGE = 1e-8


class NormalChain(MICEData):  # type: ignore[misc]  # statsmodels has no types
    """`MICEData` whose draws are those of Bayesian linear regression."""

    def update(self, vname: str) -> None:
        """One column: draw the regression, then the gaps from it."""
        here, gone = self.ix_obs[vname], self.ix_miss[vname]
        table = self.data.to_numpy(dtype=np.float64)
        at = self.data.columns.get_loc(vname)
        X = np.delete(table, at, axis=1)
        X = np.column_stack([np.ones(len(X)), X - X[here].mean(axis=0)])
        drawn = draw_linear(X[here], table[here, at], X[gone], self.rng)
        self._store_changes(vname, drawn)


def impute(
    table: pd.DataFrame,
    *,
    rng: np.random.Generator,
    tables: int = TABLES,
    rounds: int = ROUNDS,
) -> Iterator[Floats]:
    """`table` (n, k) of numbers, NaN where missing → `tables` arrays (n, k) without gaps.

    Columns that mark regions (0 or 1) go in as they are. Where nothing is missing, each array is
    the table itself. Raises EstimationError: `column_empty` (nothing to learn from), `few_answers`
    (fewer rows with a value than columns), `not_finite`.
    """
    values = table.to_numpy(dtype=np.float64)
    _check(values, list(table.columns))
    gaps = np.isnan(values)
    if not gaps.any():
        return (values.copy() for _ in range(tables))
    return _filled(values, rng, tables, rounds)


def draw_linear(X: Floats, y: Floats, at: Floats, rng: np.random.Generator) -> Floats:
    """New answers at `at` (m, p), of the regression of `y` (n,) on `X` (n, p), n > p: spread and
    coefficients drawn from what the rows leave open, then the answers."""
    n, p = X.shape
    A = X.T @ X
    A[np.diag_indices(p)] *= 1 + RIDGE
    A[np.diag_indices(p)] += np.finfo(float).tiny
    L = np.linalg.cholesky(A)
    b = np.linalg.solve(L.T, np.linalg.solve(L, X.T @ y))
    left = y - X @ b
    spread = np.sqrt(left @ left / rng.chisquare(n - p))
    b = b + spread * np.linalg.solve(L.T, rng.standard_normal(p))
    return np.asarray(at @ b + spread * rng.standard_normal(len(at)))


def _filled(values: Floats, rng: np.random.Generator, tables: int, rounds: int) -> Iterator[Floats]:
    # Names of its own: statsmodels makes a formula of them, though none is ever used.
    frame = pd.DataFrame(values, columns=[f"c{j}" for j in range(values.shape[1])])
    chain = NormalChain(frame, rng=rng)
    for _ in range(tables):
        chain.update_all(rounds)
        yield chain.data.to_numpy(dtype=np.float64, copy=True)


def _check(values: Floats, columns: list[str]) -> None:
    if np.isinf(values).any():
        raise EstimationError("not_finite")
    for column, name in zip(values.T, columns, strict=True):
        known = int(np.sum(~np.isnan(column)))
        if known == 0:
            raise EstimationError("column_empty", column=name)
        if known < len(column) and known <= len(columns):
            raise EstimationError("few_answers", rows=known, least=len(columns) + 1)
