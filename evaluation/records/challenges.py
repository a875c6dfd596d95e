"""The answer to one outcome again, with one thing changed that could have made it what it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Challenge:
    """`name` says what was changed. Pilot minus comparison in points
    of the scale: `value` with its interval, or only `low` to `high` where the change leaves a band
    of answers. `children` are those it rests on. Without an answer, `reason` (a rule id, message
    `reason.<rule>`)."""

    outcome: str
    name: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    dof: float | None = None
    p_value: float | None = None
    children: int | None = None
    method: str = ""
    reason: str | None = None

    def __post_init__(self) -> None:
        assert (self.low is None) == (self.reason is not None), self.name

    @property
    def sign(self) -> int:
        """Of the value, or of a band that lies wholly on one side; 0 otherwise."""
        if self.low is None or self.high is None:
            return 0
        if self.value is not None:
            return (self.value > 0) - (self.value < 0)
        return (self.low > 0) - (self.high < 0)


@dataclass(frozen=True, slots=True)
class Linkage:
    """Children of one arm met at the last wave: linked by the `exact` code, by a code `one_slip`
    away from a child of the same region who was not met again, or `unresolved`."""

    arm: str
    exact: int
    one_slip: int
    unresolved: int
