"""Page one, which stands alone: what was tried, what was found, how sure, what it cannot tell."""

from __future__ import annotations

from evaluation.design import Arm, Study
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts, ReleasedOutcome, Step
from evaluation.release.report.answers import answer
from evaluation.release.report.blocks import (
    Answers,
    Block,
    Bullets,
    KeyNumber,
    KeyNumbers,
    Note,
    Paragraph,
    Section,
    Subheading,
)
from evaluation.release.report.cell_text import show
from evaluation.release.report.delivered import delivered
from evaluation.release.report.differences import difference_figure
from evaluation.release.report.light_block import light_block
from evaluation.release.report.statements import statement

COUNTED = (Step.ELIGIBLE, Step.BASELINE, Step.ANALYSED)


def build(facts: ReleasedFacts, study: Study, say: Language) -> Section:
    main = main_outcomes(facts, study)
    blocks: tuple[Block, ...] = (
        Paragraph(_tried(facts, study, say), lead=True),
        Answers(tuple(answer(outcome, study, say) for outcome in main)),
        *difference_figure(main, study, say, id="main-differences"),
        KeyNumbers(tuple(_counted(step, facts, say) for step in COUNTED)),
        Note(say("report.rounded", base=facts.audit.round_counts_to)),
        *((Paragraph(held),) if (held := delivered(facts, say)) else ()),
        light_block(facts, say),
        Subheading(say("report.glance.cannot")),
        Bullets(
            (
                statement("M1", say, minimum=facts.audit.minimum_cell).text,
                *(() if held else (say("report.glance.delivery"),)),
                say("report.limits.unseen"),
                say("report.limits.diagnosis"),
            )
        ),
    )
    return Section("at-a-glance", say("report.glance.title"), blocks)


def main_outcomes(facts: ReleasedFacts, study: Study) -> tuple[ReleasedOutcome, ...]:
    """The plan's first family is what the programme set out to change."""
    assert study.plan is not None
    first = study.plan.outcomes[0].family
    return tuple(outcome for outcome in facts.outcomes if outcome.family == first)


def _tried(facts: ReleasedFacts, study: Study, say: Language) -> str:
    assert study.plan is not None
    regions = {arm.arm: arm.regions for arm in facts.flow.arms}
    waves = (study.plan.baseline_wave, study.plan.endline_wave)
    first, last = (_wave(study, wave, say) for wave in waves)
    return say(
        "report.glance.tried",
        title=say.text(study.title),
        pilot=_place(Arm.PILOT, regions.get(Arm.PILOT, 0), study, say),
        comparison=_place(Arm.COMPARISON, regions.get(Arm.COMPARISON, 0), study, say),
        first=first,
        last=last,
    )


def _place(arm: Arm, regions: int, study: Study, say: Language) -> str:
    roles = {role.region for role in study.roles if role.arm is arm}
    sites = sum(site.region in roles for site in study.sites.values())
    where = say("report.regions", n=regions)
    return (
        say("report.place", regions=where, sites=say("report.sites", n=sites)) if sites else where
    )


def _wave(study: Study, number: int, say: Language) -> str:
    wave = study.wave(number)
    name = say.text(wave.name)
    if wave.start is None or wave.end is None:
        return name
    return say("report.wave", name=name, start=wave.start, end=wave.end)


def _counted(step: Step, facts: ReleasedFacts, say: Language) -> KeyNumber:
    arms = tuple(
        f"{say(f'report.arm.{arm.arm}')}: {show(arm.cell(step), say)}" for arm in facts.flow.arms
    )
    return KeyNumber(
        value=show(facts.flow.total.cell(step), say),
        label=say(f"report.step.{step}"),
        details=arms,
    )
