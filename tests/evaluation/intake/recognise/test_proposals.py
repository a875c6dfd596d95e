"""What an unknown header probably means: by its words and the answers below it, never by its place."""

import random

import pytest

from evaluation.design import load_study
from evaluation.intake.recognise.proposals import likeness
from evaluation.settings import CHECKOUT
from tests.evaluation.intake.given import ADA, BEN, PUPIL, checked, rules, text_table
from tests.evaluation.intake.test_places import HEADER, visit


@pytest.fixture(scope="module")
def shipped():
    return load_study(CHECKOUT / "evaluation/study")


def proposals(study, *renamed, rows=(ADA, BEN), extra=()):
    """Column → field of every proposal, with headers of the small form renamed: ("Sex", "…")."""
    names = dict(renamed)
    header = [names.get(name, name) for name in PUPIL]
    added = [[*row, *(cells[n] for _, cells in extra)] for n, row in enumerate(rows)]
    intake = checked(text_table([[*header, *(name for name, _ in extra)], *added]), study)
    return {f.column: f.field for f in intake.findings if f.rule == "column_unclear"}, intake


@pytest.mark.parametrize(
    ("was", "header", "column", "field"),
    [
        ("Sex", "Sex of the child", "B", "sex"),
        ("Sex", "Пол ребёнка", "B", "sex"),
        ("Date", "Date (day of talk)", "E", "asked_on"),
        ("I feel well.", "I feel wel", "H", "wb_1"),
        ("I have friends.", "I have good friends", "L", "bl_2"),
        ("I belong here.", "Мен мұнда өзімдікі сияқтымын", "K", "bl_1"),
        ("Consent", "Consent of parents", "D", "consent"),
    ],
)
def test_a_header_that_is_nearly_right_is_proposed_and_stays_out(study, was, header, column, field):
    found, intake = proposals(study, (was, header))
    assert found == {column: field}
    assert intake.status == "refused"
    assert "unknown_column" not in rules(intake)
    assert "missing_column" not in rules(intake)
    (finding,) = [f for f in intake.findings if f.rule == "column_unclear"]
    assert dict(finding.values) == {"letter": column, "name": field}
    assert finding.row == 1


def test_the_place_of_a_column_says_nothing(study):
    """The same file with its columns in any order: the same headers mean the same questions."""
    names = {"Sex": "Sex of the child", "I have friends.": "I have good friends"}
    order = list(range(len(PUPIL)))
    for seed in range(5):
        random.Random(seed).shuffle(order)
        header = [names.get(PUPIL[n], PUPIL[n]) for n in order]
        intake = checked(
            text_table([header, *([row[n] for n in order] for row in (ADA, BEN))]), study
        )
        asked = [f for f in intake.findings if f.rule == "column_unclear"]
        meant = {header["ABCDEFGHIJKL".index(f.column)]: f.field for f in asked}
        assert meant == {"Sex of the child": "sex", "I have good friends": "bl_2"}


def test_a_column_of_nothing_the_form_asks_has_no_proposal(study):
    found, intake = proposals(study, extra=[("Shoe size", ("36", "38"))])
    assert found == {}
    assert "unknown_column" in rules(intake)


def test_the_words_alone_are_not_enough_where_the_answers_do_not_fit(study):
    rows = [(row[0], "tall", *row[2:]) for row in (ADA, BEN)]
    found, intake = proposals(study, ("Sex", "Sex of the child"), rows=rows)
    assert found == {}
    assert "unknown_column" in rules(intake)


def test_a_header_that_two_questions_could_mean_is_asked_about(study):
    found, _ = proposals(study, ("I feel well.", "I well"), ("I sleep well.", "Well?"))
    assert found == {}


def test_two_columns_that_could_both_be_one_question_are_not_chosen_between(study):
    found, intake = proposals(study, ("Sex", "Sex of child"), extra=[("Sex of child", ("F", "M"))])
    assert found == {}
    assert rules(intake).count("unknown_column") == 2


def test_the_better_of_two_columns_is_proposed(study):
    found, _ = proposals(
        study,
        ("Sex", "Sex of the child"),
        extra=[("Some sex of some brother or other", ("F", "M"))],
    )
    assert found == {"B": "sex"}


def test_answers_that_cannot_be_read_do_not_fit(study):
    """Nothing but dates is a date, whatever the column is called."""
    rows = [(*row[:4], day, *row[5:]) for row, day in ((ADA, "tomorrow"), (BEN, "31.31.2022"))]
    found, intake = proposals(study, ("Date", "Date (day of talk)"), rows=rows)
    assert found == {}
    assert "unknown_column" in rules(intake)


def test_an_empty_column_goes_by_its_words_alone(study):
    rows = [(row[0], "", *row[2:]) for row in (ADA, BEN)]
    assert proposals(study, ("Sex", "Sex of child"), rows=rows)[0] == {"B": "sex"}


def test_codes_of_a_fields_own_form_are_known_whatever_the_column_is_called(visits):
    header = ["№ в списке" if name == "Child" else name for name in HEADER]
    few = checked(text_table([header, *(visit(n) for n in range(2))]), visits, card={})
    many = checked(text_table([header, *(visit(n) for n in range(3))]), visits, card={})
    assert "column_unclear" not in rules(few)
    assert [(f.column, f.field) for f in many.findings if f.rule == "column_unclear"] == [
        ("D", "child_code")
    ]


def test_a_forbidden_header_is_never_proposed_for(study):
    _, intake = proposals(study, ("Sex", "Surname"))
    assert "column_unclear" not in rules(intake)


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_every_question_of_the_shipped_form_is_likest_itself(shipped, language):
    """Each label with its last word cut off, as people shorten headers: the question is found."""
    fields = shipped.instruments["child_questionnaire"].items
    for field in fields:
        words = field.header[language].rstrip(".").split()
        shortened = " ".join(words[:-1]).lower()
        marks = {f.name: likeness(shortened, f.header[language].lower()) for f in fields}
        best = max(marks, key=marks.__getitem__)
        assert best == field.name, shortened


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ("sex", "sex", 1, 1),
        ("", "sex", 0, 0),
        ("sex", "", 0, 0),
        ("sex", "age", 0, 0),
        ("пол", "полное имя", 0, 0.5),
        ("пол", "пол ребенка", 0.7, 0.8),
        ("возрастная группа", "возраст группа", 0.6, 0.9),
    ],
)
def test_likeness_is_between_none_and_all(one, other, low, high):
    assert low <= likeness(one, other) <= high
    assert likeness(one, other) == likeness(other, one)
