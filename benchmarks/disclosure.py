"""The gate for contingency tables: a linked set of 20 × 8 × 3, growth with size, the optimum."""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmarks.timing import once
from evaluation.design import Disclosure
from evaluation.release import ReleasedTables, protect
from evaluation.release.disclosure.tables.protection import protect_tables

EXACT = Disclosure(minimum_cell=10, round_counts_to=1)
LIMIT = 10  # seconds


def main() -> None:
    protect(crossed(200, 3, 3))  # what has to be loaded once
    print(f"20 x 8 x 3, linked by all three pairs, or as three layers; the limit is {LIMIT} s")
    for count in (520, 4000, 8000):
        them = children(count, region=20, answer=8, wave=3)
        _told(f"{count} children, three pairs", pairs(them))
        _told(f"{count} children, three layers", layers(them))
        _told(f"{count} children, layers and sum", layers(them, whole=True))
    print("growth of one table")
    for rows, columns in ((5, 4), (10, 4), (10, 8), (20, 8), (40, 8), (40, 16)):
        _told(f"{rows} x {columns}", crossed(rows * columns * 18, rows, columns))
    _against_the_optimum()


def _told(name: str, asked: object) -> None:
    made: list[ReleasedTables] = []
    seconds = once(lambda: made.append(protect(asked, EXACT)))  # type: ignore[call-overload]
    audit = made[0].audit
    print(
        f"{name:34} {seconds:6.2f} s  {audit.cells:4} cells, {audit.primary:4} primary, "
        f"{audit.secondary:3} secondary, narrowest {audit.narrowest}, kept {audit.kept:.0%}",
        flush=True,
    )


def _against_the_optimum() -> None:
    best = cheap = 0
    for seed in range(30):
        table = crossed(350, 5, 4, seed)
        asked = {"minimum": 10, "base": 1, "importance": {}}
        best += protect_tables(table, **asked).audit.secondary  # type: ignore[arg-type]
        cheap += protect_tables(table, **asked, largest=0).audit.secondary  # type: ignore[arg-type]
    print(f"30 tables of 5 x 4: {best} secondary cells at best, {cheap} the cheap way")


def children(count: int, seed: int = 0, **kinds: int) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    return pd.DataFrame(
        {name: draw.choice(k, count, p=draw.dirichlet([4.0] * k)) for name, k in kinds.items()}
    )


def crossed(count: int, rows: int, columns: int, seed: int = 0) -> pd.DataFrame:
    them = children(count, seed, region=rows, answer=columns)
    return pd.crosstab(them.region, them.answer, margins=True)


def pairs(them: pd.DataFrame) -> list[pd.DataFrame]:
    names = (("region", "answer"), ("region", "wave"), ("answer", "wave"))
    return [pd.crosstab(them[a], them[b], margins=True) for a, b in names]


def layers(them: pd.DataFrame, *, whole: bool = False) -> dict[str, pd.DataFrame]:
    every = pd.crosstab(them.region, them.answer, margins=True)
    made = {
        str(wave): pd.crosstab(part.region, part.answer, margins=True).reindex_like(every).fillna(0)
        for wave, part in them.groupby("wave")
    }
    return made | ({"Total": every} if whole else {})
