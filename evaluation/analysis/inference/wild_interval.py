"""The null hypotheses that a wild bootstrap does not reject, found by inverting the test.

With the null hypothesis held at a distance δ below the estimate, the t of a draw obeys

    t*² = (A + δB)² / (f · (C + 2δD + δ²E))

with five numbers a draw, so that p(δ) costs one look at the draws and nothing else. It is a step
function; its outermost crossing of 1 - level is found on a grid and then by bisection. Where it
never falls so low (2/2^5 > .05) the interval has no end, and says so by an infinite one.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, inf

import numpy as np

from evaluation.analysis.arrays import Floats
from evaluation.analysis.inference.wild_draws import Draws
from evaluation.analysis.inference.wild_scores import WildScores

# Two |t| nearer than this, relatively, are one: draws that tie by algebra differ by rounding.
TIE = 1e-9

# In standard errors. Near the estimate p may rise again; far away it only settles.
GRID = (*(0.5 * k for k in range(1, 20)), *(10.0 * 4.0**k for k in range(9)))

# Draws looked at together: five numbers of each stay in the processor's cache.
BLOCK = 8_192

# Halvings of a step of the grid: to 10 digits of the standard error.
HALVINGS = 34


@dataclass(frozen=True, slots=True)
class Interval:
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """What a bootstrap draws: `error` is the sample's own, `spread` the factor of CR1S."""

    scores: WildScores
    drawn: Draws
    error: float
    spread: float


def invert(world: World, value: float, level: float) -> tuple[Interval, Interval]:
    """By the p-value without ties, and with them: the first interval lies within the second."""
    # The rounding of 1 - level must not cost a draw.
    enough = floor((1 - level) * world.drawn.total + 1e-6) + 1
    numbers = _numbers(world)
    below, above = (_ends(world, numbers, enough, side * world.error) for side in (1.0, -1.0))
    strict, inclusive = (
        Interval(value - down, value - up) for down, up in zip(below, above, strict=True)
    )
    return strict, inclusive


def _numbers(world: World) -> Floats:
    """A, B, fC, 2fD, fE of every draw (5, draws)."""
    found = []
    for V in world.drawn.chunks():
        here, more = V @ world.scores.at_estimate.T, V @ world.scores.per_unit.T
        products = [
            factor * world.spread * np.einsum("bg,bg->b", a[:, :-1], b[:, :-1])
            for factor, a, b in ((1, here, here), (2, here, more), (1, more, more))
        ]
        found.append(np.stack([here[:, -1], more[:, -1], *products]))
    return np.concatenate(found, axis=1)


def _ends(world: World, numbers: Floats, enough: int, unit: float) -> list[float]:
    """The farthest distances on one side that are not rejected: without ties, with ties."""
    accepted = [[count >= enough for count in _counts(world, numbers, unit * d)] for d in GRID]
    ends = []
    for ties in (0, 1):
        # The estimate itself is never rejected.
        last = max((k for k, both in enumerate(accepted, 1) if both[ties]), default=0)
        if last == len(GRID):
            ends.append(unit * inf)
            continue
        inner, outer = (0.0, *GRID)[last], GRID[last]
        for _ in range(HALVINGS):
            middle = (inner + outer) / 2
            held = _counts(world, numbers, unit * middle)[ties] >= enough
            inner, outer = (middle, outer) if held else (inner, middle)
        ends.append(unit * inner)
    return ends


def _counts(world: World, numbers: Floats, distance: float) -> tuple[int, int]:
    """Draws whose |t*| is greater than the sample's |t|, and those where it is no smaller."""
    greater = as_large = 0
    for start in range(0, numbers.shape[1], BLOCK):
        A, B, C, D, E = numbers[:, start : start + BLOCK]
        moved = (world.error / distance * A + world.error * B) ** 2
        straight = C + distance**2 * E
        margin = 2 * TIE * straight
        beyond = moved - straight - distance * D
        greater += int(np.count_nonzero(beyond > margin))
        as_large += int(np.count_nonzero(beyond >= -margin))
    drawn = world.drawn
    return drawn.counts * greater, drawn.counts * as_large + drawn.sample
