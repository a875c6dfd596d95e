"""What stands beside an estimate so that it can be doubted: other tests, other methods, a verdict.

Nothing here names a region, but some of it tells of single ones (what leaving one out does): it
is for the analyst's desk, and the gate out decides what of it leaves.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

POINTS = "points"
"""The unit of everything but the few methods that say otherwise."""


class Word(StrEnum):
    """What may be said of one outcome. There is no word for "no effect"."""

    SUPPORTED = "supported"
    SUGGESTIVE = "suggestive"
    NO_EVIDENCE = "no_evidence"
    NOT_ESTIMABLE = "not_estimable"


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """One wild cluster bootstrap. `kind` is WCR11, WCR31 or WCU11; `drawn_by` region or site.

    `p_value` counts ties, and cannot be under `floor`; `exact`: all vectors of weights, none by
    lot. `low` to `high` are the null hypotheses it does not reject, in points; None where that
    side has no end.
    """

    kind: str
    drawn_by: str
    p_value: float
    low: float | None
    high: float | None
    draws: int
    exact: bool
    floor: float
    method: str


def second_test(bootstraps: tuple[Bootstrap, ...]) -> Bootstrap | None:
    """The one that a verdict asks for: WCR11 with weights by region."""
    return next((b for b in bootstraps if (b.kind, b.drawn_by) == ("WCR11", "region")), None)


@dataclass(frozen=True, slots=True)
class Permutation:
    """The same t for every choice of as many pilot regions; `p_value` cannot be under `floor`."""

    p_value: float
    floor: float
    permutations: int
    exact: bool
    method: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The estimate without each region in turn, points; None where no region can be spared."""

    low: float | None
    high: float | None
    keeps_sign: bool


@dataclass(frozen=True, slots=True)
class Leverage:
    """`largest`: the greatest share of the arm's own variation in one region; `effective`: equal
    regions that would bear as much if children were independent, `effective_alike` if those of
    a region were all the same (None where that is not defined)."""

    largest: float
    effective: float
    effective_alike: float | None


@dataclass(frozen=True, slots=True)
class Companion:
    """Another estimator's answer for the same children, in its own `unit`, by its own `method`;
    or the `reason` (a rule id, message `reason.<rule>`) for which it has none."""

    estimator: str
    value: float | None = None
    standard_error: float | None = None
    dof: float | None = None
    low: float | None = None
    high: float | None = None
    p_value: float | None = None
    method: str = ""
    unit: str = ""
    reason: str | None = None

    def __post_init__(self) -> None:
        assert (self.value is None) == (self.reason is not None), self.estimator
