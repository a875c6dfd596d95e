"""Headers in two lines, and what must not be taken for them."""

import io

import openpyxl
import pytest

from evaluation.records.batches import Status
from tests.evaluation.intake.given import ADA, BEN, PUPIL, checked, pupil_rows, rules, text_table

UPPER = [*PUPIL[:7], "School", "", "", "", ""]
LOWER = ["", "", "", "", "", "", "", *PUPIL[7:]]


def accepted(content, study, first=3):
    intake = checked(content, study)
    assert intake.status is Status.ACCEPTED, intake.findings
    assert intake.accepted.source_row.tolist() == [first, first + 1]
    return intake


def test_questions_in_the_lower_line_only(study):
    accepted(text_table([UPPER, LOWER, ADA, BEN]), study)


def test_questions_cut_in_two(study):
    upper, lower = zip(*[([*h.split(" ", 1), ""])[:2] for h in PUPIL], strict=True)
    accepted(text_table([upper, lower, ADA, BEN]), study)


def test_groups_above_a_whole_header(study):
    groups = ["About", "", "", "", "", "", "", "School", "", "", "", ""]
    accepted(text_table([groups, PUPIL, ADA, BEN]), study)


def test_a_title_and_two_lines(study):
    accepted(text_table([["A title"], [], UPPER, LOWER, ADA, BEN]), study, first=5)


def test_headers_joined_over_two_lines(study):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (UPPER, LOWER, [*ADA], [*BEN]):
        sheet.append([cell or None for cell in row])
    for letter in "ABCDEFG":
        sheet.merge_cells(f"{letter}1:{letter}2")
    sheet.merge_cells("H1:L1")
    content = io.BytesIO()
    book.save(content)
    accepted(content.getvalue(), study)


@pytest.mark.parametrize("rows", [[PUPIL, ADA, BEN], [(*PUPIL[:-1], "Shoe size"), ADA, BEN]])
def test_a_row_of_answers_is_never_half_a_header(study, rows):
    assert checked(text_table(rows), study).tally.rows == 2


def test_a_lone_header_line_stays_one(study):
    assert "no_rows" in rules(checked(text_table([PUPIL[:6]]), study))


def test_headers_printed_again_on_every_page_are_no_rows(study):
    intake = checked(text_table(pupil_rows(ADA, PUPIL, BEN, PUPIL)), study)
    assert intake.tally.rows == 2
    assert [(f.rule, f.row, f.values) for f in intake.findings] == [("header_again", 3, {"n": 2})]


def test_headers_again_are_found_beside_a_column_without_one(study):
    header = (*PUPIL, "", "_id")
    rows = [header, (*ADA, "x", "1"), header, (*BEN, "", "2")]
    assert set(rules(checked(text_table(rows), study))) >= {"header_again"}


def test_a_second_table_below_is_refused(study):
    other = (*PUPIL[:1], *PUPIL[:0:-1])
    intake = checked(text_table(pupil_rows(ADA, [], other, BEN)), study)
    assert (intake.status, rules(intake)) == (Status.REFUSED, ["two_tables"])
