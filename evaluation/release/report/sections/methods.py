"""How it was compared: who with whom, when, by which plan, on which scales (TREND 3 to 11)."""

from __future__ import annotations

from evaluation.design import Arm, Plan, Scale, Study
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts
from evaluation.release.report.blocks import (
    Align,
    Block,
    Column,
    Group,
    Paragraph,
    Row,
    Section,
    Table,
    Term,
    Terms,
)
from evaluation.release.report.differences import family_title
from evaluation.release.report.plan_blocks import plan_blocks

COLUMNS = ("questions", "turned", "lowest", "highest")


def build(facts: ReleasedFacts, study: Study, say: Language) -> Section:
    assert study.plan is not None
    blocks: tuple[Block, ...] = (
        Paragraph(_design(facts, say)),
        Terms(_terms(facts, study, study.plan, say)),
        _outcomes(study, study.plan, say),
        *plan_blocks(facts, study, say),
    )
    return Section("methods", say("report.methods.title"), blocks)


def _design(facts: ReleasedFacts, say: Language) -> str:
    regions = {arm.arm: say("report.regions", n=arm.regions) for arm in facts.flow.arms}
    none = say("report.regions", n=0)
    return say(
        "report.methods.design",
        pilot=regions.get(Arm.PILOT, none),
        comparison=regions.get(Arm.COMPARISON, none),
    )


def _terms(facts: ReleasedFacts, study: Study, plan: Plan, say: Language) -> tuple[Term, ...]:
    made = facts.provenance
    waves = (study.wave(number) for number in (plan.baseline_wave, plan.endline_wave))
    said = {
        "plan": say("report.provenance.plan_is", version=made.plan_version, day=made.plan_dated),
        "waves": "; ".join(
            say("report.wave", name=say.text(wave.name), start=wave.start, end=wave.end)
            if wave.start and wave.end
            else say.text(wave.name)
            for wave in waves
        ),
        "adjusted": say("report.methods.adjusted_for", n=len(plan.covariates)),
        "limits": say(
            "report.methods.limits_are",
            alpha=say.number(plan.alpha, 2),
            power=say.percent(plan.power),
        ),
    }
    return tuple(Term(say(f"report.methods.{name}"), text) for name, text in said.items())


def _outcomes(study: Study, plan: Plan, say: Language) -> Table:
    families = dict.fromkeys(outcome.family for outcome in plan.outcomes)
    groups = tuple(
        Group(
            family_title(family, say),
            tuple(
                _row(study.scales[outcome.scale], say)
                for outcome in plan.outcomes
                if outcome.family == family
            ),
        )
        for family in families
    )
    return Table(
        id="outcomes",
        caption=say("report.methods.outcomes"),
        columns=(
            Column(say("report.column.outcome"), Align.TEXT),
            *(Column(say(f"report.column.{name}")) for name in COLUMNS),
        ),
        groups=groups,
        notes=(say("report.methods.outcomes_note"),),
    )


def _row(scale: Scale, say: Language) -> Row:
    numbers = (len(scale.items), len(scale.reversed), scale.low, scale.high)
    return Row(say.text(scale.name), tuple(say.number(number) for number in numbers))
