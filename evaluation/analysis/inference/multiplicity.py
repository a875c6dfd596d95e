"""p-values of outcomes that were asked together, adjusted for having asked several times.

`holm`, `hochberg`, `hommel`, `bonferroni` and `sidak` bound the chance of one false finding;
`fdr_bh` and `fdr_by` the share of false ones among the findings. `sharpened_q` is for
exploring only.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence

import numpy as np

from evaluation.analysis.inference.sharpened_q import sharpened_q

NOT_ADJUSTED = "none"
SHARPENED = "sharpened_q"

LIBRARY = {
    "bonferroni": "bonferroni",
    "sidak": "sidak",
    "holm": "holm",
    "hochberg": "simes-hochberg",
    "hommel": "hommel",
    "fdr_bh": "fdr_bh",
    "fdr_by": "fdr_by",
}
"""The plan's word → statsmodels'."""

METHODS = (*LIBRARY, SHARPENED, NOT_ADJUSTED)


def adjust(p_values: Sequence[float], method: str) -> tuple[float, ...]:
    """`method` as the plan names it: one of METHODS; the adjusted p-values in the same order."""
    assert method in METHODS, method
    if method == NOT_ADJUSTED or not p_values:
        return tuple(p_values)
    if method == SHARPENED:
        return sharpened_q(p_values)
    from statsmodels.stats.multitest import multipletests

    # statsmodels collects garbage in the midst of Holm's; frozen, there is none to look through.
    gc.freeze()
    try:
        # Sidak's 1 - (1-p)^m takes the logarithm of 0 for p = 1, and gives 1 all the same.
        with np.errstate(divide="ignore"):
            adjusted = multipletests(p_values, method=LIBRARY[method])[1]
    finally:
        gc.unfreeze()
    return tuple(float(p) for p in adjusted)
