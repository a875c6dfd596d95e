"""How good the data are: what the gate in took, what it held back, and why."""

from __future__ import annotations

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.disclosure import Mark, ReleasedFacts
from evaluation.release.report.blocks import (
    Align,
    Block,
    Column,
    Group,
    Paragraph,
    Row,
    Section,
    Table,
)
from evaluation.release.report.cell_text import show
from evaluation.release.report.light_block import light_block

MOST = 10
"""Findings beyond the ten most frequent tell a reader of the report nothing more."""


def build(facts: ReleasedFacts, study: Study, say: Language) -> Section:
    blocks: tuple[Block, ...] = (
        light_block(facts, say),
        Paragraph(say("report.quality.intro")),
        _batches(facts, say),
        *_findings(facts, say),
    )
    return Section("data-quality", say("report.quality.title"), blocks)


def _batches(facts: ReleasedFacts, say: Language) -> Table:
    quality = facts.quality
    shown = {
        "batches": say.number(quality.batches),
        "refused": say.number(quality.refused),
        "rows": show(quality.rows, say),
        "accepted": show(quality.accepted, say),
        "held": show(quality.held, say),
        "without_consent": show(quality.without_consent, say),
        "answered": show(quality.answered, say),
    }
    return Table(
        id="batches",
        caption=say("report.quality.caption"),
        columns=(
            Column(say("report.column.counted"), Align.TEXT),
            Column(say("report.column.number")),
        ),
        groups=(Group("", tuple(Row(say(f"report.quality.{k}"), (v,)) for k, v in shown.items())),),
        notes=(say("report.quality.note", base=facts.audit.round_counts_to),),
    )


def _findings(facts: ReleasedFacts, say: Language) -> tuple[Block, ...]:
    known = [
        Row(say(f"report.finding.{rule}"), (show(count, say),))
        for rule, count in facts.quality.findings
        if say.knows(f"report.finding.{rule}") and not isinstance(count, Mark)
    ]
    if not known:
        return (Paragraph(say("report.quality.no_findings")),)
    table = Table(
        id="findings",
        caption=say("report.quality.findings"),
        columns=(
            Column(say("report.column.finding"), Align.TEXT),
            Column(say("report.column.number")),
        ),
        groups=(Group("", tuple(known[:MOST])),),
        notes=(say("report.quality.findings_note", minimum=facts.audit.minimum_cell),),
    )
    return (table,)
