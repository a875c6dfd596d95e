import numpy as np
import pytest

from evaluation.intake.reading.sheets import Sheet, column_of, letter


def codes(*numbers):
    return np.array(numbers, dtype=np.int32)


@pytest.mark.parametrize(
    ("index", "name"),
    [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")],
)
def test_columns_have_the_letters_that_excel_shows(index, name):
    assert letter(index) == name


def test_what_cannot_be_seen_is_stripped_and_may_leave_nothing():
    column = column_of(["", " a\u00a0", "\u200b", "b", "\u00a0 "], codes(1, 2, 3, 4, 0))
    assert [column.texts[code] for code in column.codes] == ["a", "", "b", "", ""]
    assert column.codes.tolist() == [1, 0, 3, 0, 0]


def test_a_sheet_gives_its_rows():
    sheet = Sheet(
        1, "data", 2, (column_of(["", "x"], codes(1, 0)), column_of(["", "y"], codes(1, 1)))
    )
    assert [sheet.row(0), sheet.row(1)] == [("x", "y"), ("", "y")]
