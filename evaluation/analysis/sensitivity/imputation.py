"""Missing values filled in many times over, each time as one of the ways it may have been.

Chained equations: each column with gaps is regressed on all others, and its gaps are drawn from
what that regression expects, its own uncertainty included; round and round. statsmodels' `MICEData`
says where the chain begins and in which order it goes; the draws are Bayesian (proper in Rubin's
sense), of the linear regression, which needs no formula to be parsed and lets scores lie between
the boxes. van Buuren (2018), Flexible Imputation of Missing Data, §3.2; White, Royston & Wood
(2011), Statistics in Medicine 30:377.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from statsmodels.imputation.mice import MICEData

from evaluation.analysis.arrays import Floats, Rows
from evaluation.errors import EstimationError

TABLES = 50
"""How often a table is filled in (statistics.md A.7)."""

ROUNDS = 10
"""Rounds of the chain before the first table that is kept, and between two that are."""

# Added to the cross-products, as a share of each, so that columns that follow from each other can
# be told by what is left of them.
RIDGE = 1e-8

# A direction of which the rows seen hold a smaller share than this is one they say nothing about:
# the mark of a region that lost all its children, a column twice. It gets no part in what is drawn,
# where an error of almost any size would be drawn for it.
UNSEEN = 1e-6


class NormalChain(MICEData):  # type: ignore[misc]  # statsmodels has no types
    """`MICEData` whose draws are those of Bayesian linear regression.

    The library's frame is where the chain begins. It goes on in `rows` (n, 1 + k): a one, then the
    columns from their first means. Of these all cross-products are kept, and corrected for the few
    cells that a step changes, so that a step costs as much as its gaps and not as all children.
    """

    def __init__(self, table: pd.DataFrame, *, rng: np.random.Generator) -> None:
        super().__init__(table, rng=rng)
        began = self.data.to_numpy(dtype=np.float64)
        self.means = began.mean(axis=0)
        self.rows = np.column_stack([np.ones(len(began)), began - self.means])
        self.products = self.rows.T @ self.rows
        self.places = {name: 1 + place for place, name in enumerate(self.data.columns)}

    def update(self, vname: str) -> None:
        """One column: draw the regression on all others, then the gaps from it."""
        at, gone = self.places[vname], self.ix_miss[vname]
        there = self.rows[gone]
        seen = self.products - there.T @ there
        drawn = draw_from(seen, at, there, self.rng)
        change = there.T @ (drawn - there[:, at])
        change[at] = drawn @ drawn - there[:, at] @ there[:, at]
        self.products[:, at] += change
        self.products[at] = self.products[:, at]
        self.rows[gone, at] = drawn

    def filled(self) -> Floats:
        """(n, k), as it stands now; the cross-products are made anew, before digits add up."""
        self.products = self.rows.T @ self.rows
        return np.asarray(self.rows[:, 1:] + self.means)


@dataclass(frozen=True, slots=True, eq=False)
class FilledIn:
    """Filled-in tables, kept as what was filled in: `values` (n, k), NaN where missing, and
    `drawn` (m, gaps), the gaps row by row."""

    values: Floats
    drawn: Floats

    def __len__(self) -> int:
        return len(self.drawn)

    def __iter__(self) -> Iterator[Floats]:
        gaps = np.isnan(self.values)
        for one in self.drawn:
            table = self.values.copy()
            table[gaps] = one
            yield table


def keep(values: Floats, tables: Iterable[Floats]) -> FilledIn:
    """Of `tables`, filled in from a table whose first columns are `values` (n, k)."""
    gaps = np.isnan(values)
    return FilledIn(values, np.array([table[:, : values.shape[1]][gaps] for table in tables]))


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


def draw_from(products: Floats, at: int, gone: Floats, rng: np.random.Generator) -> Floats:
    """New values (m,) in column `at` of the rows `gone` (m, p), of its regression on the others:
    spread and coefficients drawn from what the rows seen leave open, then the values.

    `products` (p, p) are the cross-products of the rows seen, more than p; column 0 is a one.
    """
    others, pairs = _others(len(products), at)
    n, sums = products[0, 0], products[0, others]
    means = sums / n
    means[0] = 0.0
    # From the means of the rows seen, where the constant is apart from everything else.
    raw = products.take(pairs)
    exact = raw - sums[:, None] * (sums / n)
    exact[0, 0] = n
    with_y = products[others, at] - means * products[0, at]
    half = _half_inverse(exact, raw.diagonal())
    b = half.T @ (half @ with_y)
    left = products[at, at] - 2 * b @ with_y + b @ exact @ b
    spread = np.sqrt(max(left, 0.0) / rng.chisquare(n - len(b)))
    b += spread * (half.T @ rng.standard_normal(len(b)))
    slopes = np.zeros(len(products))
    slopes[others] = b
    return np.asarray(gone @ slopes - means @ b + spread * rng.standard_normal(len(gone)))


@cache
def _others(columns: int, at: int) -> tuple[Rows, Rows]:
    """All columns but one, and the places of their cross-products in a table laid out flat."""
    others = np.delete(np.arange(columns), at)
    return others, others[:, None] * columns + others


def _half_inverse(A: Floats, raw: Floats) -> Floats:
    """H (p, p) with H'H the inverse of the cross-products `A` (p, p), but nothing of directions
    that are not seen; `raw` (p,) are A's diagonal before means were taken off."""
    spreads = A.diagonal()
    flat = spreads <= UNSEEN * raw
    if not flat.any():
        ridged = A.copy()
        ridged.flat[:: len(A) + 1] *= 1 + RIDGE
        L = np.linalg.cholesky(ridged)
        if (L.diagonal() ** 2 > UNSEEN * spreads).all():
            return np.linalg.inv(L)
    lengths = np.sqrt(np.where(flat, 1.0, spreads))
    alike = np.where(flat | flat[:, None], 0.0, A / np.outer(lengths, lengths))
    shares, directions = np.linalg.eigh(alike)
    seen = shares > UNSEEN
    size = np.where(seen, 1 / np.sqrt(np.where(seen, shares, 1.0)), 0.0)
    return np.asarray(size[:, None] * directions.T / lengths)


def _filled(values: Floats, rng: np.random.Generator, tables: int, rounds: int) -> Iterator[Floats]:
    gaps = np.isnan(values)
    # The library drops rows of which nothing is known; beside a constant column they stay.
    known = np.column_stack([values, np.ones(len(values))]) if gaps.all(axis=1).any() else values
    # Names of its own: statsmodels makes a formula of them, though none is ever used.
    frame = pd.DataFrame(known, columns=[f"c{j}" for j in range(known.shape[1])])
    chain = NormalChain(frame, rng=rng)
    for _ in range(tables):
        chain.update_all(rounds)
        # What was known comes back to the last digit.
        yield np.where(gaps, chain.filled()[:, : values.shape[1]], values)


def _check(values: Floats, columns: list[str]) -> None:
    if np.isinf(values).any():
        raise EstimationError("not_finite")
    for column, name in zip(values.T, columns, strict=True):
        known = int(np.sum(~np.isnan(column)))
        if known == 0:
            raise EstimationError("column_empty", column=name)
        if known < len(column) and known <= len(columns):
            raise EstimationError("few_answers", rows=known, least=len(columns) + 1)
