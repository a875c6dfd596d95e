"""The management's response: a line a recommendation, its columns empty, to be filled by hand."""

from __future__ import annotations

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts
from evaluation.release.report.authored_blocks import text_table
from evaluation.release.report.blocks import Paragraph, Row, Section

COLUMNS = ("id", "accepted", "action", "responsible", "deadline", "status")


def build(facts: ReleasedFacts, study: Study, say: Language) -> Section | None:
    if not study.texts.recommendations:
        return None
    empty = ("",) * (len(COLUMNS) - 1)
    rows = tuple(Row(it.id, empty) for it in study.texts.recommendations)
    blocks = (Paragraph(say("report.response.intro")), text_table("responses", COLUMNS, rows, say))
    return Section("response", say("report.response.title"), blocks)
