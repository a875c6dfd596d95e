"""What datasets add up to is kept with its run; rows of several versions come from one place."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from evaluation.errors import StudyError
from evaluation.records.batches import Status
from evaluation.store import ensure_instrument, load_comparison, reading, save_comparison, writing
from evaluation.store.instrument_tables import is_known
from evaluation.store.pooled import load_compared, load_pooled
from evaluation.store.responses import known_respondents, load_responses
from tests import given
from tests.evaluation.release import given as comparisons
from tests.given_fair import HELPERS, MARKS, STALLS, found, helpers, marks, stall

AT = given.moment("2022-03-02")


def test_what_was_found_comes_back_as_it_was(engine) -> None:
    datasets = (
        found(HELPERS, helpers(30), (1, 2)),
        found(STALLS, [stall("S1", 1)]),
        found(MARKS, [marks()]),
    )
    run = comparisons.run(batches=(), started_at=AT)
    made = replace(comparisons.comparison(origin=run), datasets=datasets)
    with writing(engine) as conn:
        save_comparison(conn, made, actor="test")
    with reading(engine) as conn:
        assert load_comparison(conn, run.id).datasets == datasets


def test_a_run_without_datasets_has_none(engine) -> None:
    run = comparisons.run(batches=(), started_at=AT)
    with writing(engine) as conn:
        save_comparison(conn, comparisons.comparison(origin=run), actor="test")
    with reading(engine) as conn:
        assert load_comparison(conn, run.id).datasets == ()


def changed(pupil, version: int):
    """Another version: without `age`, and with what was a number now a text."""
    word = replace(pupil.field("wb_1").choices.choices[0], code="none")
    fields = tuple(f for f in pupil.fields if f.name != "age")
    fields = tuple(
        replace(f, item=False, choices=replace(f.choices, choices=(*f.choices.choices, word)))
        if f.name == "wb_1"
        else f
        for f in fields
    )
    return replace(pupil, version=version, fields=fields)


@pytest.fixture
def pupil(study):
    return study.instruments["pupil"]


ROWS = """
respondent sex age consent wb_1 wb_2
a1         F   10  1       1    2
b2         M   11  1       3    4
"""
LATER = """
respondent sex consent wb_1 wb_2
c3         F   1       2    5
"""


def test_rows_of_every_version_are_put_together_and_the_versions_told(engine, pupil) -> None:
    with writing(engine) as conn:
        first = given.batch("first", received="2022-03-01")
        later = replace(given.batch("later", wave=1, received="2022-02-01"), version=2)
        given.stored(conn, changed(pupil, 2), later, LATER)
        given.stored(conn, pupil, first, ROWS)
    with reading(engine) as conn:
        pooled = load_pooled(conn, pupil, as_of=AT, fields=("age", "wb_1", "wb_2", "sex"))
    assert pooled.versions == (1, 2)
    assert pooled.frame.respondent.tolist() == ["c3", "a1", "b2"]  # in the order of arrival
    assert pooled.frame.wb_2.tolist() == [5, 2, 4]
    assert pooled.frame.age.isna().tolist() == [True, False, False]
    assert pooled.frame.wb_1.isna().tolist() == [True, False, False]  # stored as a text there
    assert list(pooled.frame.columns) == [
        *("batch", "source_row", "respondent", "region", "wave"),
        *("sex", "age", "wb_1", "wb_2"),
    ]


def test_one_version_is_compared_as_it_always_was(engine, pupil) -> None:
    with writing(engine) as conn:
        for content, received in (("one", "2022-03-02"), ("two", "2022-03-01")):
            batch = given.batch(content, wave=len(content) % 2, received=received)
            given.stored(conn, pupil, batch, ROWS if content == "one" else LATER)
    fields = ("age", "wb_1", "wb_2", "sex")
    with reading(engine) as conn:
        compared = load_compared(conn, pupil, as_of=AT, fields=fields)
        assert compared.versions == (1,)
        alone = load_responses(conn, pupil, as_of=AT, fields=fields)
    pd.testing.assert_frame_equal(compared.frame, alone)


def test_a_child_is_known_in_whichever_version_it_answered(engine, pupil) -> None:
    second = changed(pupil, 2)
    with writing(engine) as conn:
        given.stored(conn, pupil, given.batch("first"), ROWS)
        given.stored(conn, second, replace(given.batch("later"), version=2), LATER)
    asked = ["a1", "b2", "c3", "d4"]
    with reading(engine) as conn:
        for version in (pupil, second):
            assert known_respondents(conn, version, asked, 0) == {"a1", "b2", "c3"}
            assert known_respondents(conn, version, asked, 1) == frozenset()


def test_only_versions_with_a_row_that_counts_are_named(engine, pupil) -> None:
    with writing(engine) as conn:
        given.stored(conn, pupil, given.batch("first"), ROWS)
        later = replace(given.batch("later", wave=1), version=2)
        given.stored(conn, changed(pupil, 2), later, LATER, status=Status.REFUSED)
    with reading(engine) as conn:
        pooled = load_pooled(conn, pupil, as_of=AT, fields=("wb_2",))
        before = load_pooled(conn, pupil, as_of=given.moment("2022-02-01"), fields=("wb_2",))
    assert pooled.versions == (1,)
    assert before.versions == () and len(before.frame) == 0


def test_an_instrument_nobody_has_sent_has_no_rows(engine, pupil) -> None:
    with reading(engine) as conn:
        assert load_pooled(conn, pupil, as_of=AT, fields=()).versions == ()


def test_a_file_that_changed_within_its_version_is_refused(engine, pupil) -> None:
    other = replace(pupil, digest="0" * 64)
    with writing(engine) as conn:
        ensure_instrument(conn, pupil, at=AT, actor="test")
        ensure_instrument(conn, pupil, at=AT, actor="test")
    with reading(engine) as conn:
        with pytest.raises(StudyError, match="instrument_changed"):
            is_known(conn, other)
        with pytest.raises(StudyError, match="instrument_changed"):
            load_pooled(conn, other, as_of=AT, fields=())
        assert is_known(conn, replace(pupil, digest=""))


def test_an_instrument_from_before_the_digests_gets_its_own_with_the_next_batch(
    engine, pupil
) -> None:
    with writing(engine) as conn:
        ensure_instrument(conn, replace(pupil, digest=""), at=AT, actor="test")
        assert is_known(conn, replace(pupil, digest="0" * 64))
        ensure_instrument(conn, pupil, at=AT, actor="test")
    with reading(engine) as conn, pytest.raises(StudyError, match="instrument_changed"):
        is_known(conn, replace(pupil, digest="0" * 64))
