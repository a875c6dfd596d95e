"""Invented contingency tables, and a second reader of what was released: whole numbers, by MILP."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

EXACT = 1


def children(count: int, seed: int, **kinds: int) -> pd.DataFrame:
    """A row a child; each variable has so many categories, unevenly filled."""
    draw = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            name: draw.choice([f"{name}{n}" for n in range(k)], count, p=draw.dirichlet([3.0] * k))
            for name, k in kinds.items()
        }
    )


def crossed(count: int, seed: int, rows: int, columns: int) -> pd.DataFrame:
    them = children(count, seed, region=rows, answer=columns)
    return pd.crosstab(them.region, them.answer, margins=True)


def counts(frame: pd.DataFrame) -> np.ndarray:
    return frame.to_numpy(float)


class Attacker:
    """Sees one table with its totals in the last row and column, exact numbers and "[c]"."""

    def __init__(self, shown: pd.DataFrame) -> None:
        self.shape = shown.shape
        rows, columns = shown.shape
        where = np.arange(rows * columns).reshape(rows, columns)
        equal = []
        for line in (*where, *where.T):
            row = np.zeros(rows * columns)
            row[line[:-1]], row[line[-1]] = 1, -1
            equal.append(row)
        values = shown.to_numpy().ravel()
        self.low = np.array([0 if v == "[c]" else int(v) for v in values], float)
        self.high = np.array([1e4 if v == "[c]" else int(v) for v in values], float)
        self.equal = LinearConstraint(np.array(equal), 0, 0)

    def interval(self, row: int, column: int) -> tuple[int, int]:
        aim = np.zeros(self.shape)
        aim[row, column] = 1
        ends = []
        for sign in (1, -1):
            found = milp(
                sign * aim.ravel(),
                constraints=[self.equal],
                bounds=Bounds(self.low, self.high),
                integrality=np.ones(aim.size),
            )
            assert found.success, found.message
            ends.append(round(sign * found.fun))
        return ends[0], ends[1]


def pinned(true: pd.DataFrame, shown: pd.DataFrame, minimum: int = 10) -> list[tuple[int, int]]:
    """Small cells that the attacker calls small, and hidden ones that it names to within five."""
    attacker, numbers = Attacker(shown), counts(true)
    found = []
    for place in itertools.product(*map(range, shown.shape)):
        if numbers[place] < minimum or shown.to_numpy()[place] == "[c]":
            low, high = attacker.interval(*place)
            if high - low < 5 or (numbers[place] < minimum and high < minimum):
                found.append(place)
    return found


def primary_only(true: pd.DataFrame, minimum: int = 10) -> pd.DataFrame:
    shown = true.astype(object)
    return shown.mask(true < minimum, "[c]")
