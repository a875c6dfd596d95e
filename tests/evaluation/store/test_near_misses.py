"""Near misses are noted once, closed once, and what was refused is known until it is deleted."""

from evaluation.records.batches import Status
from evaluation.records.near_misses import NearMiss
from evaluation.store import (
    add_batch,
    all_events,
    all_near_misses,
    close_near_miss,
    move_batch,
    note_near_miss,
    reading,
    writing,
)
from evaluation.store.near_misses import Refusal, record_deletion, undeleted_refusals
from tests import given

MAY, JUNE, JULY = (given.moment(f"2022-0{month}-01") for month in (5, 6, 7))
ONE, TWO = given.batch("one"), given.batch("two")


def refused(conn, batch, at="2022-03-02"):
    add_batch(conn, batch, actor="a test")
    move_batch(conn, batch, Status.REFUSED, at=given.moment(at), actor="a test")


def note(conn, batch, kinds, at=MAY, due=JUNE):
    note_near_miss(conn, batch.id, kinds, at=at, due=due, actor="ada")


def test_it_comes_back_as_it_was_noted(engine):
    with writing(engine) as conn:
        refused(conn, ONE)
        note(conn, ONE, {"phone": 3, "iin": 1})
    with reading(engine) as conn:
        assert all_near_misses(conn) == (NearMiss(ONE.id, MAY, JUNE, (("iin", 1), ("phone", 3))),)
        last = all_events(conn, JULY)[-1]
    assert (last.kind, last.batch, last.actor) == ("near_miss.noticed", ONE.id, "ada")
    assert last.details == {"iin": 1, "phone": 3}


def test_what_is_found_later_is_added_and_the_clock_runs_on(engine):
    with writing(engine) as conn:
        refused(conn, ONE)
        note(conn, ONE, {"file_name": 1})
        note(conn, ONE, {"file_name": 1, "iin": 2}, at=JUNE, due=JULY)
        before = len(all_events(conn, JULY))
        note(conn, ONE, {"iin": 2}, at=JUNE, due=JULY)
        assert len(all_events(conn, JULY)) == before
        (found,) = all_near_misses(conn)
    assert (found.noticed_at, found.due) == (MAY, JUNE)
    assert found.kinds == (("file_name", 1), ("iin", 2))


def test_the_one_whose_time_runs_out_first_comes_first(engine):
    with writing(engine) as conn:
        refused(conn, ONE)
        refused(conn, TWO)
        note(conn, ONE, {"iin": 1}, due=JULY)
        note(conn, TWO, {"iin": 1}, due=JUNE)
        assert [each.batch for each in all_near_misses(conn)] == [TWO.id, ONE.id]


def test_it_is_closed_once_and_only_where_there_is_one(engine):
    with writing(engine) as conn:
        refused(conn, ONE)
        refused(conn, TWO)
        note(conn, ONE, {"iin": 1})
        assert close_near_miss(conn, ONE.id, at=JUNE, by="officer", actor="cli")
        assert not close_near_miss(conn, ONE.id, at=JULY, by="another", actor="cli")
        assert not close_near_miss(conn, TWO.id, at=JULY, by="officer", actor="cli")
        (found,) = all_near_misses(conn)
        kinds = [event.kind for event in all_events(conn, JULY)]
    assert (found.closed_at, found.closed_by) == (JUNE, "officer")
    assert kinds.count("near_miss.closed") == 1


def test_a_refused_batch_is_listed_until_its_deletion_is_recorded(engine):
    with writing(engine) as conn:
        refused(conn, ONE)
        add_batch(conn, TWO, actor="a test")
        assert undeleted_refusals(conn) == (Refusal(ONE.id, given.moment("2022-03-02"), False),)
        record_deletion(conn, ONE.id, at=MAY, actor="retention")
        assert undeleted_refusals(conn) == ()
        last = all_events(conn, JULY)[-1]
    assert (last.kind, last.batch) == ("delivery.deleted", ONE.id)


def test_a_refusal_is_resolved_by_closing_or_by_a_corrected_file(engine, study):
    corrected = given.batch("three", supersedes=TWO)
    with writing(engine) as conn:
        refused(conn, ONE)
        refused(conn, TWO)
        note(conn, ONE, {"iin": 1})
        close_near_miss(conn, ONE.id, at=JUNE, by="officer", actor="cli")
        given.stored(conn, study.instruments["pupil"], corrected, "respondent\np1\n")
        assert {(r.batch, r.resolved) for r in undeleted_refusals(conn)} == {
            (ONE.id, True),
            (TWO.id, True),
        }
