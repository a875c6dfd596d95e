"""A questionnaire in two versions: what was answered to the first is known when the second comes."""

from dataclasses import replace

import pytest

from evaluation.records.batches import Status
from evaluation.records.responses import responses_schema
from evaluation.records.submissions import Submission
from evaluation.store import (
    add_batch,
    add_responses,
    answers_elsewhere,
    ensure_instrument,
    move_batch,
    reading,
    writing,
)
from evaluation.store.erasure import erase_answers
from evaluation.store.pooled import load_pooled
from evaluation.store.submissions import add_submissions, earlier_submissions, replace_rows
from evaluation.store.versions import stored_versions
from tests import given

FIRST, LATER = given.batch("first"), replace(given.batch("later"), version=2)
AT, THEN = given.moment("2022-03-02"), given.moment("2022-03-05")
ROWS = """
respondent sex age consent wb_1 wb_2 secret_group
a1         F   10  1       1    2    1
b2         M   11  1       3    4    0
"""
KEY, OTHER = "a" * 32, "b" * 32


@pytest.fixture(scope="session")
def pupil(study):
    return study.instruments["pupil"]


@pytest.fixture(scope="session")
def second(pupil):
    """Without the age, and with one question more."""
    asked = tuple(field for field in pupil.fields if field.name != "age")
    more = replace(pupil.field("wb_2"), name="wb_9")
    return replace(pupil, version=2, fields=(*asked, more))


@pytest.fixture
def filled(engine, pupil):
    with writing(engine) as conn:
        put(conn, pupil, FIRST, ROWS, Submission(2, KEY), Submission(3, OTHER))
    return engine


def put(conn, instrument, batch, rows, *submissions, replaced=()):
    add_batch(conn, batch, actor="a test")
    ensure_instrument(conn, instrument, at=AT, actor="a test")
    add_responses(conn, instrument, batch, given.responses(rows, instrument, batch))
    add_submissions(conn, batch, submissions)
    replace_rows(conn, batch, replaced, at=AT, actor="a test")
    move_batch(conn, batch, Status.ACCEPTED, at=AT, actor="a test")


def test_versions_are_told_as_they_were_stored(filled, pupil, second):
    with writing(filled) as conn:
        assert stored_versions(conn, second) == [1]
        ensure_instrument(conn, second, at=AT, actor="a test")
        assert stored_versions(conn, pupil) == [1, 2]


def test_a_submission_of_the_first_version_is_known_by_the_second(filled, second):
    with reading(filled) as conn:
        earlier = earlier_submissions(conn, second, [KEY])
        assert earlier_submissions(conn, second, [KEY], but_batch=FIRST.id).submissions == ()
    responses_schema(second, restricted=True).check(earlier.rows)
    (there,) = earlier.submissions
    assert (there.key, there.batch, there.source_row) == (KEY, FIRST.id, 2)
    assert earlier.rows.respondent.tolist() == ["a1"]
    assert earlier.rows.wb_2.tolist() == [2]
    assert earlier.rows[["wb_9", "secret_group"]].isna().to_numpy().all()


def test_of_somebody_who_withdrew_nothing_is_known(filled, second):
    with writing(filled) as conn:
        erase_answers(conn, ["a1"])
    with reading(filled) as conn:
        found = earlier_submissions(conn, second, [KEY, OTHER]).submissions
    assert [each.key for each in found] == [OTHER]


def test_edited_with_the_second_version_it_takes_the_place_of_the_first(filled, second):
    with writing(filled) as conn:
        edited = "respondent sex consent wb_1 wb_9\na1 F 1 5 4"
        put(conn, second, LATER, edited, Submission(2, KEY), replaced=[(FIRST.id, 2)])
    with reading(filled) as conn:
        pooled = load_pooled(conn, second, as_of=THEN, fields=("wb_1", "wb_9"))
        (there,) = earlier_submissions(conn, second, [KEY]).submissions
    assert pooled.versions == (1, 2)
    assert sorted(pooled.frame.respondent) == ["a1", "b2"]
    assert pooled.frame.set_index("respondent").wb_1.to_dict() == {"a1": 5, "b2": 3}
    assert there.batch == LATER.id


def test_what_children_said_in_the_first_version_is_held_against_the_second(filled, second):
    with reading(filled) as conn:
        found = answers_elsewhere(conn, second, ["a1"], ("sex", "wb_9"))
    assert found.wb_9.isna().all()
    assert found[["respondent", "sex"]].to_numpy().tolist() == [["a1", "F"]]
