"""Who was met again, by which code, whose answers are in doubt, and were the lost others?

The shares of those met again are worked out from the counts of the participant flow as they are
shown there, so that this table tells nothing more.
"""

from __future__ import annotations

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.disclosure import (
    Cell,
    Mark,
    ReleasedArm,
    ReleasedFacts,
    ReleasedLine,
    ReleasedMeasures,
    Step,
)
from evaluation.release.report.blocks import Align, Column, Group, Paragraph, Row, Table
from evaluation.release.report.cell_text import number, show


def children_table(
    facts: ReleasedFacts, found: ReleasedMeasures, study: Study, say: Language
) -> Table:
    arms = facts.flow.arms
    links = {line.key[0]: line for line in found.links}
    waves = tuple(dict.fromkeys(line.key[1] for line in found.doubtful))
    doubtful = {line.key: line for line in found.doubtful}
    shares = (
        ("in_results", tuple(_share(arm, Step.ANALYSED, Step.BASELINE, say) for arm in arms)),
        ("met_again", tuple(_share(arm, Step.BOTH, Step.BASELINE, say) for arm in arms)),
        ("exact", tuple(_share(arm, Step.BOTH, Step.ENDLINE, say) for arm in arms)),
        *(
            (name, tuple(_of(links.get(arm.arm), name, say) for arm in arms))
            for name in ("one_slip", "unresolved")
        ),
    )
    in_doubt = (
        Row(
            say(f"report.children.{name}", wave=say.text(study.wave(int(wave)).name)),
            tuple(_of(doubtful.get((arm.arm, wave)), name, say) for arm in arms),
        )
        for name in ("straight", "repeated")
        for wave in waves
    )
    rows = (*(Row(say(f"report.children.{name}"), cells) for name, cells in shares), *in_doubt)
    return Table(
        id="linkage",
        caption=say("report.children.caption"),
        columns=(
            Column(say("report.column.share"), Align.TEXT),
            *(Column(say(f"report.arm.{arm.arm}")) for arm in arms),
        ),
        groups=(Group("", rows),),
        notes=(say("report.children.note"),),
    )


def lost_table(
    facts: ReleasedFacts, found: ReleasedMeasures, study: Study, say: Language
) -> Table | Paragraph:
    """Of each outcome, the baseline scores of those lost beside those who stayed; a sentence where
    the table would hold marks alone."""
    if all(isinstance(line.number("gap"), Mark) for line in found.losses):
        return Paragraph(say("report.lost.hidden"))
    arms = tuple(arm.arm for arm in facts.flow.arms)
    gaps = {line.key: line.number("gap") for line in found.losses}
    rows = tuple(
        Row(
            say.text(study.scales[outcome.scale].name),
            tuple(
                show(gaps.get((outcome.outcome, arm), Mark.NOT_AVAILABLE), say, signed=True)
                for arm in arms
            ),
        )
        for outcome in facts.outcomes
    )
    return Table(
        id="lost",
        caption=say("report.lost.caption"),
        columns=(
            Column(say("report.column.outcome"), Align.TEXT),
            *(Column(say(f"report.arm.{arm}")) for arm in arms),
        ),
        groups=(Group("", rows),),
        notes=(say("report.lost.note"),),
    )


def _share(arm: ReleasedArm, part: Step, whole: Step, say: Language) -> str:
    cells: tuple[Cell, Cell] = (arm.cell(part), arm.cell(whole))
    some, of = (number(cell) for cell in cells)
    if some is None or not of:
        return show(next((c for c in cells if isinstance(c, Mark)), Mark.NOT_AVAILABLE), say)
    return say("report.children.about", share=min(some / of, 1.0))


def _of(line: ReleasedLine | None, name: str, say: Language) -> str:
    return show(Mark.NOT_AVAILABLE if line is None else line.number(name), say)
