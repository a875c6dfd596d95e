"""Codes are given out once, and never one that a child has."""

from datetime import timedelta
from random import Random

import pytest

from evaluation.errors import SettingsError
from evaluation.records.codes import child_code, is_child_code
from evaluation.store import all_events, reading, withdraw, writing
from evaluation.store.codes import issue_codes, known_codes
from tests import given

DAY = given.moment("2022-03-01")
LATER = DAY + timedelta(days=1)


def issued(engine, count, *, region="27", seed=1):
    with writing(engine) as conn:
        draw = Random(seed).sample
        return issue_codes(conn, region, count, draw=draw, at=DAY, actor="ada")


def first(numbers, count):
    """The least random draw there is: what is taken must be seen to be skipped."""
    return list(numbers)[:count]


def test_codes_have_their_region_a_check_digit_and_no_double(engine):
    codes = issued(engine, 500)
    assert len(set(codes)) == 500
    assert all(is_child_code(code) and code.startswith("27-") for code in codes)


def test_the_same_draw_again_gives_other_codes(engine):
    assert not set(issued(engine, 300)) & set(issued(engine, 300))


def test_what_a_child_has_or_had_is_never_given_out(engine, study):
    pupil = study.instruments["pupil"]
    theirs, withdrawn, elsewhere = (child_code(r, n) for r, n in (("27", 0), ("27", 2), ("10", 1)))
    with writing(engine) as conn:
        given.stored(conn, pupil, given.batch(), f"respondent\n{theirs}\n{elsewhere}\n27-x")
        withdraw(conn, withdrawn, at=DAY, actor="ada")
        codes = issue_codes(conn, "27", 3, draw=first, at=DAY, actor="ada")
    assert codes == tuple(child_code("27", number) for number in (1, 3, 4))


def test_more_than_are_left_are_refused_and_none_is_given(engine):
    issued(engine, 99_990)
    with pytest.raises(SettingsError, match="codes_exhausted") as refused:
        issued(engine, 11)
    assert (refused.value.values["free"], refused.value.exit_code) == (10, 2)
    assert len(issued(engine, 10)) == 10
    assert len(issued(engine, 11, region="10")) == 11


def test_a_line_says_how_many_and_no_code(engine):
    codes = issued(engine, 3)
    with reading(engine) as conn:
        (event,) = all_events(conn, LATER)
    assert (event.kind, event.actor, event.at) == ("codes.issued", "ada", DAY)
    assert event.details == {"region": "27", "n": 3}
    assert not any(code in str(event) for code in codes)


def test_known_is_what_was_given_out_or_brought_but_for_the_withdrawn(engine, study):
    on_paper, gone = issued(engine, 2)
    brought, unknown = child_code("27", 7), child_code("27", 8)
    with writing(engine) as conn:
        given.stored(
            conn, study.instruments["pupil"], given.batch(), f"respondent\n{brought}\n{gone}"
        )
        withdraw(conn, gone, at=DAY, actor="ada")
    with reading(engine) as conn:
        assert known_codes(conn, [on_paper, gone, brought, unknown]) == {on_paper, brought}
        assert known_codes(conn, []) == frozenset()


def test_many_codes_can_be_asked_about(engine):
    (code,) = issued(engine, 1)
    with reading(engine) as conn:
        asked = [*(child_code("10", number) for number in range(2_500)), code]
        assert known_codes(conn, asked) == {code}
