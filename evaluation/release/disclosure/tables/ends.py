"""How near a reader comes to any hidden cell: the width of the narrowest interval, exactly.

Tables that a reader must take for possible are collected; where they lie far enough apart in a
cell, its interval need not be worked out to know that it is not the narrowest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from evaluation.release.disclosure.tables.reader import TOLERANCE, Reader
from evaluation.release.disclosure.tables.system import System

if TYPE_CHECKING:
    from numpy.typing import NDArray


def narrowest_of(system: System, hidden: NDArray[np.bool_]) -> int | None:
    """In children; None where nothing is hidden."""
    reader = Reader(system, (hidden | system.never) & ~system.fixed)
    low, high = system.true.copy(), system.true.copy()
    left = hidden & ~system.fixed
    best = np.inf
    while (near := left & (high - low < best)).any():
        count = int(near.sum())
        if np.isfinite(best):
            for sign in (1.0, -1.0):
                _take_in(reader.furthest(np.where(near, sign, 0.0)), low, high)
            if int((left & (high - low < best)).sum()) < count:
                continue
        cell = int(np.flatnonzero(near)[np.argmin((high - low)[near])])
        for table in reader.tell(np.eye(1, len(low), cell)[0], width=True):
            _take_in(table, low, high)
        left[cell] = False
        best = min(best, np.floor(high[cell] + TOLERANCE) - np.ceil(low[cell] - TOLERANCE))
    return int(best) if np.isfinite(best) else None


def _take_in(
    table: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64]
) -> None:
    np.minimum(low, table, out=low)
    np.maximum(high, table, out=high)
