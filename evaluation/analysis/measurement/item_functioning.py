"""Does a question mean the same to two groups? Ordinal logistic regression on the same total.

A question works differently where children of the same total answer it differently by group: by a
step (uniform) or by more the higher the total (not uniform). Three models are compared: total;
and group; and their product. Flagged only where the test is under alpha and the difference is
large enough to matter: with many children every question differs. Zumbo (1999); Choi, Gibbons &
Crane (2011), Journal of Statistical Software 39(8); Jodoin & Gierl (2001), Applied Measurement in
Education 14:329. Power is low: with 100 children a group only large differences show.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from evaluation.analysis.arrays import Flags, Floats
from evaluation.analysis.inference.ordered_fit import OrderedFit, fit_ordered
from evaluation.analysis.measurement.consistency import complete
from evaluation.errors import EstimationError

ALPHA = 0.01
LARGE = 0.02  # of McFadden's R²


@dataclass(frozen=True, slots=True)
class Step:
    """From one model to a larger one: twice the gain in log likelihood, its `p_value` with `dof`
    degrees of freedom, and by how much two pseudo-R² grow."""

    chi_square: float
    dof: int
    p_value: float
    mcfadden: float
    nagelkerke: float


@dataclass(frozen=True, slots=True)
class ItemFunctioning:
    """`uniform`: total → and group; `either`: total → and group and product; `by_total`: the last
    step alone. `group_effect`: log odds of the marked group at the same total. Without these, the
    `reason` (a rule id)."""

    item: str
    uniform: Step | None = None
    either: Step | None = None
    by_total: Step | None = None
    group_effect: float | None = None
    flagged: bool = False
    reason: str | None = None


def item_functioning(
    answers: Floats,
    items: tuple[str, ...],
    group: Flags,
    *,
    total: Floats | None = None,
    alpha: float = ALPHA,
    large: float = LARGE,
) -> tuple[ItemFunctioning, ...]:
    """`answers` (n, k), NaN where there is none; `group` (n,) marks one of two groups; `total`
    (n,) is what children are matched on, their sum of the k answers where it is not given.

    Raises EstimationError where no question can be judged: `one_group`, and what
    `cronbach_alpha` refuses.
    """
    if len({bool(one) for one in group}) < 2:
        raise EstimationError("one_group")
    here = np.isfinite(answers).all(axis=1)
    whole = complete(answers, items)
    matched = whole.sum(axis=1) if total is None else total[here]
    marked = group[here].astype(float)
    if np.ptp(marked) == 0:
        raise EstimationError("one_group")
    return tuple(
        _judged(item, column, matched, marked, alpha=alpha, large=large)
        for item, column in zip(items, whole.T, strict=True)
    )


def _judged(
    item: str, y: Floats, total: Floats, group: Floats, *, alpha: float, large: float
) -> ItemFunctioning:
    columns = {"total": total, "group": group, "product": total * group}
    try:
        fits = [_fit(y, columns, number) for number in (1, 2, 3)]
    except EstimationError as error:
        return ItemFunctioning(item, reason=error.rule)
    uniform, either, by_total = (_step(fits[a], fits[b], y) for a, b in ((0, 1), (0, 2), (1, 2)))
    return ItemFunctioning(
        item,
        uniform=uniform,
        either=either,
        by_total=by_total,
        group_effect=float(fits[1].coefficients[1]),
        flagged=either.p_value < alpha and either.mcfadden >= large,
    )


def _fit(y: Floats, columns: dict[str, Floats], number: int) -> OrderedFit:
    names = tuple(columns)[:number]
    return fit_ordered(np.column_stack([columns[name] for name in names]), y, names)


def _step(small: OrderedFit, large: OrderedFit, y: Floats) -> Step:
    n, null = len(y), _null_deviance(y)
    gained = max(small.deviance - large.deviance, 0.0)
    dof = len(large.columns) - len(small.columns)
    of_small, of_large = (_nagelkerke(fit.deviance, null, n) for fit in (small, large))
    return Step(
        gained, dof, float(chdtrc(dof, gained)), gained / null, max(of_large - of_small, 0.0)
    )


def _null_deviance(y: Floats) -> float:
    """Where only the shares of the answers are known."""
    counts = np.unique(y, return_counts=True)[1]
    return float(-2 * counts @ np.log(counts / len(y)))


def _nagelkerke(deviance: float, null: float, n: int) -> float:
    return float((1 - np.exp((deviance - null) / n)) / (1 - np.exp(-null / n)))
