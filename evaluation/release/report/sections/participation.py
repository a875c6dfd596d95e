"""Who took part, step by step and arm by arm: the table, the same as a picture, what is special."""

from __future__ import annotations

from dataclasses import replace

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedArm, ReleasedFacts, Step
from evaluation.release.report.blocks import (
    Align,
    Block,
    Bullets,
    Column,
    Figure,
    Group,
    Paragraph,
    Row,
    Section,
    Table,
)
from evaluation.release.report.cell_text import show

DRAWN = (Step.ELIGIBLE, Step.APPROACHED, Step.BASELINE, Step.BOTH, Step.ANALYSED)
"""The steps that lie within each other; children who came only to the end are in the table."""


def build(facts: ReleasedFacts, study: Study, say: Language) -> Section:
    table = _table(facts, say)
    blocks: tuple[Block, ...] = (
        Paragraph(say("report.flow.intro")),
        table,
        _figure(facts, table, say),
        Bullets(
            (
                say("report.flow.moved", count=show(facts.flow.moved, say)),
                say("report.flow.unassigned", count=show(facts.flow.unassigned, say)),
            )
        ),
    )
    return Section("participation", say("report.flow.title"), blocks)


def _table(facts: ReleasedFacts, say: Language) -> Table:
    columns = (*facts.flow.arms, facts.flow.total)
    regions = Row(say("report.step.regions"), tuple(say.number(arm.regions) for arm in columns))
    steps = (
        Row(say(f"report.step.{step}"), tuple(show(arm.cell(step), say) for arm in columns))
        for step in Step
    )
    return Table(
        id="flow",
        caption=say("report.flow.caption"),
        columns=(
            Column(say("report.column.step"), Align.TEXT),
            *(Column(say(f"report.arm.{arm.arm}")) for arm in columns),
        ),
        groups=(Group("", (regions, *steps)),),
        notes=(
            say("report.rounded", base=facts.audit.round_counts_to),
            say("report.flow.marks"),
        ),
    )


def _figure(facts: ReleasedFacts, table: Table, say: Language) -> Figure:
    from evaluation.release.report.charts.flow import Column as Way
    from evaluation.release.report.charts.flow import draw

    ways = tuple(
        Way(say(f"report.arm.{arm.arm}"), tuple(_box(arm, step, say) for step in DRAWN))
        for arm in facts.flow.arms
    )
    said = "; ".join(f"{way.title}: {', '.join(map(': '.join, way.boxes))}" for way in ways)
    return Figure(
        id="flow-diagram",
        caption=say("chart.flow.title"),
        svg=draw(ways, id="flow"),
        alternative=say("chart.flow.alternative", steps=said),
        table=replace(table, id="flow-data"),
    )


def _box(arm: ReleasedArm, step: Step, say: Language) -> tuple[str, str]:
    return say(f"report.step.{step}"), show(arm.cell(step), say)
