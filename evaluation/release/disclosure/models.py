"""Model output and means: shown only where enough children stand behind them.

Regions are counted, never named. An arm's mean needs the minimum cell; a model needs it in both
arms, and residual degrees of freedom beside, or its coefficients are children's own answers.
"""

from __future__ import annotations

from collections.abc import Callable

from evaluation.design import Scale
from evaluation.records.estimates import Estimate
from evaluation.release.disclosure.cells import Cell, Mark, ReleasedNumber
from evaluation.release.disclosure.released import ReleasedOutcome
from evaluation.release.disclosure.rounding import degrees_of_freedom, mean, model, p_value
from evaluation.release.disclosure.seal import SEAL

RESIDUAL_DOF = 10  # domain.md §3.3

OF_THE_DESIGN = frozenset({"no_baseline", "no_endline", "one_cluster", "regions_per_arm"})
"""Reasons that tell of waves and regions. Every other may tell of a few children ("one group has
fewer than two"), and leaves only where enough of them stand behind it."""

HOMOGENEOUS = frozenset({"no_variation", "no_residual_variation"})
"""Reasons by which a mean is more than a mean: it is what each child answered."""


ROUNDING: dict[str, Callable[[float | None], Cell]] = {
    "value": model,
    "low": model,
    "high": model,
    "dof": degrees_of_freedom,
    "p_value": p_value,
    "p_adjusted": p_value,
    "standardised": model,
    "smallest_effect": model,
    "baseline_gap": model,
}

CHILDREN_BEHIND = {
    "baseline_pilot": "n_pilot",
    "endline_pilot": "n_pilot",
    "baseline_comparison": "n_comparison",
    "endline_comparison": "n_comparison",
}


def protect_outcome(
    estimate: Estimate, scale: Scale, *, minimum: int, regressors: int
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
        seal=SEAL,
        **_numbers(estimate, shown),
        **_means(estimate, scale, minimum),
    )


def _numbers(estimate: Estimate, shown: bool) -> dict[str, Cell]:
    cells = {name: rounded(getattr(estimate, name)) for name, rounded in ROUNDING.items()}
    hidden = {name for name, cell in cells.items() if not shown and cell is not Mark.NOT_AVAILABLE}
    return cells | dict.fromkeys(hidden, Mark.CONFIDENTIAL)


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
