"""The likelihood of ordered answers, and its exact first and second derivatives.

P(answer <= k) = F(τ_k - x'β), F logistic or normal (McCullagh 1980, JRSS B 42:109). statsmodels'
`OrderedModel` is the model; it knows its derivatives only by differences, which costs half a
second for a scale of 17 values and the last digits of its errors.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import expit, logit, ndtr, ndtri
from statsmodels.miscmodels.ordinal_model import OrderedModel

from evaluation.analysis.arrays import Floats, Rows


class Link(StrEnum):
    LOGIT = "logit"
    PROBIT = "probit"


# No answer is impossible; as in statsmodels, which adds it before the logarithm.
IMPOSSIBLE = 1e-20


@dataclass(frozen=True, slots=True, eq=False)
class Derivatives:
    """Of θ = (β, τ), p + K - 1 of them: `slope`, and `information` = -Hessian. `up` and `down`
    (n,) are each row's slope in its upper and (turned) its lower bound; all else follows from
    these, so that no matrix has a row for every child and a column for every threshold."""

    log_likelihood: float
    slope: Floats
    information: Floats
    up: Floats
    down: Floats


def derivatives(theta: Floats, codes: Rows, X: Floats, link: Link) -> Derivatives:
    """`codes` (n,) from 0 to K-1, `X` (n, p) without a constant."""
    p = X.shape[1]
    K = len(theta) - p + 1
    top, bottom, along = codes == K - 1, codes == 0, X @ theta[:p]
    # The outermost bounds are infinite: any number stands for them, and its part is left out.
    cuts = np.concatenate([[0.0], theta[p:], [0.0]])
    u, low = cuts[codes + 1] - along, cuts[codes] - along
    probability = np.where(top, 1.0, _share(u, link)) - np.where(bottom, 0.0, _share(low, link))
    probability = np.maximum(probability, 0) + IMPOSSIBLE
    up = np.where(top, 0.0, _density(u, link)) / probability
    down = np.where(bottom, 0.0, _density(low, link)) / probability
    upper, lower = up * (_bend(u, link) - up), -down * (_bend(low, link) + down)
    return Derivatives(
        log_likelihood=float(np.log(probability).sum()),
        slope=np.append((down - up) @ X, _by_threshold(codes, up, -down, K)),
        information=-_hessian(codes, X, upper, lower, up * down, K),
        up=up,
        down=down,
    )


def _hessian(codes: Rows, X: Floats, upper: Floats, lower: Floats, mixed: Floats, K: int) -> Floats:
    """From each row's second derivatives in its upper bound, its lower bound, and both."""
    p = X.shape[1]
    hessian = np.zeros((p + K - 1, p + K - 1))
    hessian[:p, :p] = X.T @ ((upper + lower + 2 * mixed)[:, None] * X)
    for j, column in enumerate(X.T):
        across = -_by_threshold(codes, column * (upper + mixed), column * (lower + mixed), K)
        hessian[j, p:] = hessian[p:, j] = across
    at = np.arange(p, p + K - 1)
    hessian[at, at] = _by_threshold(codes, upper, lower, K)
    # Neighbouring thresholds meet in the rows between them.
    hessian[at[:-1], at[1:]] = hessian[at[1:], at[:-1]] = np.bincount(codes, mixed, K)[1:-1]
    return hessian


def _by_threshold(codes: Rows, as_upper: Floats, as_lower: Floats, K: int) -> Floats:
    """Sums over the rows that have a threshold above them, and over those that have it below."""
    return np.asarray(np.bincount(codes, as_upper, K)[:-1] + np.bincount(codes, as_lower, K)[1:])


class ExactOrderedModel(OrderedModel):  # type: ignore[misc]  # statsmodels has no types
    """`OrderedModel` with its gradient in closed form."""

    def __init__(self, codes: Rows, X: Floats, link: Link) -> None:
        super().__init__(codes, X, distr=str(link))
        self.link = link

    def score(self, params: Floats) -> Floats:
        p, size = self.k_vars, len(params)
        theta = np.append(params[:p], self.transform_threshold_params(params)[1:-1])
        raw = derivatives(theta, self.endog, self.exog, self.link).slope
        # Thresholds are sums of a_1, exp(a_2), …: dτ_j/da_1 = 1, dτ_j/da_i = exp(a_i) for i <= j.
        steps = np.append(1.0, np.exp(params[p + 1 :]))
        return np.append(raw[:p], np.tril(np.ones((size - p, size - p)) * steps).T @ raw[p:])

    def maximised(self, theta: Floats) -> Floats:
        """From θ = (β, τ) at the top the optimiser has nothing left to do, and says the same."""
        p = self.k_vars
        start = np.append(theta[: p + 1], np.log(np.diff(theta[p:])))
        # It cannot tell that it stands at the top already, and would warn.
        found = self.fit(
            start_params=start, method="bfgs", disp=0, skip_hessian=True, warn_convergence=False
        ).params
        return np.append(found[:p], self.transform_threshold_params(found)[1:-1])


def without_columns(codes: Rows, p: int, link: Link) -> Floats:
    """θ where no column tells anything: the thresholds cut off the shares that were answered."""
    share = np.cumsum(np.bincount(codes))[:-1] / len(codes)
    return np.append(np.zeros(p), logit(share) if link is Link.LOGIT else ndtri(share))


def _share(at: Floats, link: Link) -> Floats:
    return np.asarray(expit(at) if link is Link.LOGIT else ndtr(at))


def _density(at: Floats, link: Link) -> Floats:
    if link is Link.LOGIT:
        return np.asarray(expit(at) * expit(-at))
    return np.asarray(np.exp(-(at**2) / 2) / np.sqrt(2 * np.pi))


def _bend(at: Floats, link: Link) -> Floats:
    """The slope of the density's logarithm."""
    return 1 - 2 * expit(at) if link is Link.LOGIT else -at
