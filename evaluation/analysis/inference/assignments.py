"""Every choice of as many pilot regions as there were: the observed one first, then the others."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations
from math import comb

import numpy as np

from evaluation.analysis.arrays import Flags

# The 705,432 choices of 11 among 22 regions take a second and 80 MB.
MOST = 2**20


def enumerable(pilot: Flags) -> bool:
    return comb(len(pilot), int(pilot.sum())) <= MOST


def assignments(pilot: Flags, *, draws: int, rng: np.random.Generator | None) -> Flags:
    """(P, G) from the observed `pilot` (G,), or `draws` by lot from `rng` where there are too many.

    The observed choice counts among those drawn (Phipson & Smyth 2010), so that p is never zero.
    """
    if enumerable(pilot):
        others = _every(len(pilot), int(pilot.sum()))
        return np.vstack([pilot, others[(others != pilot).any(axis=1)]])
    assert rng is not None, "there are too many choices of regions: pass a generator to draw from"
    return np.vstack([pilot, rng.permuted(np.tile(pilot, (draws, 1)), axis=1)])


def _every(G: int, G1: int) -> Flags:
    chosen = np.fromiter(_places(G, G1), dtype=np.int64, count=comb(G, G1) * G1)
    flags = np.zeros((comb(G, G1), G), dtype=bool)
    np.put_along_axis(flags, chosen.reshape(len(flags), G1), True, axis=1)
    return flags


def _places(G: int, G1: int) -> Iterator[int]:
    return chain.from_iterable(combinations(range(G), G1))
