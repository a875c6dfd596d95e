from dataclasses import replace

import pytest

from evaluation.design import Field, FieldType, Level, Need
from evaluation.intake.card import allowed
from evaluation.records.batches import Status
from tests.evaluation.intake.given import (
    ADA,
    BEN,
    PUPIL,
    checked,
    pupil_rows,
    rules,
    text_table,
    workbook,
)

DATA = ("data", pupil_rows(ADA, BEN))


def with_card(study, *lines, **said):
    return checked(workbook(DATA, ("card", [list(line) for line in lines])), study, card={}, **said)


def test_the_card_sheet_says_what_the_batch_is(study):
    intake = with_card(study, ["Batch card", ""], ["Region", "Восток"], ["Wave", 1], ["Forms", "2"])
    assert (intake.source, intake.status) == ("template", Status.ACCEPTED)
    assert (intake.region, intake.wave, intake.tally.declared) == ("e", 1, 2)
    assert dict(intake.card.values) == {"region": "e", "wave": "1", "forms_declared": "2"}


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (["Wave", "seventh"], "card_unreadable"),
        (["Forms", "many"], "card_unreadable"),
        (["Forms", "-1"], "card_unreadable"),
        (["Region", "Nowhere"], "card_unreadable"),
    ],
)
def test_a_line_that_cannot_be_understood_is_named(study, line, rule):
    lines = {"Region": "n", "Wave": "0", "Forms": "2"} | {line[0]: line[1]}
    intake = with_card(study, *lines.items())
    assert rule in rules(intake)
    found = next(f for f in intake.findings if f.rule == rule)
    assert (found.sheet, found.row, found.column) == (2, list(lines).index(line[0]) + 1, "B")
    assert intake.status is Status.REFUSED


def test_a_card_that_says_a_thing_twice_differently_is_refused(study):
    intake = with_card(study, ["Region", "n"], ["Wave", "0"], ["Forms", 2], ["Forms", 3])
    assert rules(intake) == ["card_differs"]
    assert intake.findings[0].row == 4


def test_the_sender_against_the_sender_has_no_place(study):
    content = text_table(pupil_rows(ADA))
    intake = checked(content, study, region="n", card={"region": "e", "wave": "0"})
    assert rules(intake) == ["other_region"]
    assert intake.findings[0].row is None


def test_dates_on_the_card_are_read_as_dates():
    field = Field("d", Level.BATCH, FieldType.DATE, Need.OPTIONAL, {"en": "D"})
    assert allowed(field, "2022-12-05")


def test_a_line_left_empty_is_not_said(study):
    intake = with_card(study, ["Region", "n"], ["Wave", None], ["Forms", 2])
    assert [(f.rule, f.field) for f in intake.findings] == [("card_missing", "wave")]


def test_an_export_without_a_card_is_asked_for_what_only_a_card_says(study, tmp_path):
    """Region and wave it must say; the rest is a question, not a reason to refuse."""
    pupil = study.instruments["pupil"]
    demanding = replace(
        pupil,
        fields=tuple(
            replace(f, need=Need.REQUIRED) if f.name == "forms_declared" else f
            for f in pupil.fields
        ),
    )
    strict = replace(study, instruments={"pupil": demanding})
    intake = checked(text_table(pupil_rows(ADA)), strict, card={"region": "n", "wave": "0"})
    assert [(f.rule, dict(f.values)) for f in intake.findings] == [("card_unsaid", {"n": 1})]
    assert intake.status is Status.REMARKS


def test_what_every_row_says_the_same_is_said_of_the_batch(study):
    header = [*PUPIL, "Region", "Wave"]
    same = text_table([header, [*ADA, "n", "0"], [*BEN, "North", ""]])
    assert checked(same, study, card={}).status is Status.ACCEPTED
    other = text_table([header, [*ADA, "n", "0"], [*BEN, "e", "0"]])
    intake = checked(other, study, card={})
    assert rules(intake) == ["other_region"]


def test_a_bound_from_above_holds_on_the_card_too():
    field = Field("n", Level.BATCH, FieldType.INTEGER, Need.OPTIONAL, {"en": "N"}, maximum=5)
    assert allowed(field, "5")
    assert not allowed(field, "6")


def test_another_version_of_the_questionnaire_is_refused(visits):
    header = ("Version", "Wave", "Region", "Child", "Site", "Day", "Mood")
    row = ("1", "0", "10", "10-00001-2", "S10001", "2022-03-20", "glad")
    intake = checked(text_table([header, row]), visits, card={})
    assert rules(intake) == ["other_version"]
    assert intake.findings[0].values == {"version": 2}
