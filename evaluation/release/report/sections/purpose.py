"""Why it was evaluated, for whom, and what was asked: the evaluation matrix by OECD-DAC."""

from __future__ import annotations

from evaluation.design import Criterion, Study
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts
from evaluation.release.report.authored_blocks import example_note, said
from evaluation.release.report.blocks import Align, Column, Group, Paragraph, Row, Section, Table

COLUMNS = ("question", "criterion_asked", "indicator", "data_source")


def build(facts: ReleasedFacts, study: Study, say: Language) -> Section | None:
    texts = study.texts
    if not texts.purpose or not texts.questions:
        return None
    paragraphs = map(Paragraph, said(texts.purpose, say))
    blocks = (*example_note(study, say), *paragraphs, _matrix(study, say))
    return Section("purpose", say("report.purpose.title"), blocks)


def _matrix(study: Study, say: Language) -> Table:
    """Of every criterion what is asked, or that nothing is: silence is not allowed."""
    return Table(
        id="matrix",
        caption=say("report.matrix.caption"),
        columns=tuple(Column(say(f"report.column.{name}"), Align.TEXT) for name in COLUMNS),
        groups=tuple(
            Group(say(f"report.criterion.{criterion}"), _rows(criterion, study, say))
            for criterion in Criterion
        ),
    )


def _rows(criterion: Criterion, study: Study, say: Language) -> tuple[Row, ...]:
    asked = tuple(
        Row(q.id, (say.text(q.question), say.text(q.indicator), say.text(q.source)))
        for q in study.texts.questions
        if q.criterion is criterion
    )
    return asked or (Row("–", (_why_not(study, say), "–", "–")),)


def _why_not(study: Study, say: Language) -> str:
    reason = study.texts.not_covered
    return say("report.matrix.not_covered") if reason is None else say.text(reason)
