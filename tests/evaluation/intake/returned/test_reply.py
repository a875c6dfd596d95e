"""Our own sheets come in again: known by their mark, never taken for data, never trusted blindly."""

import pytest

from evaluation.language import languages
from tests.evaluation.intake.given import (
    ADA,
    BEN,
    changed,
    checked,
    places,
    pupil_rows,
    rules,
    text_table,
    workbook,
)
from tests.evaluation.intake.returned.given import opened, returned, saved

OLD = [changed(BEN, Code=f"c{n}", Age="99") for n in (1, 2, 3)]
FILE = workbook(("Answers", pupil_rows(ADA, *OLD)))
REASON = "M"


def reason_column(sheet):
    return next(c.column_letter for row in sheet.iter_rows() for c in row if _is_reason(c))


def _is_reason(cell):
    return isinstance(cell.value, str) and cell.value.startswith("Your reason")


def explained(content, reasons, title="All remarks"):
    """The returned workbook with reasons typed in: {cell: reason}."""
    book = opened(content)
    sheet = book[title]
    assert reason_column(sheet) == REASON
    cell_column = next(c for row in sheet.iter_rows() for c in row if c.value == "Cell").column
    for row in range(1, sheet.max_row + 1):
        if text := reasons.get(sheet.cell(row, cell_column).value):
            sheet[f"{REASON}{row}"] = text
    return saved(book)


@pytest.mark.parametrize("code", languages())
def test_a_returned_file_is_judged_as_if_it_had_never_left(study, code):
    before, made = returned(FILE, study, code)
    after = checked(made, study)
    assert rules(after) == rules(before)
    assert places(after, "out_of_range") == places(before, "out_of_range")
    assert after.tally == before.tally


def test_ours_are_known_by_their_mark_and_not_by_their_title(study):
    _, made = returned(FILE, study)
    book = opened(made)
    book["Fix first"].title, book["All remarks"].title = "One", "Two"
    after = checked(explained(saved(book), {"C3": "seventeen in spring"}, title="Two"), study)
    assert "explained" in rules(after)
    # A sheet that is only called like ours is theirs.
    theirs = workbook(("All remarks", pupil_rows(ADA, BEN)))
    assert checked(theirs, study).tally.rows == 2


def test_a_reason_at_the_head_of_a_cause_holds_for_all_its_lines(study):
    _, made = returned(FILE, study)
    after = checked(explained(made, {"C3": "a class of older pupils"}), study)
    assert rules(after) == ["explained"]
    assert {e.respondent: e.reason for e in after.explanations} == {
        "c1": "a class of older pupils",
        "c2": "a class of older pupils",
        "c3": "a class of older pupils",
    }


def test_a_reason_of_one_line_holds_for_one_child_and_goes_before_the_head(study):
    _, made = returned(FILE, study)
    after = checked(explained(made, {"C4": "repeated a year"}), study)
    assert places(after, "out_of_range") == ["C3", "C5"]
    both = checked(explained(made, {"C3": "all", "C4": "repeated a year"}), study)
    assert {e.respondent: e.reason for e in both.explanations}["c2"] == "repeated a year"


def test_a_reason_finds_its_child_when_rows_have_moved(study):
    _, made = returned(FILE, study)
    book = opened(explained(made, {"C4": "repeated a year"}))
    book["Answers"].insert_rows(2)
    after = checked(saved(book), study)
    assert places(after, "out_of_range") == ["C4", "C6"]
    assert [e.respondent for e in after.explanations] == ["c2"]


def test_what_must_be_mended_is_not_explained_away(study):
    content = workbook(("Answers", pupil_rows(ADA, changed(BEN, Sex="Q"))))
    _, made = returned(content, study)
    after = checked(explained(made, {"B3": "it is so"}), study)
    assert rules(after) == ["not_in_list"]
    assert after.explanations == ()


IIN = "991231500016"


@pytest.mark.parametrize("column", ["M", "H", "A", "T"])
def test_what_somebody_types_into_our_sheets_is_looked_through(study, column):
    _, made = returned(FILE, study)
    book = opened(made)
    book["All remarks"][f"{column}6"] = IIN
    after = checked(saved(book), study)
    assert places(after, "personal_data") == [f"{column}6"]
    assert after.status == "refused"


def test_an_empty_row_or_sheet_is_nobodys(study):
    _, made = returned(FILE, study)
    book = opened(made)
    book.create_sheet("Empty", 1)
    book["Fix first"]["A2"] = None
    assert rules(checked(saved(book), study)) == ["out_of_range"] * 3


def test_a_title_with_personal_data_is_found_on_our_sheets_too(study):
    _, made = returned(FILE, study)
    book = opened(made)
    book["Fix first"].title = IIN
    assert "personal_data" in rules(checked(saved(book), study))


def test_the_answer_line_of_a_csv_comes_back_in_a_workbook_that_is_read_like_it(study):
    content = text_table(pupil_rows(ADA, *OLD))
    before, made = returned(content, study, "ru")
    after = checked(made, study)
    assert (rules(after), after.tally) == (rules(before), before.tally)
