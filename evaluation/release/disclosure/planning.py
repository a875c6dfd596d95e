"""What leaves about the plan: its hash, its days and what was changed. No child is in it."""

from __future__ import annotations

from dataclasses import InitVar, dataclass
from datetime import datetime

from evaluation.design.plan_contents import PlanChange
from evaluation.records.planning import Planning
from evaluation.release.disclosure.seal import SEAL, Seal, Sealed, guard


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedPlanning(Sealed):
    """The plan that was frozen before the run. `opened_at`: year-end answers were there by then.

    `changes`: of plan.yaml, of its scales, of the regions' roles (that they changed, not which).
    """

    digest: str
    frozen_at: datetime
    opened_at: datetime | None
    changes: tuple[PlanChange, ...]
    seal: InitVar[Seal]

    def __post_init__(self, seal: Seal) -> None:
        guard(seal)


def released_planning(planning: Planning) -> ReleasedPlanning | None:
    """None where no plan was frozen. Who froze it stays in: a report names no person."""
    frozen = planning.frozen
    if frozen is None:
        return None
    return ReleasedPlanning(
        digest=frozen.digest,
        frozen_at=frozen.frozen_at,
        opened_at=frozen.opened_at,
        changes=planning.changes,
        seal=SEAL,
    )
