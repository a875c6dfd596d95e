"""Notes go with the table or the figure that they explain."""

from __future__ import annotations

from evaluation.release.report.blocks import Note, Paragraph, Table
from evaluation.release.report.renderers.notes import with_notes
from tests.evaluation.release.report.test_widths import table

TABLE = table("p", "0.01")


def test_a_note_behind_a_table_becomes_one_of_its_own_in_the_same_order() -> None:
    first, second = with_notes([TABLE, Note("one"), Note("two"), Paragraph("else")])
    assert isinstance(first, Table) and first.notes == (*TABLE.notes, "one", "two")
    assert second == Paragraph("else")


def test_a_note_behind_anything_else_stays_where_it_is() -> None:
    blocks = (Note("first"), Paragraph("words"), Note("about them"))
    assert with_notes(blocks) == blocks
