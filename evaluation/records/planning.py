"""A plan as it was frozen, and what each result owes to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from evaluation.design.plan_contents import PlanChange


class Origin(StrEnum):
    """When a result was decided on. Only the first is a result of a plan made beforehand."""

    PLANNED = "planned"
    CHANGED = "changed"
    ADDED = "added"
    LATE = "late"  # as frozen, but frozen when year-end answers were there already
    UNFROZEN = "unfrozen"


@dataclass(frozen=True, slots=True)
class FrozenPlan:
    """`digest` is that of plan.yaml; `contents` what `plan_contents` made of the study.

    `opened_at`: when the first year-end answers had come in, if they had by `frozen_at`.
    """

    digest: str
    contents: str
    frozen_at: datetime  # UTC
    actor: str
    opened_at: datetime | None = None

    @property
    def late(self) -> bool:
        return self.opened_at is not None


@dataclass(frozen=True, slots=True)
class Planning:
    """How one run stands to the plan that was frozen before it; `frozen` None: none was."""

    frozen: FrozenPlan | None = None
    changes: tuple[PlanChange, ...] = ()
    origins: tuple[tuple[str, Origin], ...] = ()  # outcome → what its result is

    def origin(self, outcome: str) -> Origin:
        return dict(self.origins).get(outcome, Origin.UNFROZEN)
