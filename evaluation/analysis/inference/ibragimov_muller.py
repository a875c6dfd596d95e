"""The t statistic of region means with the fewest degrees of freedom that can be defended.

With one number a region and arms of unequal spread, Welch's t with min(G1, G0) - 1 degrees of
freedom keeps its level at every usual one, whatever the spreads. Ibragimov & Müller (2016),
Review of Economics and Statistics 98:83; conservative (1 to 3 % at 5 % in this design).
"""

from __future__ import annotations

import numpy as np

from evaluation.analysis.arrays import Floats
from evaluation.analysis.inference.contrast import Contrast, by_t


def ibragimov_muller(pilot: Floats, comparison: Floats, *, level: float = 0.95) -> Contrast:
    """`pilot` (G1,) and `comparison` (G0,): one number a region, two regions or more an arm."""
    value = float(pilot.mean() - comparison.mean())
    squares = sum(float(arm.var(ddof=1)) / len(arm) for arm in (pilot, comparison))
    dof = min(len(pilot), len(comparison)) - 1
    return by_t(
        value, float(np.sqrt(squares)), dof, level=level, null=0.0, method="Ibragimov-Müller"
    )
