"""How far several ratings of the same children agree: the six coefficients of Shrout and Fleiss.

Between two waves, ICC(A,1), "ICC2" here, says how stable a score is where nothing was done: in the
comparison arm. Shrout & Fleiss (1979), Psychological Bulletin 86:420; McGraw & Wong (1996),
Psychological Methods 1:30.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import fdtrc, fdtri

from evaluation.analysis.arrays import Floats
from evaluation.errors import EstimationError


@dataclass(frozen=True, slots=True)
class Agreement:
    """`kind`: ICC1 raters by chance, ICC2 a sample of raters, ICC3 these raters; with k, of their
    mean. `F` with its degrees of freedom tests that the targets do not differ."""

    kind: str
    value: float
    low: float
    high: float
    F: float
    between: int
    within: int
    p_value: float


@dataclass(frozen=True, slots=True)
class Squares:
    """Mean squares of `n` targets rated by `k` raters."""

    n: int
    k: int
    targets: float
    raters: float
    inside: float  # between ratings of one target
    left: float  # what neither target nor rater explains


def agreement(ratings: Floats, *, level: float = 0.95) -> tuple[Agreement, ...]:
    """`ratings` (n targets, k raters), finite: ICC1, ICC2, ICC3, ICC1k, ICC2k, ICC3k.

    Raises EstimationError: `not_finite`, `few_answers`, `one_item`, `no_variation`.
    """
    found = squares_of(ratings)
    single = (_one_way(found, level), _two_way(found, level), _fixed(found, level))
    return (*single, *(_of_the_mean(one, found.k) for one in single))


def squares_of(ratings: Floats) -> Squares:
    if not np.isfinite(ratings).all():
        raise EstimationError("not_finite")
    n, k = ratings.shape
    if k < 2:
        raise EstimationError("one_item")
    if n < 3:
        raise EstimationError("few_answers", rows=n, least=3)
    centred = ratings - ratings.mean()
    rows, columns = centred.mean(axis=1), centred.mean(axis=0)
    inside = float(np.sum((centred - rows[:, None]) ** 2))
    left = float(np.sum((centred - rows[:, None] - columns) ** 2))
    if not left > 1e-12 * np.sum(centred**2):
        raise EstimationError("no_variation")
    return Squares(
        n,
        k,
        targets=float(k * rows @ rows / (n - 1)),
        raters=float(n * columns @ columns / (k - 1)),
        inside=inside / (n * (k - 1)),
        left=left / ((n - 1) * (k - 1)),
    )


def _one_way(s: Squares, level: float) -> Agreement:
    value = (s.targets - s.inside) / (s.targets + (s.k - 1) * s.inside)
    return _by_ratio("ICC1", value, s.targets / s.inside, s.n * (s.k - 1), s, level)


def _fixed(s: Squares, level: float) -> Agreement:
    value = (s.targets - s.left) / (s.targets + (s.k - 1) * s.left)
    return _by_ratio("ICC3", value, s.targets / s.left, (s.n - 1) * (s.k - 1), s, level)


def _by_ratio(
    kind: str, value: float, F: float, within: int, s: Squares, level: float
) -> Agreement:
    """The interval of a ratio of two mean squares, carried over."""
    between, share = s.n - 1, (1 + level) / 2
    ratios = F / fdtri(between, within, share), F * fdtri(within, between, share)
    low, high = (float((ratio - 1) / (ratio + s.k - 1)) for ratio in ratios)
    p_value = float(fdtrc(between, within, F))
    return Agreement(kind, value, low, high, F, between, within, p_value)


def _two_way(s: Squares, level: float) -> Agreement:
    """Absolute agreement of one rating; its interval is Satterthwaite's (McGraw & Wong)."""
    n, k = s.n, s.k
    value = (s.targets - s.left) / (s.targets + (k - 1) * s.left + k * (s.raters - s.left) / n)
    ratio = s.raters / s.left
    own = n * (1 + (k - 1) * value) - k * value
    freedom = (k - 1) * (n - 1) * (k * value * ratio + own) ** 2
    freedom /= (n - 1) * k**2 * value**2 * ratio**2 + own**2
    upper, lower = (
        float(fdtri(*pair, (1 + level) / 2)) for pair in ((n - 1, freedom), (freedom, n - 1))
    )
    others = k * s.raters + (k * n - k - n) * s.left
    low = n * (s.targets - upper * s.left) / (upper * others + n * s.targets)
    high = n * (lower * s.targets - s.left) / (others + n * lower * s.targets)
    F, between, within = s.targets / s.left, n - 1, (n - 1) * (k - 1)
    return Agreement("ICC2", value, low, high, F, between, within, float(fdtrc(between, within, F)))


def _of_the_mean(one: Agreement, k: int) -> Agreement:
    """Spearman and Brown: k ratings instead of one."""
    value, low, high = (k * x / (1 + (k - 1) * x) for x in (one.value, one.low, one.high))
    return Agreement(f"{one.kind}k", value, low, high, one.F, one.between, one.within, one.p_value)
