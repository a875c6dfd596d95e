"""Whoever reads all the tables: the smallest and the largest value that fit everything shown.

Linear programming over the hidden cells alone (HiGHS). A linear programme may find values that no
whole numbers take: an interval is then wider than what a reader with more patience could get, by
less than one at each end in a single table, where the ends are whole numbers anyway.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evaluation.release.disclosure.tables.system import System

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

TOLERANCE = 1e-6  # of HiGHS, so that 9.9999999 counts as 10


@dataclass(frozen=True, slots=True)
class Secrets:
    """What must not be told, one a row.

    `weights` (secrets, cells): what each counts. `reach`: its interval must go up to this, so that
    nobody can call it small. `width`: the interval must be this wide.
    """

    weights: csr_matrix
    reach: NDArray[np.float64]
    width: NDArray[np.float64]

    def kept(self, tables: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which secrets are safe, where a reader must take each of `tables` for possible."""
        values = np.asarray(self.weights @ tables.T)
        high, low = values.max(axis=1), values.min(axis=1)
        return np.asarray((high >= self.reach - TOLERANCE) & (high - low >= self.width - TOLERANCE))

    def row(self, index: int) -> NDArray[np.float64]:
        return np.asarray(self.weights[[index]].toarray()[0])


class Reader:
    def __init__(self, system: System, hidden: NDArray[np.bool_]) -> None:
        """`hidden` (cells): what is not shown, never-shown cells included."""
        self._system, self._hidden = system, hidden
        part = system.equal[:, np.flatnonzero(hidden)]
        told = -(system.equal @ np.where(hidden, 0.0, system.true))
        said = np.diff(part.indptr) > 0
        self._equal, self._sums = part[np.flatnonzero(said)], told[said]

    def furthest(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """The possible table (cells) in which `weights` sums up highest."""
        from scipy.optimize import Bounds, LinearConstraint, milp  # half a second, once

        table = self._system.true.copy()
        aim = weights[self._hidden]
        rules = [LinearConstraint(self._equal, self._sums, self._sums)] if self._sums.size else []
        found = milp(-aim, constraints=rules, bounds=Bounds(0.0, self._system.ceiling))
        # The truth itself fits and every cell has a ceiling: there is always an answer.
        assert found.status == 0, found.message
        table[self._hidden] = found.x
        return table

    def interval(self, weights: NDArray[np.float64]) -> tuple[int, int]:
        """The least and the most that `weights` can sum up to, in whole numbers."""
        low = float(weights @ self.furthest(-weights))
        high = float(weights @ self.furthest(weights))
        return int(np.ceil(low - TOLERANCE)), int(np.floor(high + TOLERANCE))

    def tell(self, secret: NDArray[np.float64], *, width: bool) -> list[NDArray[np.float64]]:
        """Possible tables at the ends of the interval; the lower end only if a width is asked."""
        return [self.furthest(secret), *([self.furthest(-secret)] if width else [])]
