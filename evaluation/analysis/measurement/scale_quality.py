"""One scale in one group of children (a language, a wave): all that says how well it measures.

What cannot be had says why, and takes nothing from the rest: twelve children have an alpha with a
wide interval, and no polychoric correlations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from evaluation.analysis.arrays import Floats, Labels
from evaluation.analysis.measurement.consistency import Consistency, complete, cronbach_alpha
from evaluation.analysis.measurement.one_factor import one_factor
from evaluation.analysis.measurement.polychoric import ordinal_alpha
from evaluation.errors import EstimationError

T = TypeVar("T")

NOT_A_SCALE = 0.60
CAUTION = 0.70
CROWDED = 0.15
"""More than this share at one end of the scale: it cannot tell those children apart (McHorney &
Tarlov 1995, Quality of Life Research 4:293)."""


@dataclass(frozen=True, slots=True)
class ScaleQuality:
    """`group` as it was given; `rows` children with any answer; `floor` and `ceiling` the shares
    with the lowest and the highest mean there can be. `unavailable`: measure → rule."""

    group: tuple[object, ...]
    rows: int
    floor: float | None
    ceiling: float | None
    consistency: Consistency | None
    omega: float | None
    ordinal_alpha: float | None
    unavailable: tuple[tuple[str, str], ...]

    @property
    def caution(self) -> str | None:
        """What to hold against the scale here; a rule id, message `caution.<rule>`."""
        if self.consistency is None:
            return "reliability_unknown"
        if self.consistency.alpha < NOT_A_SCALE:
            return "not_a_scale"
        return "reliability_low" if self.consistency.alpha < CAUTION else None

    @property
    def crowded(self) -> bool:
        return max(self.floor or 0.0, self.ceiling or 0.0) > CROWDED


def quality_by(
    answers: Floats,
    items: tuple[str, ...],
    groups: Labels,
    *,
    ends: tuple[float, float],
    level: float = 0.95,
) -> tuple[ScaleQuality, ...]:
    """One result for each distinct label of `groups` (n,), in order; labels may be tuples."""
    found: dict[object, list[int]] = {}
    for row, label in enumerate(groups):
        found.setdefault(label, []).append(row)
    return tuple(
        scale_quality(answers[found[label]], items, ends=ends, level=level, group=_parts(label))
        for label in sorted(found, key=str)
    )


def scale_quality(
    answers: Floats,
    items: tuple[str, ...],
    *,
    ends: tuple[float, float],
    level: float = 0.95,
    group: tuple[object, ...] = (),
) -> ScaleQuality:
    """`answers` (n, k) all pointing the same way; `ends`: the lowest and the highest answer."""
    missing: list[tuple[str, str]] = []
    consistency = _had(missing, "alpha", lambda: cronbach_alpha(answers, items, level=level))
    omega = _had(missing, "omega", lambda: _omega(answers, items))
    ordinal = _had(missing, "ordinal_alpha", lambda: ordinal_alpha(answers, items))
    some = np.isfinite(answers).any(axis=1)
    floor, ceiling = (_share_at(answers[some], end) for end in ends)
    return ScaleQuality(
        group=group,
        rows=int(some.sum()),
        floor=floor,
        ceiling=ceiling,
        consistency=consistency,
        omega=omega,
        ordinal_alpha=ordinal,
        unavailable=tuple(missing),
    )


def _had(missing: list[tuple[str, str]], name: str, ask: Callable[[], T]) -> T | None:
    try:
        return ask()
    except EstimationError as error:
        missing.append((name, error.rule))
        return None


def _omega(answers: Floats, items: tuple[str, ...]) -> float:
    return one_factor(np.asarray(np.corrcoef(complete(answers, items), rowvar=False))).omega


def _share_at(answers: Floats, end: float) -> float | None:
    """Of the children with some answer, those all of whose answers are `end`."""
    if not len(answers):
        return None
    return float(np.mean(((answers == end) | ~np.isfinite(answers)).all(axis=1)))


def _parts(label: object) -> tuple[object, ...]:
    return tuple(label) if isinstance(label, Iterable) and not isinstance(label, str) else (label,)
