"""Is the difference small enough not to matter? Two one-sided tests on the headline's own t.

A p-value above α is no evidence of no effect; only this is. The margin is the plan's, fixed
before the data; with eight regions, margins under about half a standard deviation cannot be
shown at all. Schuirmann (1987), J Pharmacokinet Biopharm 15:657; Lakens (2017), SPPS 8:355.
"""

from __future__ import annotations

from dataclasses import dataclass

from scipy.special import stdtr

from evaluation.analysis.inference.contrast import Contrast, t_quantile
from evaluation.errors import EstimationError


@dataclass(frozen=True, slots=True)
class Equivalence:
    """`p_lower`: against "the difference is -margin or less"; `p_upper`: against "+margin or
    more"; `p_value` the larger. `low` to `high` is the interval of 1-2α, inside the margins
    exactly where `equivalent`. Margin and interval in the contrast's unit."""

    margin: float
    p_lower: float
    p_upper: float
    low: float
    high: float
    alpha: float
    method: str

    @property
    def p_value(self) -> float:
        return max(self.p_lower, self.p_upper)

    @property
    def equivalent(self) -> bool:
        return self.p_value < self.alpha


def equivalence(contrast: Contrast, margin: float, *, alpha: float = 0.05) -> Equivalence:
    """`contrast` with any error and dof; the headline's are CR2 with Satterthwaite's.

    Raises EstimationError `no_margin` unless the margin is above zero.
    """
    if not margin > 0:
        raise EstimationError("no_margin")
    value, error, dof = contrast.value, contrast.standard_error, contrast.dof
    half_width = t_quantile(1 - alpha, dof) * error
    return Equivalence(
        margin=margin,
        p_lower=float(stdtr(dof, -(value + margin) / error)),
        p_upper=float(stdtr(dof, (value - margin) / error)),
        low=value - half_width,
        high=value + half_width,
        alpha=alpha,
        method=f"Two one-sided tests, {contrast.method}",
    )
