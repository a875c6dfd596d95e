"""For exploring many outcomes: the smallest false discovery rate at which each would be found.

Benjamini, Krieger & Yekutieli (2006), Biometrika 93:491, in two stages: what is rejected at
q/(1+q) tells how many hypotheses may be true, and the second stage uses it. Anderson (2008), JASA
103:1481, asks it of every q from .001 to 1 in steps of .001. statsmodels' `fdr_tsbky` takes the
first stage from one alpha and is not this table.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evaluation.analysis.arrays import Floats, Rows

STEPS = 1000


def sharpened_q(p_values: Sequence[float]) -> tuple[float, ...]:
    """In the order of `p_values`; 1 for what is found at no q. Exploratory, never a headline."""
    p = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(p, kind="stable")
    q = np.arange(1, STEPS + 1) / STEPS
    found = _found(p[order], q)
    # The rank's q is the first at which at least so many are found.
    ranks = np.arange(1, len(p) + 1)
    reached = found[:, None] >= ranks
    sharpened = np.where(reached.any(axis=0), q[reached.argmax(axis=0)], 1.0)
    back = np.empty_like(sharpened)
    back[order] = sharpened
    return tuple(float(value) for value in back)


def _found(ordered: Floats, q: Floats) -> Rows:
    """How many of the m p-values are rejected at each q, in two stages."""
    m = len(ordered)
    first = q / (1 + q)
    rejected = _step_up(ordered, first)
    true = np.maximum(m - rejected, 1)
    return np.where(rejected == m, m, _step_up(ordered, first * m / true))


def _step_up(ordered: Floats, levels: Floats) -> Rows:
    """Benjamini and Hochberg's: the largest rank i with p_(i) <= level · i/m."""
    ranks = np.arange(1, len(ordered) + 1)
    passed = ordered <= levels[:, None] * ranks / len(ordered)
    return np.asarray((passed * ranks).max(axis=1, initial=0))
