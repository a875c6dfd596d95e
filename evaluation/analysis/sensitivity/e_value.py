"""The E-value: how strongly an unseen cause must go with both the arm and the outcome.

As a risk ratio, for readers who know those; of a difference in standard deviations through
RR = exp(.91 d). VanderWeele & Ding (2017), Annals of Internal Medicine 167:268.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, sqrt

from evaluation.errors import EstimationError

LOG_RISK_PER_DEVIATION = 0.91


@dataclass(frozen=True, slots=True)
class EValue:
    """`point` for the estimate, `limit` for the end of the interval nearer to no effect: 1 where
    the interval holds it."""

    risk_ratio: float
    point: float
    limit: float


def e_value(risk_ratio: float, low: float, high: float) -> EValue:
    """Of a risk ratio and its interval. Raises EstimationError `not_finite` unless all are above
    zero and the interval holds the ratio."""
    if not 0 < low <= risk_ratio <= high < float("inf"):
        raise EstimationError("not_finite")
    nearer = low if risk_ratio >= 1 else high
    inside = low <= 1 <= high
    return EValue(risk_ratio, _of(risk_ratio), 1.0 if inside else _of(nearer))


def e_value_of_difference(deviations: float, low: float, high: float) -> EValue:
    """Of a difference in standard deviations, with its interval."""
    return e_value(*(exp(LOG_RISK_PER_DEVIATION * d) for d in (deviations, low, high)))


def _of(ratio: float) -> float:
    above = ratio if ratio >= 1 else 1 / ratio
    return above + sqrt(above * (above - 1))
