"""What was learned, and what is recommended: to whom, by when, and on which findings it rests."""

from __future__ import annotations

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts
from evaluation.release.report.authored_blocks import example_note, text_table
from evaluation.release.report.blocks import Block, Bullets, Row, Section, Subheading, Table
from evaluation.release.report.findings import cited

COLUMNS = ("id", "recommendation", "addressee", "deadline", "priority", "rests_on")


def build(facts: ReleasedFacts, study: Study, say: Language) -> Section | None:
    if not study.texts.recommendations:
        return None
    blocks = (*example_note(study, say), *_lessons(study, say), _table(study, say))
    return Section("recommendations", say("report.recommendations.title"), blocks)


def _lessons(study: Study, say: Language) -> tuple[Block, ...]:
    if not study.texts.lessons:
        return ()
    lines = tuple(
        say("report.rests_on", text=say.text(it.text), findings=cited(it.findings, study))
        for it in study.texts.lessons
    )
    return Subheading(say("report.lessons.title")), Bullets(lines)


def _table(study: Study, say: Language) -> Table:
    rows = tuple(
        Row(
            it.id,
            (
                say.text(it.text),
                say.text(it.addressee),
                say.day(it.deadline),
                say(f"report.priority.{it.priority}"),
                cited(it.findings, study),
            ),
        )
        for it in study.texts.recommendations
    )
    return text_table("advice", COLUMNS, rows, say)
