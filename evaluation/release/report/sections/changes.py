"""What changed since the report before this one, by the cells that both of them show."""

from __future__ import annotations

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.disclosure import Cell, ReleasedFacts, Step
from evaluation.release.report.blocks import Group, Paragraph, Row, Section, Table
from evaluation.release.report.cell_text import show
from evaluation.release.report.change_table import change_columns

QUALITY = ("rows", "accepted", "held", "without_consent", "answered")


def build(facts: ReleasedFacts, study: Study, say: Language) -> Section:
    title = say("report.changes.title")
    if facts.previous is None:
        return Section("changes", title, (Paragraph(say("report.changes.first")),))
    intro = say("report.changes.intro", then=facts.previous.cut_off, now=facts.provenance.cut_off)
    return Section("changes", title, (Paragraph(intro), _table(facts, say)))


def _table(facts: ReleasedFacts, say: Language) -> Table:
    total = facts.flow.total
    steps = {f"report.step.{step}": (f"flow/total/{step}", total.cell(step)) for step in Step}
    rows = {
        f"report.quality.{name}": (f"quality/{name}", getattr(facts.quality, name))
        for name in QUALITY
    }
    return Table(
        id="changed-counts",
        caption=say("report.changes.caption"),
        columns=change_columns(facts, say, first="counted"),
        groups=(
            Group(say("report.changes.children"), _rows(steps, facts, say)),
            Group(say("report.changes.rows"), _rows(rows, facts, say)),
        ),
        notes=(say("report.changes.note", base=facts.audit.round_counts_to),),
    )


def _rows(
    asked: dict[str, tuple[str, Cell]], facts: ReleasedFacts, say: Language
) -> tuple[Row, ...]:
    assert facts.previous is not None
    return tuple(
        Row(say(name), (show(facts.previous.cell(key), say), show(now, say)))
        for name, (key, now) in asked.items()
    )
