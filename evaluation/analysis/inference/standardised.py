"""Differences in standard deviations: what the baseline rule and readers of other studies use."""

from __future__ import annotations

import numpy as np

from evaluation.analysis.arrays import Floats


def standardised_gap(pilot: Floats, comparison: Floats) -> float | None:
    """Difference of means by the pooled SD, as in the What Works Clearinghouse rule.

    None where it is not defined: an arm of fewer than two, or no spread at all.
    """
    if min(len(pilot), len(comparison)) < 2:
        return None
    squares = sum(float(np.sum((arm - arm.mean()) ** 2)) for arm in (pilot, comparison))
    spread = np.sqrt(squares / (len(pilot) + len(comparison) - 2))
    return float((pilot.mean() - comparison.mean()) / spread) if spread > 0 else None


def in_standard_deviations(value: float, comparison: Floats) -> float | None:
    """`value` by the SD of `comparison`, the arm that nothing was done to (Glass's Δ)."""
    spread = float(np.std(comparison, ddof=1)) if len(comparison) > 1 else 0.0
    return value / spread if spread > 0 else None
