"""Page one, which stands alone: did it help, how sure is that, what next, what it cannot tell."""

from __future__ import annotations

from dataclasses import replace

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts, ReleasedOutcome, Step
from evaluation.release.report.answers import answer
from evaluation.release.report.blocks import (
    Answer,
    Answers,
    Block,
    Bullets,
    Note,
    Paragraph,
    Section,
    Subheading,
)
from evaluation.release.report.confidence import confidence_text
from evaluation.release.report.counted import counted
from evaluation.release.report.decisions import decisions
from evaluation.release.report.delivered import delivered
from evaluation.release.report.differences import difference_figure
from evaluation.release.report.findings import finding_label
from evaluation.release.report.light_block import light_block
from evaluation.release.report.references import cite
from evaluation.release.report.signs import signs_on
from evaluation.release.report.statements import statement
from evaluation.release.report.tried import tried

COUNTED = (Step.ELIGIBLE, Step.BASELINE, Step.ANALYSED)


def build(facts: ReleasedFacts, study: Study, say: Language) -> Section:
    main = main_outcomes(facts, study)
    chart = difference_figure(main, study, say, id="main-differences")
    children = counted(COUNTED, facts, say)
    rounded = say("report.rounded", base=facts.audit.round_counts_to)
    blocks: tuple[Block, ...] = (
        Paragraph(tried(facts, study, say), lead=True),
        Answers(tuple(_answer(outcome, facts, study, say) for outcome in main)),
        *chart,
        *decisions(study, say),
        children,
        Note(rounded + cite("flow") + signs_on((*chart, children), say)),
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


def _answer(outcome: ReleasedOutcome, facts: ReleasedFacts, study: Study, say: Language) -> Answer:
    """The same sentence as among the findings, and how sure it is in both words."""
    told = answer(outcome, study, say)
    return replace(
        told,
        title=f"{finding_label(outcome.outcome, study)}. {told.title}",
        text=told.text + cite("differences-table"),
        word=f"{told.word}. {confidence_text(outcome, facts, study, say)}",
    )
