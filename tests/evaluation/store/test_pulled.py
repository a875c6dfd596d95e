"""What was fetched is known again; what the gate refused is fetched again."""

import pytest

from evaluation.records.batches import Status
from evaluation.store import add_batch, move_batch, reading, writing
from evaluation.store.pulled import PulledSoFar, pulled_so_far, remember_pulled
from tests import given

ONE, TWO = given.batch("one"), given.batch("two")
SOURCE = "odk https://odk.example.org 1 pupil"
MONDAY, TUESDAY = given.moment("2022-03-14 08:00"), given.moment("2022-03-15 08:00")


def edition(number):
    return f"{number:064x}"


def so_far(engine, source=SOURCE):
    with reading(engine) as conn:
        return pulled_so_far(conn, source)


def pulled(engine, batch, *editions, source=SOURCE, status=None):
    with writing(engine) as conn:
        add_batch(conn, batch, actor="pull")
        remember_pulled(conn, batch.id, source, editions)
        if status is not None:
            move_batch(conn, batch, status, at=TUESDAY, actor="gate")


def test_nothing_is_known_of_a_form_that_was_never_asked(engine):
    assert so_far(engine) == PulledSoFar(frozenset(), None, frozenset())


def test_what_came_is_known_with_its_latest_moment_and_once(engine):
    for _ in range(2):  # a retry
        pulled(engine, ONE, (edition(1), MONDAY), (edition(2), TUESDAY))
    assert so_far(engine) == PulledSoFar(
        frozenset({edition(1), edition(2)}), TUESDAY, frozenset({ONE.id})
    )


def test_forms_know_nothing_of_each_other(engine):
    pulled(engine, ONE, (edition(1), MONDAY))
    assert so_far(engine, "kobo https://kf.example.org a1").known == frozenset()


def test_a_server_that_tells_no_moments_has_none(engine):
    pulled(engine, ONE, (edition(1), None))
    assert so_far(engine) == PulledSoFar(frozenset({edition(1)}), None, frozenset({ONE.id}))


@pytest.mark.parametrize("status", [Status.WAITING, Status.ACCEPTED, Status.REMARKS, Status.PARTLY])
def test_what_waits_or_came_in_needs_not_come_again(engine, status):
    pulled(engine, ONE, (edition(1), MONDAY), status=status)
    assert so_far(engine).known == {edition(1)}


def test_what_was_refused_is_missing_and_looked_for_from_its_own_moment(engine):
    pulled(engine, ONE, (edition(1), MONDAY), status=Status.REFUSED)
    pulled(engine, TWO, (edition(2), TUESDAY), status=Status.ACCEPTED)
    found = so_far(engine)
    assert (found.known, found.since) == (frozenset({edition(2)}), MONDAY)
    assert found.batches == {ONE.id, TWO.id}


def test_where_everything_was_refused_everything_is_asked_for(engine):
    pulled(engine, ONE, (edition(1), MONDAY), status=Status.REFUSED)
    assert so_far(engine).since is None


def test_refused_once_and_taken_in_later_is_known(engine):
    pulled(engine, ONE, (edition(1), MONDAY), status=Status.REFUSED)
    pulled(engine, TWO, (edition(1), MONDAY), (edition(2), TUESDAY), status=Status.PARTLY)
    found = so_far(engine)
    assert (found.known, found.since) == (frozenset({edition(1), edition(2)}), TUESDAY)
