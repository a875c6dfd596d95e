"""What a workbook hides is read and said; what a formula makes of an answer is not taken."""

import io

import openpyxl
import pytest

from evaluation.records.batches import Status
from tests.evaluation.intake.given import ADA, BEN, changed, checked, pupil_rows

CAI = changed(BEN, Code="c3")


def book(work=lambda sheet: None):
    made = openpyxl.Workbook()
    for row in pupil_rows(ADA, BEN, CAI):
        made.active.append([cell or None for cell in row])
    work(made.active)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def hide_row(sheet):
    sheet.row_dimensions[1].hidden = True  # the header
    sheet.row_dimensions[3].hidden = True
    sheet.row_dimensions[9].hidden = True  # below the table


def hide_column(sheet):
    sheet.column_dimensions["H"].hidden = True
    sheet.column_dimensions["Z"].hidden = True


def join(sheet):
    sheet["F3"] = sheet["F4"] = None
    sheet.merge_cells("F2:F4")


def join_across(sheet):
    sheet.merge_cells("H2:I2")


def work_out_item(sheet):
    sheet["H3"] = "=6-1"


def work_out(sheet):
    sheet["F3"] = "=F2"


def work_out_required(sheet):
    sheet["B3"] = "=B2"


def beside(sheet):
    sheet["N3"] = "=1+1"


@pytest.mark.parametrize(
    ("work", "found", "accepted"),
    [
        (lambda sheet: None, [], 3),
        (hide_row, [("hidden_rows", None, 3, 1)], 3),
        (hide_column, [("hidden_columns", "H", None, 1)], 3),
        (join, [("merged_cells", "F", 3, 2)], 3),
        (join_across, [], 3),
        (work_out, [("formula_without_value", "F", 3, None)], 3),
        (work_out_item, [("formula_without_value", "H", 3, None)], 3),
        (work_out_required, [("formula_without_value", "B", 3, None), ("missing_answer", "B", 3, None)], 2),
    ],
)  # fmt: skip
def test_what_cannot_be_seen_is_said(study, work, found, accepted):
    intake = checked(book(work), study)
    said = [(f.rule, f.column, f.row, f.values.get("n")) for f in intake.findings]
    assert said == found
    assert intake.tally.accepted == accepted


def test_joined_cells_share_their_answer(study):
    intake = checked(book(join), study)
    assert intake.accepted.clubs.tolist() == ["sport", "sport", "sport"]


def test_an_answer_that_a_formula_worked_out_refuses_the_file(study):
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as made:
        sheet = made.add_worksheet("data")
        for number, row in enumerate(pupil_rows(ADA, BEN)):
            sheet.write_row(number, 0, [cell or None for cell in row])
        sheet.write_formula("H2", "=6-5", None, 1)
        sheet.write_formula("H3", "=6-1", None, 5)
        sheet.write_formula("C3", "=C2+1", None, 11)  # no answer of the child's
    intake = checked(content.getvalue(), study)
    assert intake.status is Status.REFUSED
    assert [(f.rule, f.column, f.row) for f in intake.findings] == [("formula_in_answer", "H", 2)]
