"""What the sections that people write have in common."""

from __future__ import annotations

from evaluation.design import Study, Texts
from evaluation.language import Language
from evaluation.release.report.blocks import Align, Block, Column, Group, Note, Row, Table


def example_note(study: Study, say: Language) -> tuple[Block, ...]:
    """In the study that is shipped, nobody wrote these sentences for anybody."""
    return (Note(say("report.authored.example")),) if study.example else ()


def said(texts: tuple[Texts, ...], say: Language) -> tuple[str, ...]:
    return tuple(say.text(text) for text in texts)


def text_table(
    id: str, columns: tuple[str, ...], rows: tuple[Row, ...], say: Language, *notes: str
) -> Table:
    """`columns`: messages `report.column.<name>`; the caption is `report.<id>.caption`."""
    return Table(
        id=id,
        caption=say(f"report.{id}.caption"),
        columns=tuple(Column(say(f"report.column.{name}"), Align.TEXT) for name in columns),
        groups=(Group("", rows),),
        notes=notes,
    )
