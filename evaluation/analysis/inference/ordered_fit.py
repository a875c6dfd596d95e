"""Proportional odds for ordered answers, with errors by region from the exact scores.

Fitted by statsmodels' `OrderedModel` from columns of mean 0 and spread 1, which is started where
Newton's method ends: alone it takes a hundred looks at the rows and stops some digits short.
Errors by cluster are the sandwich of the scores:
CR0 without a factor, CR1 · G/(G-1), CR1S · G(n-1)/((G-1)(n-k)), k all parameters (statsmodels').
There is no CR2 here: with few regions these errors are too small, which t(G-2) mends in part.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from evaluation.analysis.arrays import Floats, Rows
from evaluation.analysis.inference.cluster_moments import moments_of
from evaluation.analysis.inference.cluster_robust import Formula
from evaluation.analysis.inference.contrast import LOG_ODDS, Contrast, by_t
from evaluation.analysis.inference.least_squares import centred, fit_moments
from evaluation.errors import EstimationError

if TYPE_CHECKING:
    from evaluation.analysis.inference.ordered_likelihood import Derivatives

# Every distinct value costs a threshold; a scale of ten questions has 41 and a few more.
MOST_VALUES = 100

# Information on some direction this small beside a row's: the answers are separated by the
# columns, and the odds have no end.
SEPARATED = 1e-7

# Newton doubles the digits with every step; what has not settled by then never will.
STEPS = 40
CONVERGED = 1e-18

# Of a log likelihood: two nearer than this are one.
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class OrderedFit:
    """p `coefficients` (more = higher answers) and K-1 `thresholds` between the K `values`.

    `covariance` (p+K-1, p+K-1) is the inverse information. Of each row (n,): `codes`, the place
    of its value; `up` and `down`, its score's parts in the thresholds above and below it.
    """

    columns: tuple[str, ...]
    values: tuple[float, ...]
    coefficients: Floats
    thresholds: Floats
    covariance: Floats
    X: Floats
    codes: Rows
    up: Floats
    down: Floats
    log_likelihood: float

    @property
    def deviance(self) -> float:
        return -2 * self.log_likelihood

    @property
    def akaike(self) -> float:
        return self.deviance + 2 * len(self.covariance)

    def score_sums(self, clusters: Rows) -> Floats:
        """The scores' sums (G, p+K-1) over clusters numbered 0 to G-1."""
        G, K = int(clusters.max()) + 1, len(self.values)
        cells = clusters * K + self.codes
        up, down = (np.bincount(cells, part, G * K).reshape(G, K) for part in (self.up, self.down))
        in_columns = (self.down - self.up)[:, None] * self.X
        slopes = [np.bincount(clusters, column, G) for column in in_columns.T]
        return np.column_stack([*slopes, up[:, :-1] - down[:, 1:]])

    def standard_error(self, column: str) -> float:
        """As if rows were independent."""
        at = self.columns.index(column)
        return float(np.sqrt(self.covariance[at, at]))


def fit_ordered(
    X: Floats, y: Floats, columns: tuple[str, ...], *, link: str = "logit"
) -> OrderedFit:
    """`X` (n, p) without a constant, `y` (n,) numbers whose order is meant; `link` also "probit".

    Raises EstimationError: `not_finite`, `collinear`, `no_variation`, `no_residual`,
    `too_many_values`, `separated`.
    """
    slopes = centred(X, y, columns)
    values, places = np.unique(y, return_inverse=True)
    codes = places.astype(np.int64)
    _check(slopes, y, columns, len(values))
    spread = slopes.std(axis=0)
    theta, found = _maximise(codes, slopes / spread, link)
    p = len(columns)
    # Back to the columns as they came: β/spread, τ + mean'β.
    back = np.eye(len(theta))
    back[range(p), range(p)] = 1 / spread
    back[p:, :p] = X.mean(axis=0) / spread
    own = back @ theta
    return OrderedFit(
        columns=columns,
        values=tuple(float(value) for value in values),
        coefficients=own[:p],
        thresholds=own[p:],
        covariance=back @ np.linalg.inv(found.information) @ back.T,
        X=X,
        codes=codes,
        up=found.up,
        down=found.down,
        log_likelihood=found.log_likelihood,
    )


def by_cluster(
    fit: OrderedFit,
    of: str,
    clusters: object,
    *,
    formula: Formula = Formula.CR1S,
    level: float = 0.95,
) -> Contrast:
    """The coefficient of column `of`, with t(G-2); `clusters` (n,) are labels of any kind.

    Raises EstimationError: `regions_per_arm` for fewer than three clusters; `cluster_missing`.
    """
    numbered, labels = pd.factorize(pd.Series(clusters))
    if (numbered < 0).any():
        raise EstimationError("cluster_missing")
    if len(labels) < 3:
        raise EstimationError("regions_per_arm")
    sums = fit.score_sums(numbered)
    (G, k), n = sums.shape, len(numbered)
    factor = {
        Formula.CR0: 1.0,
        Formula.CR1: G / (G - 1),
        Formula.CR1S: G * (n - 1) / ((G - 1) * (n - k)),
    }[formula]
    at = fit.columns.index(of)
    parts = sums @ fit.covariance[at]
    contrast = by_t(
        float(fit.coefficients[at]),
        float(np.sqrt(factor * (parts @ parts))),
        G - 2,
        level=level,
        null=0.0,
        method=f"Proportional odds, {formula}, t(G-2)",
    )
    return replace(contrast, unit=LOG_ODDS)


def _check(slopes: Floats, y: Floats, columns: tuple[str, ...], values: int) -> None:
    if values < 2:
        raise EstimationError("no_variation")
    if values > MOST_VALUES:
        raise EstimationError("too_many_values", values=values, most=MOST_VALUES)
    if len(y) <= len(columns) + values - 1:
        raise EstimationError("no_residual", rows=len(y), columns=len(columns) + values - 1)
    # Refuses columns that follow from the others, by name.
    fit_moments(moments_of(slopes, y, np.zeros(len(y)), columns))


def _maximise(codes: Rows, Z: Floats, link: str) -> tuple[Floats, Derivatives]:
    # Only here, because it brings statsmodels with it.
    from evaluation.analysis.inference.ordered_likelihood import (
        ExactOrderedModel,
        Link,
        derivatives,
        without_columns,
    )

    def look(theta: Floats) -> Derivatives:
        return derivatives(theta, codes, Z, Link(link))

    theta, found = _climb(without_columns(codes, Z.shape[1], Link(link)), look)
    if _left_to_gain(found) > CONVERGED * len(codes):
        raise EstimationError("separated")
    theta = ExactOrderedModel(codes, Z, Link(link)).maximised(theta)
    return theta, look(theta)


def _climb(theta: Floats, look: Callable[[Floats], Derivatives]) -> tuple[Floats, Derivatives]:
    """By Newton's method to the top, or as far as it leads: whether that is the top is judged."""
    found, steps = look(theta), 0
    while steps < STEPS and CONVERGED * len(found.up) < _left_to_gain(found) < np.inf:
        steps += 1
        theta, found = _higher(theta, found, look)
    return theta, found


def _higher(
    theta: Floats, found: Derivatives, look: Callable[[Floats], Derivatives]
) -> tuple[Floats, Derivatives]:
    """A Newton step, halved until it does not lead down: where there is one peak, some does not."""
    step = np.linalg.solve(found.information, found.slope)
    bar = found.log_likelihood - ROUNDING * abs(found.log_likelihood)
    tried = (theta + step / 2**halvings for halvings in count())
    steps = ((at, look(at)) for at in tried)
    return next((at, there) for at, there in steps if there.log_likelihood >= bar)


def _left_to_gain(found: Derivatives) -> float:
    """In log likelihood, by a step of Newton's; without end where some direction has no bend."""
    information, slope = found.information, found.slope
    if np.linalg.eigvalsh(information)[0] < SEPARATED * len(found.up):
        return float("inf")
    return float(slope @ np.linalg.solve(information, slope)) / 2
