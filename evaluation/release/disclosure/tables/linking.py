"""Which tables count the same children: those that share a variable, or the same grand total.

Tables of the same two variables are layers (a table a wave, a table an arm). They add up where
one of them is the table of everybody: called a total, or last and the sum of the others.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evaluation.release.disclosure.tables.grid import Grid, is_total

Linked = tuple[Grid, str, str | None]
"""The table, whom it counts, and which layer of them (None: all of them)."""


def linked(grids: Sequence[Grid], totals: str | None) -> list[Linked]:
    groups: dict[object, list[int]] = {}
    for index, grid in enumerate(grids):
        groups.setdefault(grid.variables, []).append(index)
    layers: dict[int, str | None] = dict.fromkeys(range(len(grids)))
    apart: set[int] = set()
    for members in groups.values():
        if len(members) > 1:
            whole = _whole([grids[i] for i in members], totals)
            layers |= {i: grids[i].name for n, i in enumerate(members) if n != whole}
            apart |= set(members) if whole is None else set()
    whom = _populations(grids, apart)
    return [(grid, whom[index], layers[index]) for index, grid in enumerate(grids)]


def _whole(layers: Sequence[Grid], totals: str | None) -> int | None:
    """The place of the table of everybody among the layers; None: each stands for itself."""
    named = [n for n, grid in enumerate(layers) if is_total(grid.name, totals)]
    if named:
        return named[0]
    *parts, last = layers
    alike = {(grid.rows, grid.columns) for grid in layers}
    if len(alike) == 1 and np.array_equal(sum(grid.counts for grid in parts), last.counts):
        return len(parts)
    return None


def _populations(grids: Sequence[Grid], apart: set[int]) -> dict[int, str]:
    """Layers without a table of everybody share no total with anything."""
    whom = {i: grid.name if i in apart else str(i) for i, grid in enumerate(grids)}
    together = [i for i in range(len(grids)) if i not in apart]
    for later in together:
        for earlier in together[: together.index(later)]:
            a, b = grids[earlier], grids[later]
            if a.variables & b.variables or a.total == b.total:
                old, new = whom[later], whom[earlier]
                whom = {i: new if name == old else name for i, name in whom.items()}
    return whom
