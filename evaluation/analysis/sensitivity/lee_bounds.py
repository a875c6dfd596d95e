"""The effect at best and at worst, if the children lost were lost because of their arm.

Where one arm keeps more of its children, the surplus may be the best or the worst of them: leave
them out at either end, and the truth for children who stay in whatever arm lies between, as long as
the programme makes nobody leave who would otherwise stay, or the other way round. Trimming is by
fractional weights, so that ties (means of Likert codes have many) leave no choice. Lee (2009),
Review of Economic Studies 76:1071; interval: Imbens & Manski (2004), Econometrica 72:1845, with
errors by leaving out each region in turn.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from evaluation.analysis.arrays import Flags, Floats, Labels
from evaluation.analysis.inference.contrast import t_quantile
from evaluation.errors import EstimationError

METHOD = "Lee bounds, fractional trimming"


@dataclass(frozen=True, slots=True)
class LeeBounds:
    """`lower` to `upper`: pilot minus comparison; `naive` without trimming. `trimmed` is the arm
    that loses its `trim_share`: "pilot", "comparison", or "" where both kept as many. `low` to
    `high` holds the truth with `level`, None where an arm has too few regions to tell."""

    naive: float
    lower: float
    upper: float
    kept_pilot: float
    kept_comparison: float
    trim_share: float
    trimmed: str
    low: float | None = None
    high: float | None = None
    level: float = 0.95
    method: str = METHOD


def lee_bounds(
    outcome: Floats,
    seen: Flags,
    pilot: Flags,
    *,
    regions: Labels | None = None,
    level: float = 0.95,
) -> LeeBounds:
    """One entry a child that began; `outcome` counts only where `seen`. `regions` asks for the
    interval. Raises EstimationError: `empty_cell` (an arm began with nobody), `arm_lost` (nobody
    of an arm was seen again), `not_finite`."""
    found = _bounds(outcome, seen, pilot)
    ends = _interval(found, outcome, seen, pilot, regions, level) if regions is not None else None
    low, high = ends or (None, None)
    return replace(found, low=low, high=high, level=level)


def _bounds(outcome: Floats, seen: Flags, pilot: Flags) -> LeeBounds:
    if not (pilot.any() and (~pilot).any()):
        raise EstimationError("empty_cell")
    kept = [float(seen[arm].mean()) for arm in (pilot, ~pilot)]
    if min(kept) == 0:
        raise EstimationError("arm_lost")
    first, second = (np.sort(outcome[seen & arm]) for arm in (pilot, ~pilot))
    if not (np.isfinite(first).all() and np.isfinite(second).all()):
        raise EstimationError("not_finite")
    share = (max(kept) - min(kept)) / max(kept)
    arm = "" if share == 0 else "pilot" if kept[0] > kept[1] else "comparison"
    cut = first if arm == "pilot" else second
    least, most = lowest(cut, 1 - share), -lowest(-cut[::-1], 1 - share)
    whole = (float(first.mean()), float(second.mean()))
    lower, upper = (
        (least - whole[1], most - whole[1])
        if arm == "pilot"
        else (whole[0] - most, whole[0] - least)
    )
    return LeeBounds(whole[0] - whole[1], lower, upper, kept[0], kept[1], share, arm)


def lowest(ordered: Floats, share: float) -> float:
    """The mean of the lowest `share` of ascending values, the last one with its fraction."""
    kept = share * len(ordered)
    weights = np.clip(kept - np.arange(len(ordered)), 0.0, 1.0)
    return float(weights @ ordered / weights.sum())


def _interval(
    bounds: LeeBounds,
    outcome: Floats,
    seen: Flags,
    pilot: Flags,
    regions: Labels,
    level: float,
) -> tuple[float, float] | None:
    """Imbens and Manski's, with t on G-2; None under two regions in an arm that can be spared."""
    variance = np.zeros(2)
    for arm in (pilot, ~pilot):
        labels = sorted(set(regions[arm]))
        if len(labels) < 2:
            return None
        try:
            found = [_without(outcome, seen, pilot, regions != label) for label in labels]
        except EstimationError:
            return None
        apart = np.array(found) - np.mean(found, axis=0)
        variance += (len(labels) - 1) / len(labels) * np.sum(apart**2, axis=0)
    lower, upper = bounds.lower, bounds.upper
    errors, freedom = np.sqrt(variance), len(set(regions)) - 2
    reach = critical_value(upper - lower, float(errors.max()), freedom, level)
    return lower - reach * float(errors[0]), upper + reach * float(errors[1])


def _without(outcome: Floats, seen: Flags, pilot: Flags, kept: Flags) -> tuple[float, float]:
    found = _bounds(outcome[kept], seen[kept], pilot[kept])
    return found.lower, found.upper


def critical_value(width: float, error: float, dof: float, level: float) -> float:
    """c with F(c + width/error) - F(-c) = level, F Student's t: between the one-sided quantile
    (bounds far apart: the truth can be near one of them only) and the two-sided (one point)."""
    one, two = t_quantile(level, dof), t_quantile((1 + level) / 2, dof)
    if error == 0:
        return two
    from scipy.optimize import brentq
    from scipy.special import stdtr

    def short(c: float) -> float:
        return float(stdtr(dof, c + width / error) - stdtr(dof, -c) - level)

    # At either end rounding may leave the difference on the wrong side of zero.
    if short(one) >= 0 or short(two) <= 0:
        return one if short(one) >= 0 else two
    return float(brentq(short, one, two))
