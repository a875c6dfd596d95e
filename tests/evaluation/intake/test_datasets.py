"""Every dataset of the shipped study, from its filled template through the gate. All invented."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from evaluation.design import Field, FieldType, load_study
from evaluation.forms import fill_template
from evaluation.intake import check
from evaluation.records.batches import Card, Status
from evaluation.settings import CHECKOUT
from tests.evaluation.intake.given import nobody

STUDY = load_study(CHECKOUT / "evaluation/study")
OTHERS = sorted(set(STUDY.instruments) - {"child_questionnaire"})
LANGUAGES = ("en", "ru", "kk")
SITE = next(iter(STUDY.sites.values()))
ROWS = 3
WHOLES = ("pupils", "children", "participants", "eligible", "referred", "needing", "caregivers")


def answer(field: Field, row: int) -> str:
    """A good answer, another one in every row where the field allows it."""
    if field.name == "region_code":
        return SITE.region
    if field.name == "site_code":
        return SITE.code
    if field.choices is not None:
        return field.choices.codes[row % len(field.choices.codes)]
    if field.type is FieldType.DATE:
        later = field.name in ("period_end", "due_on")
        return (date(2022, 9, 1) + timedelta(days=30 * row + 20 * later)).isoformat()
    if field.type is FieldType.INTEGER:
        steps = WHOLES.index(field.name) if field.name in WHOLES else len(WHOLES)
        return str((field.minimum or 0) + 1 + row + (len(WHOLES) - steps) * 5)
    return re.sub(r"\\d\{(\d)\}", lambda m: f"{row + 1:0{m[1]}d}", field.pattern or "")


def rows(name: str) -> list[list[str]]:
    fields = STUDY.instruments[name].row_fields
    return [[answer(field, row) for field in fields] for row in range(ROWS)]


def delivered(name: str, language: str, filled: list[list[str]]):
    instrument = STUDY.instruments[name]
    card = Card((("wave", "1"), ("forms_declared", str(len(filled)))))
    content = fill_template(instrument, STUDY, language, card=card, rows=filled)
    return check(
        content,
        study=STUDY,
        instrument=None,
        region=None,
        wave=None,
        declared=Card(),
        expectations=CHECKOUT / "expectations",
        already_stored=nobody,
    )


def changed(name: str, row: int, **cells: str) -> list[list[str]]:
    filled = rows(name)
    names = [field.name for field in STUDY.instruments[name].row_fields]
    for column, text in cells.items():
        filled[row][names.index(column)] = text
    return filled


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", OTHERS)
def test_a_filled_template_is_known_for_what_it_is_and_let_in(name, language):
    intake = delivered(name, language, rows(name))
    assert (intake.instrument, intake.status, intake.findings) == (name, Status.ACCEPTED, ())
    assert intake.wave == 1
    assert len(intake.accepted) == ROWS
    assert intake.accepted["region"].tolist() == [SITE.region] * ROWS
    assert intake.accepted["respondent"].is_unique
    for number, field in enumerate(STUDY.instruments[name].row_fields):
        if field.name in intake.accepted:
            stored = intake.accepted[field.name].astype("str").tolist()
            assert stored == [row[number] for row in rows(name)]


SUMS = [n for n in OTHERS if STUDY.instruments[n].has("period_start")]
PARTS = {
    "school_results": ("four_and_five", "9999"),
    "participation": ("prize_winners", "9999"),
    "service_access": ("waiting", "9999"),
    "language_support": ("receiving", "9999"),
    "caregiver_support": ("women", "9999"),
}


def held(intake) -> dict[int, set[str]]:
    """Row as Excel shows it → the rules that hold it."""
    found: dict[int, set[str]] = {}
    for finding in intake.findings:
        found.setdefault(finding.row, set()).add(finding.rule)
    return found


def test_every_sum_is_asked_for_its_parts():
    assert set(SUMS) == set(PARTS)


@pytest.mark.parametrize("name", SUMS)
def test_a_part_larger_than_its_whole_holds_its_row(name):
    column, figure = PARTS[name]
    intake = delivered(name, "ru", changed(name, 1, **{column: figure}))
    assert "part_over_whole" in held(intake)[3]
    assert intake.tally.accepted == ROWS - 1


@pytest.mark.parametrize("name", [*SUMS, "decision_tracker"])
def test_a_period_that_ends_before_it_begins_holds_its_row(name):
    last = "period_end" if name in SUMS else "due_on"
    intake = delivered(name, "kk", changed(name, 2, **{last: "2020-01-01"}))
    assert held(intake) == {4: {"period_reversed"}}


@pytest.mark.parametrize("name", SUMS)
def test_two_rows_about_the_same_days_and_the_same_people_are_one_too_many(name):
    filled = rows(name)
    names = [field.name for field in STUDY.instruments[name].row_fields]
    twin = list(filled[0])
    twin[names.index("period_start")] = twin[names.index("period_end")]  # a day in common
    intake = delivered(name, "en", [*filled, twin])
    assert held(intake) == {5: {"periods_overlap"}}


@pytest.mark.parametrize("name", ["session_log", "decision_tracker"])
def test_what_can_be_there_once_and_is_there_twice_is_held(name):
    intake = delivered(name, "en", [*rows(name), rows(name)[0]])
    assert held(intake) == {2: {"entry_twice"}, 5: {"entry_twice"}}


@pytest.mark.parametrize("name", ["community_event", "partnership"])
def test_what_may_well_be_there_twice_is_asked_about(name):
    intake = delivered(name, "en", [*rows(name), rows(name)[0]])
    assert held(intake) == {2: {"entry_twice"}, 5: {"entry_twice"}}
    assert intake.status is Status.REMARKS and intake.tally.accepted == ROWS + 1


def test_a_participant_is_there_once():
    filled = changed("training_prepost", 1, trainee_code=rows("training_prepost")[0][0])
    intake = delivered("training_prepost", "ru", filled)
    assert {rule for rules in held(intake).values() for rule in rules} == {"duplicate_respondent"}


def test_two_answers_that_are_wholly_alike_are_asked_about():
    filled = rows("needs_assessment")
    intake = delivered("needs_assessment", "kk", [filled[0], *filled])
    assert held(intake) == {2: {"same_answers"}, 3: {"same_answers"}}
