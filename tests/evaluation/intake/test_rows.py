from evaluation.records.batches import Status
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
)


def test_totals_and_notes_below_the_table_are_no_rows(study):
    notes = [["", "", "", ""], ["Total: 2"], ["", "", "21"]]
    intake = checked(text_table([*pupil_rows(ADA, BEN), *notes]), study)
    assert intake.tally.rows == 2
    assert rules(intake) == ["rows_below_table"]
    assert (intake.findings[0].row, intake.findings[0].values) == (5, {"n": 2})
    assert intake.status is Status.REMARKS


def test_a_form_without_a_code_is_a_row_and_is_held(study):
    intake = checked(text_table(pupil_rows(ADA, changed(BEN, Code=""))), study)
    assert intake.tally.rows == 2
    assert places(intake, "missing_answer") == ["A3"]


def test_a_code_typed_in_its_own_way_still_ends_the_table(study):
    last = ["b 2"]
    intake = checked(text_table([*pupil_rows(ADA), last]), study)
    assert intake.tally.rows == 2


def test_a_table_of_notes_alone_has_no_rows(study):
    assert "no_rows" in rules(checked(text_table([*pupil_rows(), ["Total"]]), study))


def test_where_codes_have_no_form_any_code_makes_a_row(study):
    from dataclasses import replace

    pupil = study.instruments["pupil"]
    free = tuple(replace(f, pattern=None) if f.name == "code" else f for f in pupil.fields)
    other = replace(study, instruments={"pupil": replace(pupil, fields=free)})
    intake = checked(text_table([*pupil_rows(ADA), ["anything"], ["", "", "9"]]), other)
    assert intake.tally.rows == 2


def test_a_form_that_never_asked_for_consent_is_refused_whole(study):
    header = [name for name in PUPIL if name != "Consent"]
    row = [text for name, text in zip(PUPIL, ADA, strict=True) if name != "Consent"]
    intake = checked(text_table([header, row]), study)
    assert [(f.rule, f.field) for f in intake.findings] == [("missing_column", "consent")]
    assert intake.accepted.empty
