"""Answers in and out: what counted on a day, and nothing else."""

from dataclasses import replace

import pandas as pd
import pytest
from sqlalchemy import text

from evaluation.errors import StudyError, TransitionError
from evaluation.records.batches import Status
from evaluation.records.responses import responses_schema
from evaluation.store import (
    add_batch,
    add_responses,
    ensure_instrument,
    known_respondents,
    load_responses,
    move_batch,
    reading,
    withdraw,
    writing,
)
from tests import given

ONE = given.batch("one", wave=0)
END = given.batch("end", wave=1, received="2022-11-05")
ELSEWHERE = given.batch("two", region="w")
LATER = given.moment("2030-01-01")

ROWS = """
respondent sex age asked_on   clubs wb_1 wb_2 secret_group
p01        F   9   2022-03-01 sport 1    5    1
p02        M   -   -          -     -    9    0
p03        -   17  2022-03-02 music 3    -    -
"""


@pytest.fixture(scope="session")
def pupil(study):
    return study.instruments["pupil"]


@pytest.fixture(scope="session")
def open_pupil(pupil):
    """The same questionnaire without anything restricted."""
    return replace(pupil, fields=tuple(f for f in pupil.fields if not f.restricted))


def store(engine, instrument, batch, rows, **how):
    with writing(engine) as conn:
        return given.stored(conn, instrument, batch, rows, **how)


def loaded(engine, instrument, *, as_of=LATER, **how):
    with reading(engine) as conn:
        return load_responses(conn, instrument, as_of=as_of, **how)


def who(engine, instrument, **how):
    return list(loaded(engine, instrument, **how)["respondent"])


def test_what_is_stored_comes_back(engine, pupil):
    store(engine, pupil, ONE, ROWS)
    given_rows = given.responses(ROWS, pupil, ONE)
    pd.testing.assert_frame_equal(loaded(engine, pupil, restricted=True), given_rows)
    without = given_rows.drop(columns="secret_group")
    pd.testing.assert_frame_equal(loaded(engine, pupil), without)


def test_an_instrument_without_restricted_fields_comes_back_too(engine, open_pupil):
    rows = "respondent wb_1\np01 1\np02 -"
    store(engine, open_pupil, ONE, rows)
    expected = given.responses(rows, open_pupil, ONE)
    pd.testing.assert_frame_equal(loaded(engine, open_pupil, restricted=True), expected)


def test_no_rows_are_an_empty_frame_of_the_same_shape(engine, pupil):
    empty = responses_schema(pupil).empty()
    pd.testing.assert_frame_equal(loaded(engine, pupil), empty)
    store(engine, pupil, ONE, "respondent", at="2022-03-02")
    pd.testing.assert_frame_equal(loaded(engine, pupil), empty)


def test_rows_beyond_one_chunk_keep_their_order_and_their_gaps(engine, pupil):
    """Reckoned anew: 12,345 rows whose every answer follows from the row's number."""
    count = 12_345
    schema = responses_schema(pupil, restricted=True)
    number = pd.Series(range(count))
    frame = pd.DataFrame(
        {
            "batch": ONE.id,
            "source_row": number + 2,
            "respondent": "p" + number.astype(str),
            "region": "n",
            "wave": 0,
            "age": (number % 10 + 8).where(number % 7 != 0).astype("Int16"),
            "secret_group": (number % 2).astype("Int16"),
        }
    )
    frame = frame.reindex(columns=schema.names)
    frame = frame.astype({column.name: column.dtype for column in schema.columns})
    with writing(engine) as conn:
        add_batch(conn, ONE, actor="ada")
        ensure_instrument(conn, pupil, at=ONE.received_at, actor="ada")
        assert add_responses(conn, pupil, ONE, frame) == count
        move_batch(conn, ONE, Status.ACCEPTED, at=ONE.received_at, actor="ada")
    back = loaded(engine, pupil, restricted=True)
    pd.testing.assert_frame_equal(back, frame)
    assert back["age"].isna().sum() == -(-count // 7)
    assert (back["secret_group"] == back["source_row"] % 2).all()


def test_the_restricted_table_tells_nothing_by_itself(engine, pupil):
    rows = "respondent secret_group\n" + "\n".join(f"p{n:02} {n % 2}" for n in range(40))
    store(engine, pupil, ONE, rows)
    with reading(engine) as conn:
        table = "responses_pupil_v1_restricted"
        kept = conn.execute(text(f"SELECT key, secret_group FROM {table}")).all()
    assert len({row.key for row in kept}) == 40
    # Stored by its random key: the order of arrival (0, 1, 0, 1 …) is gone.
    assert [row.key for row in kept] == sorted(row.key for row in kept)
    assert [row.secret_group for row in kept] != [n % 2 for n in range(40)]


def test_a_retry_stores_the_rows_once(engine, pupil):
    with writing(engine) as conn:
        add_batch(conn, ONE, actor="ada")
        ensure_instrument(conn, pupil, at=ONE.received_at, actor="ada")
        add_responses(conn, pupil, ONE, given.responses(ROWS, pupil, ONE))
        fewer = given.responses("respondent wb_1\np01 2", pupil, ONE)
        assert add_responses(conn, pupil, ONE, fewer) == 1
        for table in ("responses_pupil_v1", "responses_pupil_v1_restricted"):
            assert conn.scalar(text(f"SELECT count(*) FROM {table}")) == 1


def test_rows_of_a_judged_batch_stay(engine, pupil):
    store(engine, pupil, ONE, ROWS)
    with pytest.raises(TransitionError, match="batch_decided"), writing(engine) as conn:
        add_responses(conn, pupil, ONE, given.responses("respondent", pupil, ONE))
    assert len(loaded(engine, pupil)) == 3


def test_rows_of_another_batch_are_our_mistake(engine, pupil):
    with pytest.raises(AssertionError, match="another batch"), writing(engine) as conn:
        add_responses(conn, pupil, ONE, given.responses(ROWS, pupil, END))


def test_only_batches_in_use_count_and_only_from_the_day_they_came_in(engine, pupil):
    store(engine, pupil, ONE, "respondent\np01", at="2022-03-02")
    store(engine, pupil, ELSEWHERE, "respondent\nq01", status=Status.REFUSED)
    correction = given.batch("corrected", received="2022-04-01", supersedes=ONE)
    store(engine, pupil, correction, "respondent\np01\np02", at="2022-04-02")
    days = ("2022-03-01", "2022-03-02", "2022-04-01", "2022-04-02")
    found = {day: who(engine, pupil, as_of=given.moment(day)) for day in days}
    assert found == {
        "2022-03-01": [],
        "2022-03-02": ["p01"],
        "2022-04-01": ["p01"],
        "2022-04-02": ["p01", "p02"],
    }


def test_those_who_withdrew_are_left_out_from_that_day_on(engine, pupil):
    store(engine, pupil, ONE, ROWS)
    with writing(engine) as conn:
        withdraw(conn, "p02", at=given.moment("2022-05-01"), actor="ada")
    assert who(engine, pupil, as_of=given.moment("2022-04-30")) == ["p01", "p02", "p03"]
    assert who(engine, pupil, as_of=given.moment("2022-05-01")) == ["p01", "p03"]


def test_a_wave_can_be_read_alone(engine, pupil):
    store(engine, pupil, ONE, "respondent\np01\np02")
    store(engine, pupil, END, "respondent\np01", at="2022-11-06")
    assert who(engine, pupil, wave=1) == ["p01"]
    assert len(loaded(engine, pupil)) == 3


def test_fields_can_be_chosen(engine, pupil):
    store(engine, pupil, ONE, ROWS)
    key = ["batch", "source_row", "respondent", "region", "wave"]
    assert list(loaded(engine, pupil, fields=["wb_2", "sex"]).columns) == [*key, "sex", "wb_2"]
    secret = loaded(engine, pupil, fields=["secret_group"], restricted=True)
    assert list(secret.columns) == [*key, "secret_group"]
    assert list(loaded(engine, pupil, fields=[], restricted=True).columns) == key


@pytest.mark.parametrize("name", ["secret_group", "no_such_field"])
def test_a_field_that_is_not_open_cannot_be_asked_for(engine, pupil, name):
    with pytest.raises(AssertionError, match=name):
        loaded(engine, pupil, fields=[name])


def test_a_questionnaire_changed_under_its_version_is_not_read(engine, pupil):
    store(engine, pupil, ONE, ROWS)
    with pytest.raises(StudyError, match="instrument_changed"):
        loaded(engine, replace(pupil, fields=pupil.fields[:-1]))


def test_who_was_here_before_is_known_by_wave_and_batch(engine, pupil):
    asked = {"p01", "p02", "p09"}
    with reading(engine) as conn:
        assert known_respondents(conn, pupil, asked, 0) == frozenset()
    store(engine, pupil, ONE, "respondent\np01\np02")
    store(engine, pupil, END, "respondent\np09", at="2022-11-06")
    store(engine, pupil, ELSEWHERE, "respondent\np09", status=Status.REFUSED)
    with reading(engine) as conn:
        assert known_respondents(conn, pupil, asked, 0) == {"p01", "p02"}
        assert known_respondents(conn, pupil, ["p02"], 0) == {"p02"}
        assert known_respondents(conn, pupil, asked, 1) == {"p09"}
        assert known_respondents(conn, pupil, asked, 0, but_batch=ONE.id) == frozenset()
        assert known_respondents(conn, pupil, [], 0) == frozenset()


def test_many_respondents_can_be_asked_about(engine, pupil):
    store(engine, pupil, ONE, "respondent\np01\np39999")
    with reading(engine) as conn:
        asked = [f"p{number}" for number in range(40_000)]
        assert known_respondents(conn, pupil, asked, 0) == {"p39999"}
