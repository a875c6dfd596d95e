"""What was explained is not asked again: for this rule, this answer, this child, this wave."""

import pytest

from evaluation.intake import check
from evaluation.intake.past import Past, nothing_explained
from evaluation.records.batches import Card
from evaluation.records.explanations import Explanation
from tests.evaluation.intake.given import (
    ADA,
    BEN,
    CARD,
    EXPECTATIONS,
    changed,
    nobody,
    places,
    pupil_rows,
    rules,
    text_table,
)


def about(**other):
    said = {
        "instrument": "pupil",
        "rule": "out_of_range",
        "field": "age",
        "respondent": "b2",
        "wave": "0",
        "value": "99",
    }
    return Explanation(**(said | other))


def judged(study, *rows, explained=(), card=CARD):
    known = {each.subject for each in explained}
    return check(
        text_table(pupil_rows(*rows)),
        study=study,
        instrument=None,
        region=None,
        wave=None,
        declared=Card(tuple(card.items())),
        expectations=EXPECTATIONS,
        already_stored=nobody,
        past=Past(explained=known.__contains__),
    )


OLD = changed(BEN, Age="99")


def test_what_was_explained_before_is_counted_and_not_raised(study):
    intake = judged(study, ADA, OLD, explained=[about()])
    assert rules(intake) == ["explained"]
    assert intake.findings[0].values == {"n": 1}
    assert (intake.status, intake.explanations) == ("accepted", ())


OTHERS = {
    "rule": "not_in_list",
    "field": "wb_1",
    "respondent": "a1",
    "wave": "1",
    "value": "98",
    "instrument": "visit",
}


@pytest.mark.parametrize("name", OTHERS)
def test_anything_else_about_it_is_another_question(study, name):
    intake = judged(study, ADA, OLD, explained=[about(**{name: OTHERS[name]})])
    assert places(intake, "out_of_range") == ["C3"]


def test_an_answer_that_could_not_be_read_is_asked_about_again(study):
    unread = changed(BEN, Date="soon")
    [finding] = judged(study, ADA, unread).findings
    assert finding.severity == "please_check"
    explained = [about(rule=finding.rule, field="asked_on", value=None)]
    assert rules(judged(study, ADA, unread, explained=explained)) == [finding.rule]


def test_a_row_that_is_held_stays_held_with_its_finding(study):
    wrong = changed(BEN, Sex="Q")
    explained = [about(rule="not_in_list", field="sex", value="Q")]
    intake = judged(study, ADA, wrong, explained=explained)
    assert rules(intake) == ["not_in_list"]
    assert intake.tally.held == 1


def test_a_remark_about_the_whole_file_is_about_nobody(study):
    rows = pupil_rows(ADA, BEN)
    content = text_table([*rows, ["Total", *[""] * 11]])
    intake = check(
        content,
        study=study,
        instrument=None,
        region=None,
        wave=None,
        declared=Card(tuple(CARD.items())),
        expectations=EXPECTATIONS,
        already_stored=nobody,
    )
    assert rules(intake) == ["rows_below_table"]


def test_nothing_is_explained_until_somebody_does():
    assert not nothing_explained(about().subject)
