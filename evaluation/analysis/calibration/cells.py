"""What is tried: how many regions in each arm, how alike their children, how unequal the arms.

The designs are those the pilot could have: 2 to 5 pilot regions, 3 to 6 comparison regions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

DESIGNS = ("2v6", "3v3", "3v6", "4v4", "4v6", "5v6")
CORRELATIONS = (0.02, 0.10)

# Twice the variance, and twice the SD as in the published simulations of unequal arms.
VARIANCE_RATIOS = (1.0, 2.0, 4.0)


@dataclass(frozen=True, slots=True)
class Cell:
    """`pilot` and `comparison` regions; `icc` the share of the variance that lies between regions;
    `variance_ratio` how many times the region variance of the comparison arm the pilot arm's is."""

    pilot: int
    comparison: int
    icc: float
    variance_ratio: float

    @property
    def design(self) -> str:
        return f"{self.pilot}v{self.comparison}"


def cell_of(design: str, *, icc: float, variance_ratio: float = 1.0) -> Cell | None:
    """`design` as in "4v6", two regions an arm at least; None where it does not say that."""
    said = re.fullmatch(r"(\d{1,2})v(\d{1,2})", design)
    if said is None or min(int(said[1]), int(said[2])) < 2:
        return None
    return Cell(int(said[1]), int(said[2]), icc, variance_ratio)


def every_cell(designs: Sequence[str] = DESIGNS) -> tuple[Cell, ...]:
    """Of designs that can be read; the others are left out."""
    cells = (
        cell_of(design, icc=icc, variance_ratio=ratio)
        for ratio, design, icc in product(VARIANCE_RATIOS, designs, CORRELATIONS)
    )
    return tuple(cell for cell in cells if cell is not None)
