"""Questions that point the other way, and whose answers somebody has turned already.

They should run against the other questions of their scale. Where they run with them, the sender has
recoded them, and we would turn them back.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.intake.patterns.asked import Asked, Scene


def turned(scene: Scene) -> Asked:
    """An entry a reversed question: `with_the_others`, its correlation with the mean of the
    questions of its scale that are not reversed; NaN where one of the two never varies."""
    names: list[str] = []
    found: list[float] = []
    sizes: list[int] = []
    for scale in scene.study.scales_of(scene.instrument.id):
        straight = tuple(item for item in scale.items if item not in scale.reversed)
        others = scene.grid.of(straight)
        reverse = scene.grid.of(tuple(scale.reversed))
        if not others.questions:
            continue
        given = ~np.isnan(others.values)
        mean = np.nansum(others.values, axis=1) / np.where(given.any(axis=1), given.sum(axis=1), 1)
        for place, question in enumerate(reverse.questions):
            both = given.any(axis=1) & ~np.isnan(reverse.values[:, place])
            names.append(question.name)
            found.append(correlation(reverse.values[both, place], mean[both]))
            sizes.append(int(both.sum()))
    first = scene.judged[:1] if len(scene.judged) else np.zeros(1, dtype=np.int64)
    return Asked(
        {"with_the_others": pd.Series(found, dtype="float64")},
        np.repeat(first, len(names)),
        np.array(sizes, dtype=np.int64),
        tuple(names),
    )


def correlation(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Pearson's; NaN where it is not defined."""
    if not len(one):
        return float("nan")
    one, other = one - one.mean(), other - other.mean()
    size = float(np.sqrt((one**2).sum() * (other**2).sum()))
    return float((one * other).sum()) / size if size else float("nan")
