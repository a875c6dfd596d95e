import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

from evaluation.intake.returned.annotating import sheets_of
from evaluation.intake.returned.looks import Wardrobe
from evaluation.intake.returned.marks import AUTHOR, clear, mark, offer
from evaluation.intake.returned.plan import Cell, Dropdown, Mark
from tests.evaluation.intake.given import ADA, BEN, changed, pupil_rows, workbook
from tests.evaluation.intake.returned.given import marked, opened, returned, saved


@pytest.fixture
def sheet():
    return Workbook().active


def dropdown(column="B", first=2, last=9, sheet=1):
    return Dropdown(sheet, column, first, last, ("F", "M"), "Sex", "F (girl)", "No such answer")


def test_a_comment_that_was_there_is_kept_under_ours_and_alone_when_ours_goes(sheet):
    sheet["A1"] = "x"
    sheet["A1"].comment = Comment("seen by the school", "somebody")
    sheets = sheets_of(sheet.parent)
    mark(sheets, (Mark(Cell(1, 1, "A"), "must_fix", "✖ wrong"),), Wardrobe())
    assert sheet["A1"].comment.text.startswith("✖ wrong")
    assert sheet["A1"].comment.text.endswith("seen by the school")
    clear(sheet.parent, Wardrobe())
    assert sheet["A1"].comment.text == "seen by the school"
    assert sheet["A1"].fill.fill_type is None


def test_a_comment_of_ours_on_a_cell_that_they_dressed_anew_leaves_their_colour(sheet):
    sheet["A1"].comment = Comment("✖ wrong", AUTHOR)
    sheet["A2"].comment = Comment("theirs", "somebody")
    clear(sheet.parent, Wardrobe())
    assert sheet["A1"].comment is None
    assert sheet["A2"].comment.text == "theirs"


def test_a_mark_within_merged_cells_stands_where_they_show(sheet):
    sheet["B2"] = "x"
    sheet.merge_cells("B2:C3")
    marks = (Mark(Cell(1, 3, "C"), "please_check", "? look"),)
    mark(sheets_of(sheet.parent), marks, Wardrobe())
    assert marked(sheet) == {"B2": "dashed"}


def test_a_chart_has_no_cells(sheet):
    book = sheet.parent
    book.create_chartsheet("Chart", 0)
    sheets = sheets_of(book)
    assert sheets.keys() == {2, None}
    mark(sheets, (Mark(Cell(1, 1, "A"), "must_fix", "x"),), Wardrobe())
    offer(sheets, (dropdown(sheet=1),))
    assert marked(sheet) == {}
    assert sheet.data_validations.dataValidation == []


OTHERS = {
    "B2:B9": [],
    "B1:B20": ["B10:B20", "B1:B1"],
    "A2:C9": ["A2:A9", "C2:C9"],
    "C2:C9": ["C2:C9"],
    "B10:B12": ["B10:B12"],
}


@pytest.mark.parametrize("area", OTHERS)
def test_no_cell_has_two_lists(sheet, area):
    theirs = DataValidation(type="whole", formula1="1")
    theirs.add(area)
    sheet.add_data_validation(theirs)
    offer(sheets_of(sheet.parent), (dropdown(),))
    kept = [
        r.coord
        for rule in sheet.data_validations.dataValidation
        if rule.type == "whole"
        for r in rule.sqref.ranges
    ]
    assert sorted(each if ":" in each else f"{each}:{each}" for each in kept) == OTHERS[area]


def test_a_mended_cell_is_plain_again_when_the_workbook_is_returned_once_more(study):
    rows = pupil_rows(ADA, changed(BEN, Sex="Q"), changed(BEN, Code="c3", Age="99"))
    _, made = returned(workbook(("Answers", rows)), study)
    book = opened(made)
    book["Answers"]["B3"] = "M"
    _, again = returned(saved(book), study, "kk")
    back = opened(again)
    assert back.sheetnames == ["Алдымен түзетіңіз", "Барлық ескертулер", "Answers"]
    assert marked(back["Answers"]) == {"C4": "dashed"}
    assert back["Answers"]["B3"].fill.fill_type is None
