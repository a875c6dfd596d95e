"""Means of two reports, side by side: they must not tell what a few children answered.

Where an arm's analysed children changed by a few, the mean of those few lies within what rounding
leaves open. If that is narrower than the scale itself, the new mean would tell about them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from evaluation.design import Scale
from evaluation.records.estimates import Estimate
from evaluation.release.disclosure.cells import Mark
from evaluation.release.disclosure.ledger import EarlierReport
from evaluation.release.disclosure.models import CHILDREN_BEHIND
from evaluation.release.disclosure.released import ReleasedOutcome
from evaluation.release.disclosure.rounding import MEAN_DECIMALS
from evaluation.release.disclosure.seal import SEAL

HALF_A_DIGIT = 0.5 * 10**-MEAN_DECIMALS


def without_changes(
    outcome: ReleasedOutcome,
    estimate: Estimate,
    scale: Scale,
    earlier: Sequence[EarlierReport],
    *,
    minimum: int,
) -> ReleasedOutcome:
    """The outcome without the means that an earlier report makes too telling."""
    hidden: Mapping[str, Mark] = {
        name: Mark.CONFIDENTIAL
        for name, children in CHILDREN_BEHIND.items()
        if any(
            _tells(estimate, name, children, then, scale, minimum)
            for then in earlier
            if f"outcome/{outcome.outcome}/{name}" in then.cells
        )
    }
    return replace(outcome, seal=SEAL, **hidden) if hidden else outcome  # type: ignore[arg-type]


def _tells(
    now: Estimate, name: str, children: str, then: EarlierReport, scale: Scale, minimum: int
) -> bool:
    if then.cells[f"outcome/{now.outcome}/{name}"].startswith("["):
        return False
    before = next(e for e in then.comparison.estimates if e.outcome == now.outcome)
    old, new = getattr(before, children), getattr(now, children)
    few = abs(new - old)
    if not 0 < few < minimum:
        return False
    open_to_rounding: float = 2 * HALF_A_DIGIT * (new + old) / few
    return open_to_rounding < scale.high - scale.low
