import numpy as np

from evaluation.intake.privacy.scan import scan, suspects
from evaluation.intake.reading.sheets import Sheet, column_of
from evaluation.records.findings import Effect, Severity
from tests.evaluation.intake.given import (
    ADA,
    BEN,
    PUPIL,
    changed,
    checked,
    places,
    pupil_rows,
    rules,
    text_table,
    workbook,
)

PHONE = "8 701 123 45 67"


def test_every_text_that_holds_an_identifier_is_named_by_place():
    texts = ("a1", PHONE, "", "see\n8 701 123 45 67", "x@example.org", "991231500016", "12")
    assert suspects(texts) == [1, 3, 4, 5]


def test_random_identifiers_of_tools_are_no_telephone_numbers():
    assert suspects(("uuid:7234567a-1234-7011-2345-67abcdef0123", "6701-1234-56abc-d")) == [1]
    assert suspects(("6d1b903a-7011-2345-6701-123456789abc",)) == []


def test_findings_give_cells_and_nothing_else():
    column = column_of(["", "Code", PHONE], np.array([1, 2, 0, 2], dtype=np.int32))
    (first, second) = scan([Sheet(2, "data", 4, (column,))], {})
    assert (first.rule, first.sheet, first.row, first.column) == ("personal_data", 2, 2, "A")
    assert second.row == 4
    assert (first.severity, first.effect, first.values) == (
        Severity.MUST_FIX,
        Effect.REFUSE,
        {"kind": "phone"},
    )


def test_answers_that_the_questionnaire_knows_are_not_looked_at():
    column = column_of(["", "7011234567"], np.array([1], dtype=np.int32))
    sheet = Sheet(1, "data", 1, (column,))
    assert scan([sheet], {(1, 0): {"7011234567"}}) == ()
    assert len(scan([sheet], {})) == 1


def test_every_sheet_is_looked_at_hidden_ones_too(study):
    content = workbook(
        ("data", pupil_rows(ADA)),
        ("old", [["list"], [PHONE]]),
        ("x@example.org", []),
        hidden=["old"],
    )
    found = [(f.sheet, f.row) for f in checked(content, study).findings]
    assert found == [(2, 2), (3, None)]


def test_cells_of_questions_headers_and_unread_columns_are_looked_at(study):
    header = [*PUPIL, PHONE, ""]
    rows = [[*ADA, "", ""], [*changed(BEN, Code="x@example.org"), "", PHONE]]
    intake = checked(text_table([header, *rows]), study)
    assert set(places(intake, "personal_data")) == {"M1", "A3", "N3"}


def test_clean_files_give_no_alarm(study):
    rows = [changed(ADA, Code=f"a{n}", Date="2022-03-14T10:00:00") for n in range(70112, 70150)]
    assert rules(checked(text_table(pupil_rows(*rows)), study)) == []
