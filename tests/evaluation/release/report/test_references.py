"""A sentence with a number points at its table, and the last section lists all tables."""

from __future__ import annotations

import re

import pytest

from evaluation.errors import DisclosureError
from evaluation.language import Language, languages
from evaluation.release.report.blocks import (
    Bullets,
    Column,
    Figure,
    Group,
    Note,
    Paragraph,
    Row,
    Section,
    Table,
    Terms,
)
from evaluation.release.report.references import CLOSE, OPEN, cite, resolved, with_sources
from tests.evaluation.release.report.reading import ENGLISH, document, section, tables


def table(id: str) -> Table:
    rows = (Row("head", ("1",)),)
    return Table(id, f"About {id}", (Column("a"), Column("b")), (Group("", rows),))


def text(words: str, *more: object) -> tuple[Section, ...]:
    return (
        Section("one", "One", (Paragraph(words), table("first"))),
        Section("two", "Two", (table("second"), *more)),  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Plain.", "Plain."),
        ("So." + cite("first"), "So. [table 1]"),
        ("So." + cite("second"), "So. [table 2]"),
        ("So." + cite("second", if_there=True), "So. [table 2]"),
        ("So." + cite("third", if_there=True), "So."),
        (f"A{cite('second')} b{cite('first')}", "A [table 2] b [table 1]"),
    ],
)
def test_a_mark_becomes_the_table_s_number(words: str, said: str) -> None:
    (one, _) = resolved(text(words), ENGLISH)
    assert one.blocks[0] == Paragraph(said)


def test_marks_are_found_wherever_a_block_has_words() -> None:
    figure = Figure("f", "caption", "<svg/>", "alternative", table("data"))
    marked = Bullets(("x", "y" + cite("first")))
    _, two = resolved(text("", marked, Note("n" + cite("second")), figure), ENGLISH)
    assert two.blocks[1:] == (Bullets(("x", "y [table 1]")), Note("n [table 2]"), figure)


def test_a_table_that_is_not_there_stops_the_report() -> None:
    with pytest.raises(DisclosureError, match="table_not_there"):
        resolved(text("So." + cite("third")), ENGLISH)


def test_all_tables_are_listed_where_the_numbers_come_from() -> None:
    sections = (*text(""), Section("provenance", "From", (Paragraph("x"),)))
    *_, last = with_sources(sections, "run-7", "c3" * 32, ENGLISH)
    listed = last.blocks[-1]
    assert isinstance(listed, Table)
    assert [(row.head, *row.cells) for row in listed.groups[0].rows] == [
        ("1", "About first", "first"),
        ("2", "About second", "second"),
    ]
    assert "run run-7" in listed.notes[0] and "c3c3c3c3c3c3c3c3…" in listed.notes[0]
    assert with_sources(text(""), "run", "data", ENGLISH) == text("")


@pytest.mark.parametrize("code", languages())
def test_every_sentence_of_the_results_with_a_number_carries_its_table(code: str) -> None:
    say = Language(code)
    made = document(say=say)
    said = [
        sentence
        for block in section(made, "results").blocks
        for sentence in words_of(block)
        # what was asked, and packages and digests, are no results
        if sentence not in asked(say)
    ]
    mark = re.escape(say("report.see_table", number=7)).replace("7", r"\d+")
    numbered = [sentence for sentence in said if re.search(r"\d", re.sub(mark, "", sentence))]
    assert len(numbered) >= 5
    assert [s for s in numbered if not re.search(mark, s)] == []


def words_of(block: object) -> tuple[str, ...]:
    if isinstance(block, Paragraph):
        return (block.text,)
    if isinstance(block, Bullets):
        return block.items
    if isinstance(block, Terms):
        return tuple(term.text for term in block.items if not term.code)
    return ()


def asked(say: Language) -> set[str]:
    from tests.evaluation.release import given

    plan = given.plan()
    return {say("report.results.estimand", estimand=say.text(plan.estimand))}


def test_no_mark_is_left_and_the_list_agrees_with_the_captions() -> None:
    made = document()
    assert OPEN not in repr(made.sections) and CLOSE not in repr(made.sections)
    every = list(tables(made).values())
    listed = every[-1].groups[0].rows
    assert every[-1].id == "sources"
    assert [f"Table {row.head}. {row.cells[0]}" for row in listed] == [
        table.caption for table in every[:-1]
    ]
    assert [row.cells[1] for row in listed] == [table.id for table in every[:-1]]
