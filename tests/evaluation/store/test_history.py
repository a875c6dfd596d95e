"""What other live batches say of a child, and nothing of batches that do not count."""

import pytest

from evaluation.records.batches import Status
from evaluation.store import answers_elsewhere, move_batch, reading, withdraw, writing
from tests import given

ONE = given.batch("one", wave=0)
END = given.batch("end", region="w", wave=1, received="2022-11-05")
OTHER = given.batch("other", wave=0)
ROWS = """
respondent sex age
p01        F   9
p02        M   -
"""


@pytest.fixture(scope="session")
def pupil(study):
    return study.instruments["pupil"]


@pytest.fixture
def filled(engine, pupil):
    with writing(engine) as conn:
        given.stored(conn, pupil, ONE, ROWS)
        given.stored(conn, pupil, END, "respondent sex age\np01 F 10")
        given.stored(conn, pupil, OTHER, "respondent sex age\np03 F 10", status=Status.REFUSED)
    return engine


def said(engine, pupil, *people, **how):
    with reading(engine) as conn:
        found = answers_elsewhere(conn, pupil, people, ("sex", "age"), **how)
    assert [str(dtype) for dtype in found.dtypes] == ["str", "int64", "str", "str", "str"]
    found = found.astype("object").where(found.notna(), None)
    return sorted(found.itertuples(index=False, name=None), key=lambda row: row[:2])


def test_every_wave_of_those_asked_for_is_said(filled, pupil):
    assert said(filled, pupil, "p01", "p02", "nobody") == [
        ("p01", 0, "n", "F", "9"),
        ("p01", 1, "w", "F", "10"),
        ("p02", 0, "n", "M", None),
    ]


def test_the_batch_that_is_being_replaced_says_nothing(filled, pupil):
    assert said(filled, pupil, "p01", but_batch=ONE.id) == [("p01", 1, "w", "F", "10")]


def test_batches_that_do_not_count_say_nothing(filled, pupil):
    assert said(filled, pupil, "p03") == []
    with writing(filled) as conn:
        move_batch(conn, ONE, Status.SUPERSEDED, at=given.moment("2022-12-01"), actor="a test")
    assert said(filled, pupil, "p02") == []


def test_who_has_withdrawn_is_not_spoken_of(filled, pupil):
    with writing(filled) as conn:
        withdraw(conn, "p01", at=given.moment("2022-12-01"), actor="a test")
    assert said(filled, pupil, "p01", "p02") == [("p02", 0, "n", "M", None)]


def test_where_nothing_was_stored_or_nobody_is_asked_for_nothing_is_said(engine, pupil, filled):
    assert said(filled, pupil) == []


def test_a_questionnaire_that_never_came_says_nothing(engine, pupil):
    assert said(engine, pupil, "p01") == []


def test_more_codes_than_fit_into_one_query_are_asked_for_in_turn(filled, pupil):
    many = [f"x{number}" for number in range(2_500)]
    assert len(said(filled, pupil, *many, "p01", "p02")) == 3
