"""Thousands of studies drawn and tested, kept as counts only: memory does not grow with them.

A cell's studies are drawn in blocks, each with a seed of its own that follows from the cell and
the block's number (numpy's SeedSequence), so that the same seed gives the same table whatever
other cells are asked for, in whatever order, on however many processors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import reduce
from itertools import groupby
from math import sqrt

import numpy as np

from evaluation.analysis.arrays import Rows
from evaluation.analysis.calibration.cells import Cell
from evaluation.analysis.calibration.drawing import draw
from evaluation.analysis.calibration.methods import METHODS, drawn, headline, p_values
from evaluation.analysis.verdict import Rules

ALPHA = 0.05
RULES = Rules(alpha=ALPHA)

# In standard deviations: added to find out how often the interval holds it, and leaves out zero.
EFFECT = 0.5

# Some two seconds' work: small enough to share out evenly.
BLOCK = 250


@dataclass(frozen=True, slots=True)
class Block:
    """`draws` studies of `cell`, the `number`-th lot of them."""

    cell: Cell
    number: int
    draws: int
    seed: int


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Of `draws` studies: `answered` and `rejected` (methods,) of a true null; how many of the
    headline's intervals `covered` the effect and `found` it; the sum of its degrees of freedom;
    `allowed` by the limits on regions and degrees of freedom, and `published` rejections of those.
    """

    draws: int
    answered: Rows
    rejected: Rows
    covered: int
    found: int
    allowed: int
    published: int
    dof: float

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            draws=self.draws + other.draws,
            answered=self.answered + other.answered,
            rejected=self.rejected + other.rejected,
            covered=self.covered + other.covered,
            found=self.found + other.found,
            allowed=self.allowed + other.allowed,
            published=self.published + other.published,
            dof=self.dof + other.dof,
        )


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`; nothing of nothing is NaN."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        return self.part / self.whole if self.whole else float("nan")

    @property
    def standard_error(self) -> float:
        """What chance alone does to it in so many studies."""
        return sqrt(self.value * (1 - self.value) / self.whole) if self.whole else float("nan")


@dataclass(frozen=True, slots=True)
class Result:
    """`rejected`: of a true null, one entry a method of METHODS, over the studies it answered.

    `covered` and `found`: the headline's intervals that hold an effect of half a standard
    deviation, and those that leave out zero when there is one. `answered`: studies for which the
    plan's limits allow a number; `published`: rejections of a true null among these.
    """

    cell: Cell
    draws: int
    rejected: tuple[Share, ...]
    covered: Share
    found: Share
    answered: Share
    published: Share
    mean_dof: float


Mapping = Callable[[Callable[[Block], Counts], Iterable[Block]], Iterable[Counts]]


def calibrate(
    cells: Iterable[Cell], *, draws: int, seed: int, mapped: Mapping = map
) -> Iterator[Result]:
    """One result a cell, as soon as it is there; `mapped` may share the blocks out, in order."""
    blocks = [block for cell in cells for block in _blocks(cell, draws, seed)]
    pairs = zip(blocks, mapped(count, blocks), strict=True)
    for cell, lots in groupby(pairs, key=lambda pair: pair[0].cell):
        yield _result(cell, reduce(Counts.__add__, (counts for _, counts in lots)))


def count(block: Block) -> Counts:
    cell = block.cell
    key = (cell.pilot, cell.comparison, round(1e4 * cell.icc), round(1e4 * cell.variance_ratio))
    seeds = np.random.SeedSequence(block.seed, spawn_key=(*key, block.number))
    rng = np.random.default_rng(seeds)
    return reduce(Counts.__add__, (_one(cell, rng) for _ in range(block.draws)))


def _blocks(cell: Cell, draws: int, seed: int) -> Iterator[Block]:
    for number, start in enumerate(range(0, draws, BLOCK)):
        yield Block(cell, number, min(BLOCK, draws - start), seed)


def _one(cell: Cell, rng: np.random.Generator) -> Counts:
    sample = draw(cell, rng)
    p = p_values(drawn(sample, rng))
    moved = replace(sample, endline=sample.endline + EFFECT * sample.pilot)
    contrast = headline(moved, level=1 - ALPHA)
    allowed = (
        min(cell.pilot, cell.comparison) >= RULES.regions_per_arm
        and contrast.dof >= RULES.dof_refuse
    )
    return Counts(
        draws=1,
        answered=np.isfinite(p).astype(np.int64),
        rejected=(p < ALPHA).astype(np.int64),
        covered=int(contrast.low <= EFFECT <= contrast.high),
        found=int(not contrast.low <= 0 <= contrast.high),
        allowed=int(allowed),
        published=int(allowed and p[0] < ALPHA),
        dof=contrast.dof,
    )


def _result(cell: Cell, counts: Counts) -> Result:
    of = zip(counts.rejected, counts.answered, strict=True)
    rejected = tuple(Share(int(part), int(whole)) for part, whole in of)
    assert len(rejected) == len(METHODS)
    return Result(
        cell=cell,
        draws=counts.draws,
        rejected=rejected,
        covered=Share(counts.covered, counts.draws),
        found=Share(counts.found, counts.draws),
        answered=Share(counts.allowed, counts.draws),
        published=Share(counts.published, counts.allowed),
        mean_dof=counts.dof / counts.draws,
    )
