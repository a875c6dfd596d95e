"""Evidence for the invented comparison: what each challenge makes of one outcome."""

from __future__ import annotations

from evaluation.analysis import CHALLENGES
from evaluation.records.challenges import Challenge

CHILDREN = 337  # those of given.estimate: 171 and 166


def cell(name: str, value: float | None, low: float, high: float, **more: object) -> Challenge:
    """An answer of `reading`, by all children unless told otherwise."""
    said = {"outcome": "reading", "children": CHILDREN, "method": "CR2", "p_value": 0.0121} | more
    return Challenge(name=name, value=value, low=low, high=high, **said)  # type: ignore[arg-type]


def none(name: str, reason: str, outcome: str = "reading") -> Challenge:
    return Challenge(outcome, name, reason=reason)


EVIDENCE = (
    cell("headline", 0.314, 0.094, 0.534),
    cell("language_items", 0.291, -0.021, 0.603),
    none("arm_items", "no_flagged_items"),
    none("imputed", "under_threshold"),
    cell("bounds", None, 0.031, 0.583, children=402, p_value=None),
    cell("not_at_random", None, -0.104, 0.688, children=402, p_value=None),
    cell("reweighted", -0.018, -0.24, 0.204),
    none("by_propensity", "few_effective"),
    cell("each_region", None, 0.2718, 0.3621, p_value=None),
    cell("slips_linked", 0.3333, 0.1111, 0.5555, children=CHILDREN + 3),
    none("quality_flags", "nothing_flagged"),
)
assert [each.name for each in EVIDENCE] == list(CHALLENGES)
