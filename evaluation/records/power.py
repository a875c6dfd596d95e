"""One line of a table of power: what was assumed of an outcome, and what could be found with it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PowerLine:
    """`pilot` and `comparison`: children in each region. Points of the scale: `spread` (SD),
    `analytic`, `detectable`. Shares: `half` (of studies that find half an SD), `answered`.
    Without an answer, `reason` (a rule id, message `reason.<rule>`)."""

    outcome: str
    scenario: str
    pilot: tuple[int, ...] = ()
    comparison: tuple[int, ...] = ()
    spread: float | None = None
    icc: float | None = None
    analytic: float | None = None
    detectable: float | None = None
    half: float | None = None
    dof: float | None = None
    answered: float | None = None
    reason: str | None = None
