import numpy as np
import pytest

from evaluation.intake.reading.sheets import Column, Reading, Sheet
from evaluation.intake.returned.from_table import LONGEST, book_of


def column(*texts):
    index = {"": 0}
    codes = [index.setdefault(text, len(index)) for text in texts]
    return Column(tuple(index), np.array(codes, dtype=np.int32))


def sheet(*columns, number=None, name="", visible=True):
    return Sheet(number, name, len(columns[0].codes) if columns else 0, columns, visible)


def test_every_text_stands_where_it_stood():
    texts = [("Code", "Note"), ("", ""), ("07", "=1+1"), ("08", "a longer text than most of them")]
    reading = Reading((sheet(*(column(*each) for each in zip(*texts, strict=True))),))
    book, sheets = book_of(reading, "Answers", 2)
    made = book["Answers"]
    assert sheets == {None: made}
    rows = [tuple(value or "" for value in row) for row in made.iter_rows(values_only=True)]
    assert rows == texts
    assert made["B3"].data_type == "s"
    assert made.freeze_panes == "A2"
    assert made.column_dimensions["A"].width < made.column_dimensions["B"].width


@pytest.mark.parametrize(
    ("text", "written"), [("a\x0bb", "ab"), ("x" * (LONGEST + 1), "x" * LONGEST)]
)
def test_what_no_workbook_can_hold_is_left_out(text, written):
    book, _ = book_of(Reading((sheet(column(text)),)), "Answers", 1)
    assert book["Answers"]["A1"].value == written
    assert book["Answers"].freeze_panes is None


def test_sheets_keep_their_names_and_hidden_ones_stay_hidden():
    reading = Reading(
        (
            sheet(column("a"), number=1, name="One"),
            sheet(column("b"), number=3, name="Two", visible=False),
            sheet(number=4, name="Three"),
        )
    )
    book, sheets = book_of(reading, "Answers", 2)
    assert book.sheetnames == ["One", "Two", "Three"]
    assert [sheets[n].title for n in (1, 3, 4)] == ["One", "Two", "Three"]
    assert book["Two"].sheet_state == "hidden"
