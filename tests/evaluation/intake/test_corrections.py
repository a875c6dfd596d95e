"""A corrected file beside the one before: told by the children's codes, wherever their rows are."""

import pytest

from evaluation.design import load_study
from evaluation.intake import Sender, check
from evaluation.intake.corrections import LISTED, persons_of
from evaluation.intake.opened import open_delivery
from evaluation.intake.past import Past
from evaluation.records.batches import Card
from tests.evaluation.intake.given import (
    ADA,
    BEN,
    CARD,
    EXPECTATIONS,
    PUPIL,
    TESTS,
    changed,
    checked,
    nobody,
    places,
    pupil_rows,
    rules,
    text_table,
)
from tests.evaluation.intake.returned.given import SENDER

CAM = changed(BEN, Code="c3")
BEFORE = (ADA, changed(BEN, Sex="Q"), changed(CAM, Age="99"))


def corrected(study, before, after, *, kept=True):
    """The intake of `after`, which corrects `before`."""
    first = text_table(pupil_rows(*before))
    past = Past(
        corrects=True,
        opened=open_delivery(first, study, SENDER) if kept else None,
        findings=checked(first, study).findings,
    )
    return check(
        text_table(pupil_rows(*after)),
        study=study,
        instrument=None,
        region=None,
        wave=None,
        declared=Card(tuple(CARD.items())),
        expectations=EXPECTATIONS,
        already_stored=nobody,
        past=past,
    )


def counts(intake):
    [found] = [finding for finding in intake.findings if finding.rule == "corrected"]
    return found.values["fixed"], found.values["open"], found.values["new"]


CASES = {
    "all mended": ((ADA, BEN, CAM), (2, 0, 0)),
    "one mended": ((ADA, BEN, changed(CAM, Age="99")), (1, 1, 0)),
    "one new": ((changed(ADA, wb_1="7"), BEN, CAM), (2, 0, 1)),
    "rows moved": ((changed(CAM, Age="99"), ADA, changed(BEN, Sex="Q")), (0, 2, 0)),
    "same mistake, other value": ((ADA, changed(BEN, Sex="W"), CAM), (1, 1, 0)),
    "same mistake, other child": ((changed(ADA, Sex="Q"), BEN, CAM), (2, 0, 1)),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("kept", [True, False])
def test_it_is_counted_what_was_mended_what_is_open_and_what_is_new(study, case, kept):
    after, expected = CASES[case]
    if not kept and case == "same mistake, other child":
        expected = (1, 1, 0)  # without the file before, nobody can tell whose it was
    assert counts(corrected(study, BEFORE, after, kept=kept)) == expected


def test_only_what_nobody_asked_about_is_named_when_it_changes(study):
    after = (changed(ADA, wb_2="5"), changed(BEN, Sex="F", wb_3="1"), changed(CAM, Age="17"))
    intake = corrected(study, BEFORE, after)
    # Ada's answer and one of Ben's; his sex and Cam's age had been asked about.
    assert places(intake, "changed_unasked") == ["I2", "J3"]
    assert counts(intake) == (2, 0, 0)
    assert intake.status == "accepted_with_remarks"


def test_sorting_the_rows_changes_nothing(study):
    intake = corrected(study, BEFORE, (CAM, BEN, ADA))
    assert rules(intake) == ["corrected"]


def test_spelling_an_answer_otherwise_changes_nothing(study):
    assert rules(corrected(study, BEFORE, (changed(ADA, Sex="girl"), BEN, CAM))) == ["corrected"]


def test_a_question_about_the_whole_row_lets_all_of_it_change(study):
    before = (ADA, BEN, changed(BEN, wb_1="1"), CAM)
    first = checked(text_table(pupil_rows(*before)), study)
    assert places(first, "duplicate_respondent") == ["A3", "A4"]
    intake = corrected(study, before, (ADA, changed(BEN, wb_1="2"), CAM))
    assert places(intake, "changed_unasked") == []


def test_children_that_are_gone_are_counted(study):
    intake = corrected(study, BEFORE, (ADA, BEN))
    assert "rows_gone" in rules(intake)
    assert rules(corrected(study, BEFORE, (ADA, BEN, CAM, changed(ADA, Code="d4")))) == [
        "corrected"
    ]


def test_a_question_that_the_file_before_had_not_is_not_compared(study):
    first = open_delivery(
        text_table(pupil_rows(ADA[:5] + ADA[6:], header=PUPIL[:5] + PUPIL[6:])), study, SENDER
    )
    intake = check(
        text_table(pupil_rows(ADA)),
        study=study,
        instrument=None,
        region=None,
        wave=None,
        declared=Card(tuple(CARD.items())),
        expectations=EXPECTATIONS,
        already_stored=nobody,
        past=Past(corrects=True, opened=first),
    )
    assert rules(intake) == ["corrected"]


def test_many_changes_are_listed_in_part_and_counted_in_full(study):
    rows = [changed(ADA, Code=f"a{n}") for n in range(LISTED + 20)]
    after = [changed(row, wb_1="3") for row in rows]
    intake = corrected(study, tuple(rows), tuple(after))
    assert rules(intake).count("changed_unasked") == LISTED
    [more] = [f for f in intake.findings if f.rule == "changed_more"]
    assert more.values == {"n": 20}


def test_without_codes_the_row_is_the_person_and_nothing_is_compared_by_it():
    bfi = load_study(TESTS / "studies/bfi")
    names = [field.name for field in bfi.instruments["agreeableness"].row_fields]
    content = text_table([names, ["1"] * len(names), ["6"] * len(names)])
    opened = open_delivery(content, bfi, Sender())
    assert persons_of(opened) == {2: "2", 3: "3"}
    intake = check(
        text_table([names, ["6"] * len(names), ["6"] * len(names)]),
        study=bfi,
        instrument=None,
        region=None,
        wave=None,
        declared=Card(),
        expectations=EXPECTATIONS,
        already_stored=nobody,
        past=Past(corrects=True, opened=opened),
    )
    assert "corrected" in rules(intake)
    assert "changed_unasked" not in rules(intake)


def test_without_the_column_of_codes_nobody_is_known(study):
    content = text_table([PUPIL[1:], ADA[1:]])
    assert persons_of(open_delivery(content, study, SENDER)) == {2: ""}
