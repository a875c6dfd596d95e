"""Do the questions of a scale go together? Cronbach's alpha, and each question's part.

Alpha of few children says little: Feldt's interval says how little. Cronbach (1951), Psychometrika
16:297; Feldt, Woodruff & Salih (1987), Applied Psychological Measurement 11:93; Guttman (1945),
Psychometrika 10:255.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import fdtri

from evaluation.analysis.arrays import Floats
from evaluation.errors import EstimationError

FEWEST = 3
"""Children with every answer, under which nothing can be said of how questions go together."""

# A question whose correlations follow from the others' has no squared multiple correlation.
SINGULAR = 1e-10


@dataclass(frozen=True, slots=True)
class ItemPart:
    """`rest`: correlation with the sum of the other questions; `alpha_without`: alpha of those,
    None where only one
    is left or the others cancel each other."""

    item: str
    rest: float
    alpha_without: float | None


@dataclass(frozen=True, slots=True)
class Consistency:
    """`alpha` of the answers, `low` to `high` Feldt's interval of `level`; `standardised` from
    the `mean_correlation` alone; `guttman_6` from what each question shares with the others (None
    where one follows from the others). `rows` have every answer; others are left out."""

    rows: int
    alpha: float
    low: float
    high: float
    level: float
    standardised: float
    mean_correlation: float
    guttman_6: float | None
    items: tuple[ItemPart, ...]
    method: str = "Cronbach's alpha, Feldt's interval, complete rows"


def cronbach_alpha(answers: Floats, items: tuple[str, ...], *, level: float = 0.95) -> Consistency:
    """`answers` (n, k), all pointing the same way, NaN where there is none; `items` k names.

    Raises EstimationError: `one_item`, `item_unanswered`, `few_answers`, `item_constant`,
    `no_variation` (the questions cancel each other for every child).
    """
    whole = complete(answers, items)
    n, k = whole.shape
    alpha = _alpha(np.cov(whole, rowvar=False))
    R = np.asarray(np.corrcoef(whole, rowvar=False))
    mean = float((R.sum() - k) / (k * (k - 1)))
    freedom = (n - 1, (n - 1) * (k - 1))
    low, high = (
        1 - (1 - alpha) * float(fdtri(*freedom, share))
        for share in ((1 + level) / 2, (1 - level) / 2)
    )
    return Consistency(
        rows=n,
        alpha=alpha,
        low=low,
        high=high,
        level=level,
        standardised=standardised_alpha(R),
        mean_correlation=mean,
        guttman_6=_guttman_6(R),
        items=tuple(_part(whole, j, item) for j, item in enumerate(items)),
    )


def complete(answers: Floats, items: tuple[str, ...]) -> Floats:
    """The rows with every answer, or the rule that says why no scale can be judged by them."""
    if len(items) < 2:
        raise EstimationError("one_item")
    for item, column in zip(items, answers.T, strict=True):
        if not np.isfinite(column).any():
            raise EstimationError("item_unanswered", item=item)
    whole = answers[np.isfinite(answers).all(axis=1)]
    if len(whole) < FEWEST:
        raise EstimationError("few_answers", rows=len(whole), least=FEWEST)
    for item, column in zip(items, whole.T, strict=True):
        if np.ptp(column) == 0:
            raise EstimationError("item_constant", item=item)
    return whole


def standardised_alpha(R: Floats) -> float:
    """Of k questions with the correlations `R` (k, k), as if all had the same spread."""
    k = len(R)
    mean = float((R.sum() - k) / (k * (k - 1)))
    return k * mean / (1 + (k - 1) * mean)


def _alpha(covariance: Floats) -> float:
    k, total = len(covariance), float(covariance.sum())
    if not total > SINGULAR * np.trace(covariance):
        raise EstimationError("no_variation")
    return float(k / (k - 1) * (1 - np.trace(covariance) / total))


def _guttman_6(R: Floats) -> float | None:
    if np.linalg.eigvalsh(R)[0] < SINGULAR:
        return None
    return float(1 - np.sum(1 / np.diag(np.linalg.inv(R))) / R.sum())


def _part(whole: Floats, j: int, item: str) -> ItemPart:
    others = np.delete(whole, j, axis=1)
    rest = others.sum(axis=1)
    if np.ptp(rest) == 0:
        return ItemPart(item, 0.0, None)
    together = float(np.corrcoef(whole[:, j], rest)[0, 1])
    covariance = np.cov(others, rowvar=False)
    return ItemPart(item, together, _alpha(covariance) if others.shape[1] > 1 else None)
