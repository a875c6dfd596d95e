from dataclasses import replace

import pytest

from evaluation.intake import receipt_text
from evaluation.language import Language, languages
from evaluation.records.batches import receipt
from tests.evaluation.intake.given import (
    ADA,
    BEN,
    CARD,
    PUPIL,
    changed,
    checked,
    pupil_rows,
    text_table,
    workbook,
)


def said(content, study, code="en", **more):
    intake = checked(content, study, **more)
    return intake, receipt_text(
        intake.verdict, Language(code), study.instruments.get(intake.instrument)
    )


def test_a_clean_file_gets_a_short_receipt(study):
    intake, text = said(text_table(pupil_rows(ADA, BEN)), study)
    assert text == (
        f"# Receipt {receipt(intake.batch)}\n\n"
        "- Status: accepted.\n"
        "- Rows read: 2.\n"
        "- Accepted: 2.\n"
    )


def test_every_fate_of_a_row_is_counted(study):
    without = changed(BEN, Code="c3", Consent="0")
    content = text_table(pupil_rows(ADA, changed(BEN, Sex="Q"), without))
    _, text = said(content, study)
    assert "Held until they are mended: 1." in text
    assert "Without consent, counted only: 1." in text
    assert "## For information" in text


def test_a_finding_names_cell_question_and_what_is_allowed(study):
    _, text = said(text_table(pupil_rows(ADA, changed(BEN, Sex="Q"))), study)
    assert "- **B3 · «Sex»**: There is no such answer. Allowed: F (girl); M (boy)." in text
    assert "Q" not in text.replace("Questions", "")


def test_the_same_cause_is_said_once_with_a_count(study):
    rows = [changed(ADA, Code=f"a{n}", Sex="Q") for n in range(1, 10)]
    _, text = said(text_table(pupil_rows(*rows, BEN)), study)
    assert "B2, B3, B4, B5, B6 and 4 more rows" in text
    assert text.count("There is no such answer.") == 1


def test_a_sheet_other_than_the_first_is_named(study):
    content = workbook(("Notes", [["about"]]), ("Data", pupil_rows(ADA, changed(BEN, Sex="Q"))))
    _, text = said(content, study)
    assert "sheet 2: B3" in text


def test_a_remark_about_a_whole_sheet_names_the_sheet(study):
    _, text = said(workbook(("Data", pupil_rows())), study)
    assert "- **sheet 1**: There are no rows under the headers." in text
    assert "Rows read" not in text


def test_a_refused_file_says_that_nothing_was_taken_in(study):
    content = text_table(pupil_rows(ADA, BEN))
    _, text = said(content, study, card=CARD | {"forms_declared": "9"})
    assert "Rows read: 2. None of them was taken in." in text
    assert "The card says 9 forms, but the table has 2 rows." in text


@pytest.mark.parametrize("code", languages())
def test_the_receipt_is_in_the_language_of_its_reader(study, code):
    header = [
        study.instruments["pupil"].field("sex").header[code] if h == "Sex" else h for h in PUPIL
    ]
    intake, text = said(text_table([header, ADA, changed(BEN, Sex="Q")]), study, code)
    say = Language(code)
    assert say("status.partly_accepted") in text
    assert f"«{study.instruments['pupil'].field('sex').header[code]}»" in text
    for finding in intake.findings:
        assert say(f"rule.{finding.rule}.fix", **finding.values) in text


def test_a_correction_says_which_file_it_takes_the_place_of(study, english):
    verdict = checked(text_table(pupil_rows(ADA, BEN)), study).verdict
    text = receipt_text(replace(verdict, replaces="ab12cd34" + 56 * "0"), english, None)
    assert "- It takes the place of the file with receipt AB12-CD34.\n" in text
