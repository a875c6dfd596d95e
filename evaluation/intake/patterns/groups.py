"""Rows that belong together (of one interviewer, of one site) as one entry: how alike they are.

Which field they are grouped by, and which one is looked at, is said in expectations/.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.intake.patterns.asked import Asked, Scene

NEAREST_FIVE = 5


def groups(scene: Scene, names: frozenset[str], *, by: str, of: str | None) -> Asked | None:
    """None where the file has no such columns. Groups come in the order of their first rows."""
    labels = scene.texts(by)
    looked_at = scene.column(of) if of else None
    if labels is None or (of and looked_at is None):
        return None
    codes, _ = pd.factorize(labels)
    if looked_at is not None:
        codes = np.where(looked_at.notna(), codes, -1)  # who has no such answer is not counted
    kept = np.flatnonzero(codes >= 0)
    codes, first = _renumbered(codes[kept])
    sizes = np.bincount(codes, minlength=len(first)).astype(np.int64)
    values = None if looked_at is None else looked_at.to_numpy()[kept]
    made = {name: _made(scene, name, codes, kept, values, sizes) for name in names}
    columns = {name: pd.Series(column, dtype="float64") for name, column in made.items()}
    return Asked(columns, scene.judged[kept[first]], sizes)


def _renumbered(codes: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Groups numbered without gaps, and the first place of each."""
    _, first, numbers = np.unique(codes, return_index=True, return_inverse=True)
    return numbers.astype(np.int64), first.astype(np.int64)


def _made(
    scene: Scene,
    name: str,
    codes: NDArray[np.int64],
    kept: NDArray[np.int64],
    values: NDArray[np.generic] | None,
    sizes: NDArray[np.int64],
) -> NDArray[np.float64]:
    if name == "spread":
        return spread(scene.grid.values[kept], codes, len(sizes))
    if name == "declined":
        return shares(scene.grid.declined[kept], codes, len(sizes))
    assert values is not None, f"{name} looks at a field: say which one in meta.of"
    if name == "most_alike":
        return most_alike(values, codes, len(sizes))
    assert name == "round_numbers", f"expectations/ asks groups for {name}, which nobody counts"
    rounded = np.mod(values.astype(np.float64), NEAREST_FIVE) == 0
    return shares(rounded[:, None], codes, len(sizes))


def spread(
    values: NDArray[np.float64], codes: NDArray[np.int64], groups: int
) -> NDArray[np.float64]:
    """How much a question's answers differ within a group (standard deviation, in steps of the
    answer line), averaged over the questions; NaN where nothing was answered."""
    columns = []
    for answers in values.T:
        given = ~np.isnan(answers)
        count = np.bincount(codes[given], minlength=groups)
        total = np.bincount(codes[given], answers[given], minlength=groups)
        squares = np.bincount(codes[given], answers[given] ** 2, minlength=groups)
        count = np.where(count > 0, count, np.nan)
        columns.append(np.sqrt(np.maximum(squares / count - (total / count) ** 2, 0.0)))
    found = np.array(columns).reshape(len(columns), groups)
    asked = (~np.isnan(found)).sum(axis=0)
    return np.asarray(np.nansum(found, axis=0) / np.where(asked > 0, asked, np.nan))


def shares(marked: NDArray[np.bool_], codes: NDArray[np.int64], groups: int) -> NDArray[np.float64]:
    """The share of a group's cells that are marked."""
    cells = np.bincount(codes, minlength=groups) * marked.shape[1]
    found = np.bincount(codes, marked.sum(axis=1), minlength=groups)
    return np.asarray(found / np.where(cells > 0, cells, np.nan))


def most_alike(
    values: NDArray[np.generic], codes: NDArray[np.int64], groups: int
) -> NDArray[np.float64]:
    """The most rows of a group that have the same value."""
    numbers, distinct = pd.factorize(values)
    pairs, counts = np.unique(codes * max(len(distinct), 1) + numbers, return_counts=True)
    most = np.zeros(groups)
    np.maximum.at(most, pairs // max(len(distinct), 1), counts)
    return most
