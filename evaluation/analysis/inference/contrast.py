"""The one number an estimator finds, how sure it is, and by which method that was found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr, stdtrit

from evaluation.analysis.arrays import Floats

POINTS = "points"
LOG_ODDS = "log odds"


@dataclass(frozen=True, slots=True)
class Contrast:
    """`low` to `high` is the interval of `level`; `p_value` is two-sided against `null`. In
    points of the scale, but for the few methods whose `unit` says otherwise."""

    value: float
    standard_error: float
    dof: float
    low: float
    high: float
    p_value: float
    level: float
    null: float
    method: str
    unit: str = POINTS

    @property
    def statistic(self) -> float:
        return (self.value - self.null) / self.standard_error


def by_t(
    value: float, standard_error: float, dof: float, *, level: float, null: float, method: str
) -> Contrast:
    """Interval and p-value by Student's t with `dof` degrees of freedom, whole or not."""
    half_width = t_quantile((1 + level) / 2, dof) * standard_error
    return Contrast(
        value=value,
        standard_error=standard_error,
        dof=dof,
        low=value - half_width,
        high=value + half_width,
        p_value=float(2 * stdtr(dof, -abs(value - null) / standard_error)),
        level=level,
        null=null,
        method=method,
    )


def t_quantile(share: float, dof: float) -> float:
    return float(stdtrit(dof, share))


def t_quantiles(share: float, dof: Floats) -> Floats:
    """(m,), one for each of `dof` (m,)."""
    return np.asarray(stdtrit(dof, share))
