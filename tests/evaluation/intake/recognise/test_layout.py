import pytest

from evaluation.errors import DeliveryError
from evaluation.intake.reading.files import read_file
from evaluation.intake.recognise.layout import find_layout
from evaluation.intake.recognise.vocabulary import word_counter
from tests.evaluation.intake.given import ADA, BEN, PUPIL, pupil_rows, text_table, workbook

LIMITS = {"bytes": 1e7, "rows": 100, "columns": 200, "unpacked_bytes": 1e8}


def layout(study, content):
    return find_layout(read_file(content, LIMITS, word_counter(study)), study.instruments.values())


CARD = [["Region", "n"], ["Wave", 0], ["Forms", 2]]


def test_titles_may_stand_above_the_headers(study):
    rows = [["Report of the school"], [], ["Class 5", "", "Spring"], *pupil_rows(ADA)]
    found = layout(study, workbook(("data", rows)))
    assert (found.header_row, found.first_row, found.source.name) == (3, 4, "table")


def test_headers_far_below_are_not_looked_for(study):
    with pytest.raises(DeliveryError) as refused:
        layout(study, text_table([["x"]] * 25 + pupil_rows(ADA)))
    assert refused.value.rule == "no_data_sheet"


def test_the_card_is_known_by_its_labels_wherever_it_stands(study):
    content = workbook(
        ("card", CARD), ("data", pupil_rows(ADA, BEN)), ("help", [["Please fill in"]])
    )
    found = layout(study, content)
    assert (found.sheet.name, found.card.name, found.source.name) == ("data", "card", "template")


def test_a_sheet_with_one_known_word_is_no_card(study):
    content = workbook(
        ("data", pupil_rows(ADA)), ("notes", [["Region", "was kind"], ["x" * 500, ""]])
    )
    assert layout(study, content).card is None


def test_tags_under_the_headers_are_passed_over(study):
    content = text_table([PUPIL, ["#code", *[""] * 10, "#friends"], ADA])
    assert layout(study, content).first_row == 2


def test_the_fuller_of_two_sheets_is_the_data(study):
    content = workbook(("draft", [["Code", "Sex"], ["a1", "F"]]), ("data", pupil_rows(ADA)))
    assert layout(study, content).sheet.name == "data"


def test_an_empty_copy_is_not_the_data(study):
    content = workbook(("empty", pupil_rows()), ("data", pupil_rows(ADA)))
    assert layout(study, content).sheet.name == "data"


def test_a_sheet_called_survey_may_hold_data(study):
    content = workbook(("survey", pupil_rows(ADA)), ("Survey ", []))
    assert layout(study, content).sheet.name == "survey"


def test_parents_of_minus_one_are_no_parents(study):
    header = [*PUPIL, "_index", "_parent_table_name", "_parent_index"]
    content = workbook(("data", [header, [*ADA, 1, "", -1]]))
    assert layout(study, content).source.name == "kobo"


def test_a_repeat_may_be_what_a_study_is_about(study):
    header = [*PUPIL, "_index", "_parent_index"]
    repeat = ("pupils", [header, [*ADA, 1, 1], [*BEN, 2, 1]])
    found = layout(study, workbook(("school", [["teacher", "_index"], ["x", 1]]), repeat))
    assert found.sheet.name == "pupils"
    assert found.findings == ()
