"""p-values of outcomes that were asked together, adjusted for having asked several times."""

from __future__ import annotations

from collections.abc import Sequence

NOT_ADJUSTED = "none"


def adjust(p_values: Sequence[float], method: str) -> tuple[float, ...]:
    """`method` as the plan names it: `holm`, `fdr_bh`, or `none`."""
    if method == NOT_ADJUSTED or not p_values:
        return tuple(p_values)
    from statsmodels.stats.multitest import multipletests

    return tuple(float(p) for p in multipletests(p_values, method=method)[1])
