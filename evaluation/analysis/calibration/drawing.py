"""One study without an effect, as few regions make it: 10 to 60 children each, two waves.

Child and region each have a part in both waves, correlated by .6; all variances of a child's score
sum to one in the comparison arm, so that effects are in standard deviations.
"""

from __future__ import annotations

import numpy as np

from evaluation.analysis.arrays import Floats
from evaluation.analysis.calibration.cells import Cell
from evaluation.analysis.sample import Sample

CHILDREN = (10, 60)
BETWEEN_WAVES = 0.6


def draw(cell: Cell, rng: np.random.Generator) -> Sample:
    """A sample whose true effect is zero, with one covariate that explains nothing."""
    G = cell.pilot + cell.comparison
    region = np.repeat(np.arange(G), rng.integers(CHILDREN[0], CHILDREN[1] + 1, size=G))
    n = len(region)
    spread = np.where(np.arange(G) < cell.pilot, cell.icc * cell.variance_ratio, cell.icc) ** 0.5
    scores = spread[region, None] * _two_waves(G, rng)[region]
    scores += (1 - cell.icc) ** 0.5 * _two_waves(n, rng)
    return Sample(
        respondents=np.arange(n).astype(object),
        regions=region.astype(object),
        pilot=region < cell.pilot,
        baseline=scores[:, 0],
        endline=scores[:, 1],
        covariates=rng.standard_normal((n, 1)),
        covariate_names=("noise",),
    )


def _two_waves(n: int, rng: np.random.Generator) -> Floats:
    """(n, 2) standard normals with the correlation between waves."""
    first, second = rng.standard_normal((2, n))
    second = BETWEEN_WAVES * first + (1 - BETWEEN_WAVES**2) ** 0.5 * second
    return np.column_stack([first, second])
