"""Columns of single rows that nobody typed: answers in a line, twins, the region of the code."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.intake.answered import Grid
from evaluation.intake.patterns.asked import Asked, Scene, by_row
from evaluation.records.codes import CODE

FEWEST_ANSWERS = 2
GAP = -1
HALF = 0.5
"""Two forms that are mostly empty are alike without having been copied."""


def rows(scene: Scene, names: frozenset[str]) -> Asked:
    """A row a judged row; columns that the file has not are left out."""
    found = {n: MADE[n](scene) if n in MADE else scene.column(n) for n in sorted(names)}
    return by_row(scene, {name: column for name, column in found.items() if column is not None})


def longest_line(grid: Grid) -> NDArray[np.int64]:
    """The most questions in a row with the same answer, or counting 1-2-3-4-5-1 up or down."""
    count, questions = grid.values.shape
    if not questions or grid.line < FEWEST_ANSWERS:
        return np.zeros(count, dtype=np.int64)
    steps = np.mod(np.diff(grid.values, axis=1), grid.line)  # NaN beside a gap: breaks the line
    even = np.isin(steps, (0, 1, grid.line - 1))
    longest = run = np.zeros(count, dtype=np.int64)
    for place in range(questions - 1):
        goes_on = steps[:, place] == steps[:, max(place - 1, 0)]
        run = np.where(even[:, place], np.where(goes_on, run, 0) + 1, 0)
        longest = np.maximum(longest, run)
    return np.asarray(longest + 1, dtype=np.int64)


def alike(grid: Grid) -> NDArray[np.float64]:
    """How many other rows answer every question the same; NaN where too little is answered."""
    if not grid.values.size:
        return np.full(len(grid.values), np.nan)
    marks = np.where(grid.declined, GAP - 1, np.nan_to_num(grid.values, nan=GAP)).astype(np.int16)
    which, _ = pd.factorize(np.array([row.tobytes() for row in marks], dtype=object))
    others = (np.bincount(which) - 1)[which].astype(np.float64)
    answered = (~np.isnan(grid.values)).mean(axis=1)
    return np.where(answered >= HALF, others, np.nan)


def code_region(scene: Scene) -> pd.Series | None:
    """The region that issued the child's code, under the name that its row's region has today."""
    codes, regions = scene.column("respondent"), scene.column("region")
    assert codes is not None and regions is not None
    prefixes = codes.where(codes.str.fullmatch(CODE.pattern).fillna(False).astype(bool)).str[:2]
    known = scene.study.regions
    parent = regions.map({code: region.predecessor for code, region in known.items()})
    return prefixes.where(prefixes != parent, regions)


def earlier_waves(scene: Scene) -> pd.Series | None:
    """How many answers of earlier waves are known of the child.

    Missing where there are no earlier answers of anybody in the file: then nothing was collected,
    or has not come yet.
    """
    people, waves = scene.column("respondent"), scene.column("wave")
    assert people is not None and waves is not None
    here = pd.DataFrame({"respondent": people, "wave": pd.to_numeric(waves)})
    others = pd.concat([scene.known[["respondent", "wave"]], here.dropna()]).drop_duplicates()
    first = others.groupby("respondent")["wave"].min()
    earlier = (people.map(first) < here["wave"]).astype("float64")
    comparable = bool((scene.known["wave"] < here["wave"].max()).any()) or bool(earlier.any())
    asked = here["wave"] > min(wave.id for wave in scene.study.waves)
    return earlier.where(asked & people.notna() & comparable)


MADE: dict[str, Callable[[Scene], pd.Series | None]] = {
    "longest_line": lambda scene: pd.Series(longest_line(scene.grid), dtype="float64"),
    "rows_alike": lambda scene: pd.Series(alike(scene.grid)),
    "code_region": code_region,
    "earlier_waves": earlier_waves,
}
"""Columns that expectations/ may name beside the fields of the questionnaire."""
