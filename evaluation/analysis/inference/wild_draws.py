"""The weights of the wild bootstrap: every vector there is where that can be done, else by lot.

A vector and its mirror image give the same |t|, so only those with a positive last weight are
made, and each counts twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from evaluation.analysis.arrays import Floats

# 4,096 draws of 50 weights are 1.6 MB: they stay in the processor's cache.
CHUNK = 4_096


class Weights(Enum):
    """The values a weight can take, one and the other positive ones first; the most vectors."""

    RADEMACHER = (1.0, -1.0), 2**20
    # Webb (2023), Canadian Journal of Economics 56:839: six points, for very few clusters.
    WEBB = (1.0, sqrt(1 / 2), sqrt(3 / 2), -1.0, -sqrt(1 / 2), -sqrt(3 / 2)), 2_000_000

    @property
    def points(self) -> Floats:
        points: tuple[float, ...] = self.value[0]
        return np.array(points)

    def enumerable(self, H: int) -> bool:
        most: int = self.value[1]
        return bool(len(self.points) ** H <= most)


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """`total` vectors of weights, of which each of those in `chunks` (b, H) stands for `counts`.

    `sample` is 1 where the sample itself is counted beside vectors drawn by lot.
    """

    total: int
    counts: int
    sample: int
    exact: bool
    chunks: Callable[[], Iterator[Floats]]


def draws_of(weights: Weights, H: int, *, draws: int, rng: np.random.Generator | None) -> Draws:
    """All vectors of `H` weights, or `draws` by lot from `rng` where there are too many.

    The sample counts among those drawn (Phipson & Smyth 2010), so that p is never zero.
    """
    points = weights.points
    if weights.enumerable(H):
        total = len(points) ** H
        return Draws(total, 2, 0, True, lambda: _every(points, H))
    assert rng is not None, f"{len(points)}^{H} vectors are too many: pass a generator"
    # Kept as bits or small numbers, because the interval goes through the same draws once more.
    if weights is Weights.RADEMACHER:
        bits = rng.integers(0, 256, size=(draws, -(-H // 8)), dtype=np.uint8)
        return Draws(draws + 1, 1, 1, False, lambda: _signs(bits, H))
    drawn = rng.integers(0, len(points), size=(draws, H), dtype=np.uint8)
    return Draws(draws + 1, 1, 1, False, lambda: _chosen(points, drawn))


def _every(points: Floats, H: int) -> Iterator[Floats]:
    base = len(points)
    places = base ** np.arange(H)
    half = base**H // 2
    for start in range(0, half, CHUNK):
        number = np.arange(start, min(start + CHUNK, half))[:, None]
        yield points[number // places % base]


def _signs(bits: NDArray[np.uint8], H: int) -> Iterator[Floats]:
    """+1 for a bit of zero, -1 for a bit of one."""
    for start in range(0, len(bits), CHUNK):
        signs = np.unpackbits(bits[start : start + CHUNK], axis=1, count=H).astype(float)
        signs *= -2.0
        signs += 1.0
        yield signs


def _chosen(points: Floats, drawn: NDArray[np.uint8]) -> Iterator[Floats]:
    for start in range(0, len(drawn), CHUNK):
        yield points[drawn[start : start + CHUNK]]
