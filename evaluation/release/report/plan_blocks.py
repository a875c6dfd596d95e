"""What a report says of its plan: when it was frozen, what was changed since, what is new."""

from __future__ import annotations

from evaluation.design import Study
from evaluation.design.plan_contents import PlanChange
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts, ReleasedPlanning
from evaluation.release.report.blocks import Block, Bullets, Paragraph, Subheading

PARTS = frozenset(
    {
        *("outcomes", "covariates", "families", "thresholds", "verdict", "scales", "roles"),
        *("alpha", "power", "estimand", "resampling", "challenges"),
    }
)
"""Parts of a plan that have a name in every language; others are said by their key."""


def plan_blocks(facts: ReleasedFacts, study: Study, say: Language) -> tuple[Block, ...]:
    planning = facts.planning
    heading = Subheading(say("report.plan.title"))
    if planning is None:
        return heading, Paragraph(say("report.plan.unfrozen"))
    blocks: tuple[Block, ...] = (heading, Paragraph(_frozen(planning, say)))
    if planning.changes:
        lines = tuple(_change(change, study, say) for change in planning.changes)
        return *blocks, Paragraph(say("report.plan.deviations")), Bullets(lines)
    same = planning.digest == facts.provenance.plan_digest
    return *blocks, Paragraph(say("report.plan.same" if same else "report.plan.notes_only"))


def planning_note(planning: ReleasedPlanning | None, say: Language) -> tuple[str, ...]:
    """Under a table of results: what planned and added are measured by."""
    if planning is None:
        return (say("report.plan.unfrozen"),)
    return (_frozen(planning, say), say("report.plan.origins"))


def _frozen(planning: ReleasedPlanning, say: Language) -> str:
    late = planning.opened_at is not None
    return say(
        "report.plan.frozen_late" if late else "report.plan.frozen",
        moment=planning.frozen_at,
        digest=planning.digest[:16],
    )


def _change(change: PlanChange, study: Study, say: Language) -> str:
    part = say(f"report.plan.part.{change.part}") if change.part in PARTS else change.part
    named = f"{part}: {_name(change, study, say)}" if change.name else part
    return say(f"report.plan.change.{change.change}", what=named)


def _name(change: PlanChange, study: Study, say: Language) -> str:
    """Outcomes and scales by their names, the rest by its key in plan.yaml."""
    assert study.plan is not None
    scales = {o.id: o.scale for o in study.plan.outcomes} if change.part == "outcomes" else {}
    scale = study.scales.get(scales.get(change.name, change.name))
    if change.part in ("outcomes", "scales") and scale is not None:
        return say.text(scale.name)
    return change.name
