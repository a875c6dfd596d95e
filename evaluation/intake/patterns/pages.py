"""A scale that a whole site left empty: the page was not copied, or not typed in."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaluation.intake.patterns.asked import Asked, Scene
from evaluation.intake.patterns.groups import shares


def pages(scene: Scene, *, by: str) -> Asked | None:
    """An entry a group and scale: the share of its cells that are empty, as `empty`."""
    labels = scene.texts(by)
    if labels is None:
        return None
    codes, distinct = pd.factorize(labels)
    kept = np.flatnonzero(codes >= 0)
    first = np.unique(codes[kept], return_index=True)[1]
    sizes = np.bincount(codes[kept], minlength=len(distinct))
    empty, fields = [], []
    for scale in scene.study.scales_of(scene.instrument.id):
        grid = scene.grid.of(scale.items)
        if grid.questions:
            empty.append(shares(grid.empty[kept], codes[kept], len(distinct)))
            fields += [grid.questions[0].name] * len(distinct)
    return Asked(
        {"empty": pd.Series(np.concatenate(empty) if empty else [], dtype="float64")},
        np.tile(scene.judged[kept[first]], len(empty)),
        np.tile(sizes, len(empty)),
        tuple(fields),
    )
