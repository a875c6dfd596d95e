"""Model output and means: shown only where enough children stand behind them.

Regions are counted, never named. An arm's mean needs the minimum cell; a model needs it in both
arms, and residual degrees of freedom beside, or its coefficients are children's own answers.
"""

from __future__ import annotations

from collections.abc import Callable

from evaluation.design import Scale
from evaluation.records.estimates import Estimate
from evaluation.records.opinions import POINTS, Companion
from evaluation.records.planning import Origin
from evaluation.release.disclosure.cells import Cell, Mark, ReleasedNumber
from evaluation.release.disclosure.released import ReleasedCompanion, ReleasedOutcome
from evaluation.release.disclosure.rounding import degrees_of_freedom, mean, model, p_value
from evaluation.release.disclosure.seal import SEAL

RESIDUAL_DOF = 10  # domain.md §3.3

OF_THE_DESIGN = frozenset({"no_baseline", "no_endline", "one_cluster", "regions_per_arm"})
"""Reasons that tell of waves and regions. Every other may tell of a few children ("one group has
fewer than two"), and leaves only where enough of them stand behind it."""

HOMOGENEOUS = frozenset({"no_variation", "no_residual_variation"})
"""Reasons by which a mean is more than a mean: it is what each child answered."""


Rounded = Callable[[float | None], Cell]

ROUNDING: dict[str, Rounded] = {
    "value": model,
    "low": model,
    "high": model,
    "dof": degrees_of_freedom,
    "p_value": p_value,
    "p_adjusted": p_value,
    "standardised": model,
    "smallest_effect": model,
    "baseline_gap": model,
    "p_max_t": p_value,
    "q_sharpened": p_value,
    "intraclass": model,
}

BESIDE: dict[str, tuple[Callable[[Estimate], float | None], Rounded]] = {
    "bootstrap_p": (lambda e: e.wild_bootstrap.p_value if e.wild_bootstrap else None, p_value),
    "bootstrap_low": (lambda e: e.wild_bootstrap.low if e.wild_bootstrap else None, model),
    "bootstrap_high": (lambda e: e.wild_bootstrap.high if e.wild_bootstrap else None, model),
    "permutation_p": (lambda e: e.permutation.p_value if e.permutation else None, p_value),
    "effective_regions": (
        lambda e: e.leverage.effective if e.leverage else None,
        degrees_of_freedom,
    ),
}
"""What is read off the second opinions. The range over regions left out, and how much the
heaviest region carries, tell of single regions: they stay in."""

CHILDREN_BEHIND = {
    "baseline_pilot": "n_pilot",
    "endline_pilot": "n_pilot",
    "baseline_comparison": "n_comparison",
    "endline_comparison": "n_comparison",
}


def protect_outcome(
    estimate: Estimate,
    scale: Scale,
    *,
    minimum: int,
    regressors: int,
    origin: Origin = Origin.UNFROZEN,
) -> ReleasedOutcome:
    """`regressors`: columns of the largest model of the plan, its constant included."""
    shown = _enough(estimate, minimum, regressors)
    reason = estimate.reason if shown or estimate.reason in OF_THE_DESIGN else None
    return ReleasedOutcome(
        outcome=estimate.outcome,
        scale=estimate.scale,
        family=estimate.family,
        estimator=estimate.estimator,
        method=estimate.method,
        adjusted_by=estimate.adjusted_by,
        level=estimate.level,
        hidden=not shown and reason is None,
        reason=reason,
        cautions=estimate.cautions if shown else (),
        smallest_p=p_value(estimate.smallest_p),  # of the design alone: no child is in it
        regions_pilot=estimate.regions_pilot,
        regions_comparison=estimate.regions_comparison,
        verdict=estimate.verdict if shown or reason else None,
        verdict_reasons=estimate.verdict_reasons if shown or reason else (),
        keeps_sign=estimate.left_out.keeps_sign if shown and estimate.left_out else None,
        companions=tuple(_companion(c, shown) for c in estimate.companions),
        origin=origin,
        seal=SEAL,
        **_numbers(estimate, shown),
        **_means(estimate, scale, minimum),
    )


def _numbers(estimate: Estimate, shown: bool) -> dict[str, Cell]:
    own = {name: rounded(getattr(estimate, name)) for name, rounded in ROUNDING.items()}
    beside = {name: rounded(read(estimate)) for name, (read, rounded) in BESIDE.items()}
    return {name: _if_shown(cell, shown) for name, cell in (own | beside).items()}


def _companion(companion: Companion, shown: bool) -> ReleasedCompanion:
    return ReleasedCompanion(
        estimator=companion.estimator,
        points=companion.unit == POINTS,
        value=_if_shown(model(companion.value), shown),
        low=_if_shown(model(companion.low), shown),
        high=_if_shown(model(companion.high), shown),
        p_value=_if_shown(p_value(companion.p_value), shown),
        seal=SEAL,
    )


def _if_shown(cell: Cell, shown: bool) -> Cell:
    return cell if shown or cell is Mark.NOT_AVAILABLE else Mark.CONFIDENTIAL


def _means(estimate: Estimate, scale: Scale, minimum: int) -> dict[str, Cell]:
    alike = estimate.reason in HOMOGENEOUS
    return {
        name: Mark.CONFIDENTIAL
        if alike or getattr(estimate, children) < minimum
        else _mean(getattr(estimate, name), scale)
        for name, children in CHILDREN_BEHIND.items()
    }


def _mean(value: float | None, scale: Scale) -> Cell:
    """A mean at an end of the scale is everybody's answer: homogeneous, so hidden."""
    shown = mean(value)
    at_an_end = isinstance(shown, ReleasedNumber) and not scale.low < shown.value < scale.high
    return Mark.CONFIDENTIAL if at_an_end else shown


def _enough(estimate: Estimate, minimum: int, regressors: int) -> bool:
    n_pilot, n_comparison = estimate.n_pilot, estimate.n_comparison
    residual = n_pilot + n_comparison - regressors
    return min(n_pilot, n_comparison) >= minimum and residual >= RESIDUAL_DOF
