"""The child process, asked from inside; that it is a process of its own, test_workbook shows."""

import io
import json
from array import array
from datetime import date, datetime, time

import pytest
import xlsxwriter

from evaluation.errors import DeliveryError
from evaluation.intake.reading.marks import Marks
from evaluation.intake.reading.worker import OUT_OF_MEMORY, factorise, joined_down, main, text_of
from tests.evaluation.intake.given import workbook
from tests.evaluation.intake.test_bad_input import repacked

UNBOUNDED = -1


def answer(content, rows=100, unpacked=1_000_000):
    out = io.BytesIO()
    main(io.BytesIO(content), out, memory=UNBOUNDED, unpacked=unpacked, rows=rows)
    head, _, body = out.getvalue().partition(b"\n")
    return json.loads(head), array("i", body)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("as it is ", "as it is "),
        (3.0, "3"),
        (3.5, "3.5"),
        (991231500016.0, "991231500016"),
        (1e300, "1e+300"),
        (float("inf"), "inf"),
        (True, "TRUE"),
        (False, "FALSE"),
        (datetime(2022, 12, 5), "2022-12-05"),
        (datetime(2022, 12, 5, 10, 30), "2022-12-05T10:30:00"),
        (date(2022, 12, 5), "2022-12-05"),
        (time(10, 30), "10:30:00"),
        (7, "7"),
        (None, ""),
    ],
)
def test_a_cell_becomes_what_one_would_type(cell, text):
    assert text_of(cell) == text


def test_a_column_holds_each_text_once():
    assert factorise(["b", "", "a", "b"]) == (["", "b", "a"], array("i", [1, 0, 2, 1]))


def test_truth_is_not_taken_for_one():
    texts, codes = factorise([1.0, True, 0.0, False])
    assert [texts[code] for code in codes] == ["1", "TRUE", "0", "FALSE"]


def test_sheets_keep_their_numbers_names_rows_and_visibility():
    content = workbook(
        ("first", [[], ["a", 1], ["a", datetime(2022, 5, 14)]]), ("second", []), hidden=["second"]
    )
    head, codes = answer(content)
    assert head["date_1904"] is False
    first, second = head["sheets"]
    assert (first["number"], first["name"], first["visible"]) == (1, "first", True)
    assert (second["number"], second["visible"], second["rows"]) == (2, False, 0)
    assert first["texts"][0] == ["", "a"]
    assert codes.tolist()[:3] == [0, 1, 1]  # the empty first row is still the first row


@pytest.mark.parametrize(
    ("content", "rows", "unpacked", "refused"),
    [
        (workbook(("data", [["a"]] * 200)), 50, 1_000_000, "too_many_rows"),
        (workbook(("data", [["a"]])), 50, 100, "file_too_large"),
        (b"PK\x03\x04 nothing of the kind", 50, 100, "damaged_file"),
    ],
)
def test_a_refusal_is_an_answer(content, rows, unpacked, refused):
    head, _ = answer(content, rows, unpacked)
    assert head["refused"] == refused


def test_a_sheet_of_charts_is_passed_over():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("data")
        sheet.write(0, 0, 1)
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=data!$A$1:$A$1"})
        book.add_chartsheet("chart").set_chart(chart)
    head, _ = answer(content.getvalue())
    assert [sheet["name"] for sheet in head["sheets"]] == ["data"]


def test_xml_that_no_spreadsheet_writes_is_damage():
    head, _ = answer(repacked(change=lambda n, d: b"<worksheet" if "sheet1" in n else d))
    assert head["refused"] == "damaged_file"


def test_want_of_memory_has_a_word_of_its_own():
    class Endless(io.BytesIO):
        def read(self, size=-1):
            raise MemoryError

    with pytest.raises(SystemExit) as stopped:
        main(Endless(), io.BytesIO(), memory=UNBOUNDED, unpacked=1, rows=1)
    assert stopped.value.code == OUT_OF_MEMORY


def test_json_is_answered_in_the_form_of_a_workbook():
    head, codes = answer(b'{"count": 3, "results": [{"a": "x", "r": [{"b": 1}]}, {"a": "y"}]}')
    assert [(s["number"], s["name"], s["rows"]) for s in head["sheets"]] == [
        (1, "", 3),
        (2, "r", 2),
    ]
    assert head["sheets"][0]["texts"] == [["", "x", "y", "a"]]
    assert codes.tolist()[:3] == [3, 1, 2]
    assert head["remarks"] == [["part_of_export", {"n": 2}]]
    head, _ = answer(b'[{"a": "x"}]')
    assert (head["sheets"][0]["number"], head["remarks"]) == (None, [])


def joined(*areas):
    columns = [("a", "", "", "b"), ("c", "d", "", "")]
    return [list(column) for column in joined_down(columns, Marks(joined=areas))]


@pytest.mark.parametrize(
    ("areas", "columns"),
    [
        ([], [["a", "", "", "b"], ["c", "d", "", ""]]),
        ([(0, 2, 0)], [["a", "a", "a", "b"], ["c", "d", "", ""]]),
        ([(0, 1, 0), (1, 2, 1)], [["a", "a", "", "b"], ["c", "d", "d", ""]]),
        ([(1, 2, 0), (0, 1, 0)], [["a", "a", "", "b"], ["c", "d", "", ""]]),
        ([(1, 900, 1)], [["a", "", "", "b"], ["c", "d", "d", "d"]]),
        ([(9, 12, 0), (0, 3, 7)], [["a", "", "", "b"], ["c", "d", "", ""]]),
    ],
)
def test_cells_joined_downwards_say_the_same(areas, columns):
    assert joined(*areas) == columns


def test_areas_that_lie_over_each_other_are_damage():
    with pytest.raises(DeliveryError) as refused:
        joined(*[(0, 3, 0)] * 9)
    assert refused.value.rule == "damaged_file"
