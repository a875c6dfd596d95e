"""Were the arms alike before anything was done? Differences at baseline, in standard deviations.

What Works Clearinghouse: up to .05 the arms are alike; up to .25 an adjustment is trusted; beyond,
none is. Variance ratios far from one warn where means do not (Rubin 2001, Health Services and
Outcomes Research Methodology 2:169).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from evaluation.analysis.arrays import Flags, Floats
from evaluation.analysis.inference.standardised import standardised_gap
from evaluation.errors import EstimationError

ALIKE, TRUSTED = 0.05, 0.25


class Standing(StrEnum):
    ALIKE = "alike"
    ADJUST = "adjust"
    TOO_FAR = "too_far"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Balance:
    """Of one baseline column: treated minus others, `by_treated` SD and `pooled` SD;
    `variance_ratio` treated by others. None where a spread is zero; the `missing` are left out."""

    column: str
    treated: float
    others: float
    by_treated: float | None
    pooled: float | None
    variance_ratio: float | None
    missing: int
    standing: Standing


def balance(
    X: Floats,
    columns: tuple[str, ...],
    treated: Flags,
    *,
    alike: float = ALIKE,
    trusted: float = TRUSTED,
) -> tuple[Balance, ...]:
    """`X` (n, k), NaN where missing. Raises EstimationError `empty_cell` (fewer than two known in
    an arm), `column_empty` (nobody's is known)."""
    return tuple(
        _of(name, column, treated, alike, trusted)
        for name, column in zip(columns, X.T, strict=True)
    )


def standing(gap: float | None, *, alike: float = ALIKE, trusted: float = TRUSTED) -> Standing:
    if gap is None:
        return Standing.UNKNOWN
    if abs(gap) <= alike:
        return Standing.ALIKE
    return Standing.ADJUST if abs(gap) <= trusted else Standing.TOO_FAR


def _of(name: str, column: Floats, treated: Flags, alike: float, trusted: float) -> Balance:
    known = np.isfinite(column)
    if not known.any():
        raise EstimationError("column_empty", column=name)
    first, second = column[known & treated], column[known & ~treated]
    if min(len(first), len(second)) < 2:
        raise EstimationError("empty_cell")
    difference = float(first.mean() - second.mean())
    spreads = (float(first.std(ddof=1)), float(second.std(ddof=1)))
    pooled = standardised_gap(first, second)
    return Balance(
        column=name,
        treated=float(first.mean()),
        others=float(second.mean()),
        by_treated=difference / spreads[0] if spreads[0] > 0 else None,
        pooled=pooled,
        variance_ratio=(spreads[0] / spreads[1]) ** 2 if min(spreads) > 0 else None,
        missing=int(np.sum(~known)),
        standing=standing(pooled, alike=alike, trusted=trusted),
    )
