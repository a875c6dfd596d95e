"""The data-quality light: one of three colours, with the reasons in words.

Worked out from released numbers only: a light of the true ones would tell about hidden counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evaluation.release.disclosure import Cell, ReleasedFacts, Step
from evaluation.release.report.cell_text import number


class Level(StrEnum):
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Limit:
    """The share from which on a measure is good, and under which it is poor."""

    good: float
    poor: float

    def level(self, share: float) -> Level:
        if share >= self.good:
            return Level.GOOD
        return Level.POOR if share < self.poor else Level.FAIR


LOST = "attrition"
"""The caution that the plan's limits of attrition are passed."""

LIMITS = {
    # What Works Clearinghouse calls 20 % overall attrition tolerable; at 40 % hardly any
    # difference between the arms is.
    "kept": Limit(good=0.80, poor=0.60),
    # Under 5 % missing answers, how they are filled in hardly matters (Schafer 1999).
    "answered": Limit(good=0.95, poor=0.85),
    "accepted": Limit(good=0.95, poor=0.80),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """`name`: a message `report.light.<name>`."""

    name: str
    share: float | None
    level: Level


def measures(facts: ReleasedFacts) -> tuple[Measure, ...]:
    total, quality = facts.flow.total, facts.quality
    shares = {
        "kept": _share(total.cell(Step.ANALYSED), total.cell(Step.BASELINE)),
        "answered": number(quality.answered),
        "accepted": _share(quality.accepted, quality.rows),
    }
    known = tuple(_measure(name, share) for name, share in shares.items())
    # The plan's own thresholds, checked by arm where the numbers are (What Works: red).
    lost = any(LOST in outcome.cautions for outcome in facts.outcomes)
    return (*known, Measure(LOST, None, Level.POOR)) if lost else known


def light(found: tuple[Measure, ...]) -> Level:
    """As bad as its worst known measure."""
    known = {measure.level for measure in found}
    return next(
        (level for level in (Level.POOR, Level.FAIR, Level.GOOD) if level in known),
        Level.UNKNOWN,
    )


def _measure(name: str, share: float | None) -> Measure:
    level = Level.UNKNOWN if share is None else LIMITS[name].level(share)
    return Measure(name, share, level)


def _share(part: Cell, whole: Cell) -> float | None:
    """At most 1: counts are rounded apart, and a part may look larger than its whole."""
    some, all_of = number(part), number(whole)
    return None if some is None or all_of is None else min(1.0, some / all_of)
