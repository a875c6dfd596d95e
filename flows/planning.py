"""The plan is frozen before the year-end answers are there; afterwards runs are held against it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Engine

from evaluation.design import Outcome, Plan, Study
from evaluation.design.plan_contents import changes_of, plan_changes, plan_contents
from evaluation.errors import StoreError
from evaluation.records.estimates import Run
from evaluation.records.planning import FrozenPlan, Origin, Planning
from evaluation.store.engine import writing
from evaluation.store.frozen_plans import add_frozen_plan, frozen_plans, opened_at
from flows.comparison import plan_of


def freeze(engine: Engine, study: Study, *, now: datetime, actor: str) -> tuple[FrozenPlan, bool]:
    """The plan that is frozen from now on, and whether it was not before.

    StoreError: another plan is frozen and the year-end answers are there; it stands, and what was
    changed since is a deviation. A study whose plan was never frozen may still do so: its results
    are marked as decided on late.
    """
    plan = plan_of(study)
    with writing(engine) as conn:
        before = frozen_plans(conn, now)
        opened = opened_at(conn, study.instruments[plan.instrument], plan.endline_wave, now)
        made = FrozenPlan(plan.digest, plan_contents(study), now, actor, opened)
        if before and before[-1].contents == made.contents:
            return before[-1], False
        if before and made.late:
            raise StoreError(
                "plan_frozen_before", moment=before[-1].frozen_at, digest=before[-1].digest[:16]
            )
        add_frozen_plan(conn, made)
    return made, True


def planning_of(conn: Connection, study: Study, run: Run) -> Planning:
    """How the run stands to the plan that had been frozen when it was started.

    StoreError: the plan was edited since the run; its results must not be told by another plan.
    """
    plan = plan_of(study)
    if plan.digest != run.plan_digest:
        raise StoreError("plan_edited", then=run.plan_digest[:16], now=plan.digest[:16])
    frozen = frozen_plans(conn, run.started_at)
    return against(study, plan, frozen[-1]) if frozen else Planning()


def against(study: Study, plan: Plan, frozen: FrozenPlan) -> Planning:
    now = plan_contents(study)
    changes = plan_changes(frozen.contents, now)
    added = {each.name for each in changes if (each.part, each.change) == ("outcomes", "added")}

    def origin(outcome: Outcome) -> Origin:
        if outcome.id in added:
            return Origin.ADDED
        if changes_of(outcome, frozen.contents, now):
            return Origin.CHANGED
        return Origin.LATE if frozen.late else Origin.PLANNED

    return Planning(frozen, changes, tuple((each.id, origin(each)) for each in plan.outcomes))
