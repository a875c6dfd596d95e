import pytest

from evaluation.design import load_study
from evaluation.intake.reading.kobo import KOBO
from evaluation.intake.reading.odk import ODK
from evaluation.intake.reading.table import TABLE
from evaluation.intake.recognise.headers import sort_headers
from evaluation.intake.recognise.vocabulary import vocabulary_of
from tests.evaluation.intake.given import TESTS


def sort(study, *headers, source=TABLE, filled=frozenset()):
    (instrument,) = study.instruments.values()
    return sort_headers(headers, frozenset(filled), vocabulary_of(instrument), source)


def found(headings):
    return [(column, finding.rule, finding.field) for column, finding in headings.findings]


@pytest.fixture(scope="module")
def igs():
    return load_study(TESTS / "studies/igs")


@pytest.mark.parametrize(
    ("header", "name", "source"),
    [
        ("sex", "sex", TABLE),
        ("Sex", "sex", TABLE),
        ("Пол *", "sex", TABLE),
        ("Жынысы:", "sex", TABLE),
        ("Пoл", "sex", TABLE),  # a Latin o
        ("Мне хорошо", "wb_1", TABLE),
        ("group_a/sex", "sex", KOBO),
        ("group_a/inner/sex", "sex", KOBO),
        ("group.sex", "sex", KOBO),
        ("Группа/Пол", "sex", KOBO),
        ("group_a-wb_1", "wb_1", ODK),
    ],
)
def test_a_column_is_known_by_name_label_and_place_in_a_group(study, header, name, source):
    headings = sort(study, "Code", header, source=source)
    assert headings.fields == {"code": 0, name: 1}
    assert headings.findings == ()


def test_order_means_nothing(study):
    assert sort(study, "Sex", "Code").fields == {"sex": 0, "code": 1}


@pytest.mark.parametrize(
    ("header", "rule"),
    [
        ("Shoe size", "unknown_column"),
        ("Surname", "personal_data"),
        ("ФАМИЛИЯ:", "personal_data"),
        ("ТЕГИ", "personal_data"),  # a Kazakh word on a Russian keyboard
        ("К?рек", "letters_lost"),
        ("Really?", "unknown_column"),
    ],
)
def test_a_column_that_nobody_declared_is_refused(study, header, rule):
    headings = sort(study, "Code", header)
    assert found(headings) == [(1, rule, None)]
    assert headings.unread == {1}


def test_a_forbidden_header_in_a_group_is_still_forbidden(study):
    assert found(sort(study, "Code", "child/Surname", source=KOBO)) == [(1, "personal_data", None)]


def test_a_question_twice_is_refused_whatever_it_is_called(study):
    assert found(sort(study, "Sex", "Пол")) == [(1, "duplicate_column", "sex")]


def test_two_questions_of_one_label_go_by_order_and_say_so(igs):
    headings = sort(igs, "Мне интересно", "Мне интересно", source=KOBO)
    assert headings.fields == {"q2": 0, "q1_civic": 1}
    assert found(headings) == [(0, "same_label", "q2"), (1, "same_label", "q1_civic")]


@pytest.mark.parametrize("columns", [1, 3])
def test_where_their_number_differs_nothing_is_guessed(igs, columns):
    headings = sort(igs, *["Мне интересно"] * columns)
    assert headings.fields == {}
    assert {rule for _, rule, _ in found(headings)} == {"ambiguous_column"}


def test_a_label_and_a_name_of_one_question_are_two_columns_of_it(igs):
    headings = sort(igs, "Мне интересно", "Мне интересно", "q2")
    assert (2, "duplicate_column", "q2") in found(headings)


def test_options_of_a_split_question_are_no_questions(study):
    headings = sort(
        study, "Clubs", "Clubs/Sport", "Clubs/Music and song", "a/clubs/sport", source=KOBO
    )
    assert headings.fields == {"clubs": 0}
    assert headings.options == {"clubs": {"sport": 3, "music": 2}}
    assert headings.findings == ()


def test_an_option_that_the_form_does_not_have_is_unknown(study):
    assert found(sort(study, "Clubs", "Clubs/Chess", source=KOBO)) == [(1, "unknown_column", None)]


def test_metadata_and_ignored_columns_are_read_past(study, visits):
    assert sort(study, "Code", "_uuid", "meta/rootUuid", source=KOBO).unread == {1, 2}
    headings = sort(visits, "Child", "Remark", "grp/remark", source=KOBO)
    assert (headings.unread, headings.findings) == ({1, 2}, ())


def test_cells_without_a_header_are_read_past_and_said(study):
    headings = sort(study, "Code", "", "", filled={2})
    assert found(headings) == [(2, "cells_without_header", None)]
    assert headings.unread == {1, 2}
