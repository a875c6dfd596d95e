"""What a workbook hides, joins and works out, seen in its bytes; openpyxl and xlsxwriter write it."""

import io

import openpyxl
import pytest
import xlsxwriter

from evaluation.intake.reading import marks
from evaluation.intake.reading import workbook as reader
from evaluation.intake.reading.marks import Marks, marks_by_sheet
from tests.evaluation.intake.test_bad_input import repacked

LIMITS = {"rows": 100, "columns": 50, "unpacked_bytes": 10_000_000}


def written(work):
    book = openpyxl.Workbook()
    work(book.active, book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_nothing_special_leaves_no_marks():
    content = written(lambda sheet, book: sheet.append(["a", 1]))
    assert marks_by_sheet(content) == [Marks()]


def full(sheet, book):
    for row in range(6):
        sheet.append([row, "x", "y"])
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet["C2"] = "=1+1"
    sheet["C3"] = "#REF!"
    sheet.merge_cells("A4:A6")
    sheet.merge_cells("A1:C1")
    book.create_sheet("other")["B2"] = "=A1"


def test_each_sheet_has_its_own_marks():
    first, second = marks_by_sheet(written(full))
    assert first == Marks(
        hidden_rows=(2,),
        hidden_columns=(1,),
        valueless=((1, 2), (2, 2)),
        joined=((3, 5, 0),),
    )
    assert second == Marks(valueless=((1, 1),))


def test_a_formula_with_its_result_is_told_from_one_without():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_formula("A1", "=1+1", None, 2)
        sheet.write_formula("A2", "=1+1", None, "")
        sheet.write_formula("A3", "=1/0", None, "#DIV/0!")
        sheet.write_formula("B1", '=IF(A1>1,"<>","&")', None, "<>")
    (seen,) = marks_by_sheet(content.getvalue())
    assert (seen.formulas, seen.valueless) == (((0, 0), (0, 1)), ((1, 0), (2, 0)))


def prefixed(name, data):
    if not name.endswith("sheet1.xml"):
        return data
    new = data.replace(b"</", b"</x:").replace(b"<", b"<x:").replace(b"<x:/x:", b"</x:")
    return new.replace(b"<x:?xml", b"<?xml").replace(b"xmlns=", b"xmlns:x=")


def test_another_prefix_of_the_same_elements_is_read_too():
    content = repacked(written(full), change=prefixed)
    assert marks_by_sheet(content)[0] == marks_by_sheet(written(full))[0]


@pytest.mark.parametrize(
    ("xml", "seen"),
    [
        (b"", Marks()),
        (b'<row r="x" hidden="1"/>', Marks()),
        (b'<row hidden="true" r="9"/>', Marks(hidden_rows=(8,))),
        (b'<col min="2" max="99999999" hidden="1"/>', Marks(hidden_columns=tuple(range(1, 16384)))),
        (b'<col min="b" max="3" hidden="1"/>', Marks()),
        (b'<mergeCell ref="A1"/>', Marks()),
        (b'<c><f>1</f></c><c r="?"><f/></c>', Marks()),
        (b'<c r="?" t="e"/>', Marks()),
    ],
)
def test_odd_xml_does_no_harm(xml, seen):
    content = repacked(change=lambda n, d: xml if n.endswith("sheet1.xml") else d)
    assert marks_by_sheet(content)[0] == seen


def test_a_workbook_without_its_lists_has_no_marks():
    assert marks_by_sheet(repacked(drop=["xl/_rels/workbook.xml.rels"])) == []
    assert marks_by_sheet(repacked(drop=["xl/worksheets/sheet1.xml"])) == [Marks()]


def test_joined_cells_say_what_the_first_says_downwards_only():
    (sheet, _) = reader.read(written(full), LIMITS).sheets
    assert [row[0] for row in map(sheet.row, range(6))] == ["0", "1", "2", "3", "3", "3"]
    assert sheet.row(0) == ("0", "", "")
    assert sheet.marks.joined == ((3, 5, 0),)
    assert sheet.marks.hidden_rows == (2,)
    assert isinstance(marks.CELL.pattern, bytes)
