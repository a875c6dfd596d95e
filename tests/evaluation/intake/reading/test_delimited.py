import pytest

from evaluation.errors import DeliveryError
from evaluation.intake.reading.delimited import read

LIMITS = {"rows": 50, "columns": 60}


def rows_of(text, known=len):
    content = text if isinstance(text, bytes) else text.encode()
    (sheet,) = read(content, LIMITS, known).sheets
    return [sheet.row(number) for number in range(sheet.rows)]


TABLE = [("a", "b"), ("1", "2")]


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n1,2\n",
        "a;b\r\n1;2\r\n",
        "a\tb\n1\t2",
        '"a";"b"\r\n"1";"2"\r\n',
        "sep=;\r\na;b\r\n1;2\r\n",
        '"sep=,"\na,b\n1,2\n',
        "sep=\t\na\tb\n1\t2\n",
        "sep=|\na|b\n1|2\n",
    ],
)
def test_the_separator_is_found(text):
    assert rows_of(text) == TABLE


def test_a_decimal_comma_does_not_hide_the_semicolon():
    assert rows_of("a;b\n1,5;2,5\n") == [("a", "b"), ("1,5", "2,5")]


def test_a_title_above_does_not_hide_the_separator():
    assert rows_of("A list, of pupils\na;b;c\n1;2;3\n")[1] == ("a", "b", "c")


def test_blank_lines_keep_the_numbers_of_the_rows():
    assert rows_of("a,b\n\n1,2\n,\n")[1:] == [("", ""), ("1", "2"), ("", "")]


def test_a_line_break_inside_quotes_starts_no_row():
    assert rows_of('a,b\n"1\n1",2\n') == [("a", "b"), ("1\n1", "2")]


def test_nothing_is_taken_for_missing_by_its_name():
    assert rows_of("a,b\nNA,None\nnan,n/a\n")[1:] == [("NA", "None"), ("nan", "n/a")]


def test_ragged_rows_are_tolerated():
    assert rows_of("a,b\n1\n1,2,3\n") == [("a", "b", ""), ("1", "", ""), ("1", "2", "3")]


def test_what_one_separator_cannot_read_another_may():
    long = "x" * 140_000
    with pytest.raises(DeliveryError):
        rows_of(f'a,b\n"{long}')


def test_too_many_rows_are_refused_before_they_are_sorted():
    with pytest.raises(DeliveryError) as refused:
        rows_of("a\n" * 200)
    assert refused.value.rule == "too_many_rows"


def test_empty_cells_at_the_end_of_a_row_are_no_columns():
    rows = rows_of("a,b\n1,2" + "," * 5000 + "\n" + "," * 5000 + "\n3,4\n")
    assert [row[:2] for row in rows] == [("a", "b"), ("1", "2"), ("", ""), ("3", "4")]


@pytest.mark.parametrize(
    ("text", "rule"),
    [("a,b\n" + "1," * 200 + "1\n", "too_many_columns"), ("a\n" * 200, "too_many_rows")],
)
def test_rows_and_columns_are_counted_while_they_are_read(text, rule):
    with pytest.raises(DeliveryError) as refused:
        rows_of(text)
    assert refused.value.rule == rule
