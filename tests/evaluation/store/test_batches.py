"""Batches: entered once, moved by the table of transitions, readable as of any day."""

from dataclasses import replace

import pytest

from evaluation.errors import StoreError, TransitionError
from evaluation.language import Language, languages
from evaluation.records.batches import Card, Status, Tally
from evaluation.store import (
    add_batch,
    all_batches,
    all_events,
    batches_with,
    find_batch,
    get_batch,
    live_batches,
    load_card,
    move_batch,
    reading,
    tallies,
    writing,
)
from evaluation.store.batches import require_undecided
from tests import given

ONE = given.batch("one", received="2022-03-01")
TWO = given.batch("two", received="2022-03-05", wave=None, region="")
CORRECTION = given.batch("corrected", received="2022-04-01", supersedes=ONE)
TALLY = Tally(rows=5, accepted=3, held=1, without_consent=1, declared=5)
LATER = given.moment("2030-01-01")


def moved(conn, batch, to, at, **more):
    return move_batch(conn, batch, to, at=given.moment(at), actor="ingest", **more)


def statuses(conn, day):
    return {batch.id: str(batch.status) for batch in all_batches(conn, given.moment(day))}


def test_a_batch_comes_back_as_it_was_entered(engine):
    with writing(engine) as conn:
        assert add_batch(conn, ONE, actor="ada")
        assert add_batch(conn, TWO, actor="ada")
        assert get_batch(conn, ONE.id) == ONE
        assert get_batch(conn, TWO.id) == TWO


def test_a_batch_sent_again_changes_nothing(engine):
    with writing(engine) as conn:
        add_batch(conn, ONE, actor="ada")
    with writing(engine) as conn:
        assert not add_batch(conn, ONE, actor="bo")
    with reading(engine) as conn:
        assert len(all_events(conn, LATER)) == 1
        assert all_batches(conn, LATER) == (ONE,)


def test_every_move_leaves_a_line_with_its_counts(engine):
    with writing(engine) as conn:
        add_batch(conn, ONE, actor="ada")
        moved(conn, ONE, Status.PARTLY, "2022-03-02", tally=TALLY)
        received, judged = all_events(conn, LATER)
    assert (received.kind, received.actor, received.batch) == ("batch.received", "ada", ONE.id)
    assert received.at == ONE.received_at
    assert (judged.kind, judged.actor, judged.batch) == ("batch.moved", "ingest", ONE.id)
    assert judged.details == {
        "from": "received",
        "to": "partly_accepted",
        "rows": 5,
        "accepted": 3,
        "held": 1,
        "without_consent": 1,
        "set_aside": 0,
        "declared": 5,
        "eligible": None,
        "approached": None,
    }


def test_a_move_that_the_table_does_not_know_is_refused_by_the_status_in_the_store(engine):
    with writing(engine) as conn:
        add_batch(conn, ONE, actor="ada")
        moved(conn, ONE, Status.REFUSED, "2022-03-02")
    # ONE still says "received": what counts is what the store says.
    with pytest.raises(TransitionError, match="transition"), writing(engine) as conn:
        moved(conn, ONE, Status.ACCEPTED, "2022-03-03")
    with reading(engine) as conn:
        assert get_batch(conn, ONE.id).status is Status.REFUSED
        assert len(all_events(conn, LATER)) == 2


def test_a_correction_that_comes_in_puts_the_old_batch_out_of_use(engine):
    with writing(engine) as conn:
        add_batch(conn, ONE, actor="ada")
        moved(conn, ONE, Status.ACCEPTED, "2022-03-02")
        add_batch(conn, CORRECTION, actor="ada")
        assert moved(conn, CORRECTION, Status.REMARKS, "2022-04-02").status is Status.REMARKS
        assert get_batch(conn, ONE.id).status is Status.SUPERSEDED
        last = all_events(conn, LATER)[-1]
    assert (last.batch, last.details["to"]) == (ONE.id, "superseded")


def test_a_correction_that_is_refused_leaves_the_old_batch_in_use(engine):
    with writing(engine) as conn:
        add_batch(conn, ONE, actor="ada")
        moved(conn, ONE, Status.ACCEPTED, "2022-03-02")
        add_batch(conn, CORRECTION, actor="ada")
        moved(conn, CORRECTION, Status.REFUSED, "2022-04-02")
        assert get_batch(conn, ONE.id).status is Status.ACCEPTED


def test_two_corrections_of_one_batch_cannot_both_come_in(engine):
    second = given.batch("corrected twice", supersedes=ONE)
    with writing(engine) as conn:
        for batch in (ONE, CORRECTION, second):
            add_batch(conn, batch, actor="ada")
        moved(conn, ONE, Status.ACCEPTED, "2022-03-02")
        moved(conn, CORRECTION, Status.ACCEPTED, "2022-04-02")
    with pytest.raises(TransitionError), writing(engine) as conn:
        moved(conn, second, Status.ACCEPTED, "2022-04-03")
    with reading(engine) as conn:
        assert get_batch(conn, second.id).status is Status.RECEIVED


def test_any_earlier_day_can_be_read(engine):
    with writing(engine) as conn:
        add_batch(conn, ONE, actor="ada")
        moved(conn, ONE, Status.ACCEPTED, "2022-03-02", tally=TALLY)
        add_batch(conn, TWO, actor="ada")
        moved(conn, TWO, Status.REFUSED, "2022-03-06", tally=Tally())
        add_batch(conn, CORRECTION, actor="ada")
        moved(conn, CORRECTION, Status.REMARKS, "2022-04-02", tally=TALLY)
    with reading(engine) as conn:
        assert statuses(conn, "2022-02-28") == {}
        assert statuses(conn, "2022-03-01") == {ONE.id: "received"}
        assert statuses(conn, "2022-03-05") == {ONE.id: "accepted", TWO.id: "received"}
        assert statuses(conn, "2022-04-02") == {
            ONE.id: "superseded",
            TWO.id: "refused",
            CORRECTION.id: "accepted_with_remarks",
        }
        live = {
            day: [batch.id for batch in live_batches(conn, given.moment(day))]
            for day in ("2022-03-01", "2022-03-06", "2022-04-01", "2022-04-02")
        }
        assert live == {
            "2022-03-01": [],
            "2022-03-06": [ONE.id],
            "2022-04-01": [ONE.id],
            "2022-04-02": [CORRECTION.id],
        }
        assert tallies(conn, given.moment("2022-03-01")) == {}
        assert tallies(conn, given.moment("2022-03-06")) == {ONE.id: TALLY, TWO.id: Tally()}
        assert tallies(conn, given.moment("2022-04-02")) == {CORRECTION.id: TALLY, TWO.id: Tally()}


def test_those_that_wait_come_in_the_order_of_arrival(engine):
    with writing(engine) as conn:
        for batch in (TWO, replace(CORRECTION, supersedes=None), ONE):
            add_batch(conn, batch, actor="ada")
        moved(conn, TWO, Status.ACCEPTED, "2022-03-06")
        assert [batch.id for batch in batches_with(conn, Status.RECEIVED)] == [
            ONE.id,
            CORRECTION.id,
        ]
        assert [batch.id for batch in batches_with(conn, Status.ACCEPTED)] == [TWO.id]


def test_a_batch_is_found_by_what_is_read_out_on_the_telephone(engine):
    with writing(engine) as conn:
        add_batch(conn, ONE, actor="ada")
        for said in (ONE.receipt, ONE.receipt.lower(), f" {ONE.receipt} ", ONE.id, ONE.id[:20]):
            assert find_batch(conn, said) == ONE
        for said in ("", "0000-0000", "%", ONE.receipt[:6], "ABCD_EFG", ONE.id + "0"):
            assert find_batch(conn, said) is None


def test_a_receipt_that_two_batches_share_is_told(engine):
    twin = replace(ONE, id=ONE.id[:8] + "0" * 56)
    with writing(engine) as conn:
        add_batch(conn, ONE, actor="ada")
        add_batch(conn, twin, actor="ada")
        with pytest.raises(StoreError, match="receipt_ambiguous"):
            find_batch(conn, ONE.receipt)
        assert find_batch(conn, ONE.id) == ONE


def test_a_card_comes_back_as_it_was_given(engine):
    card = Card((("forms_declared", "5"), ("region", "Түркістан")))
    with writing(engine) as conn:
        add_batch(conn, ONE, actor="ada")
        moved(conn, ONE, Status.ACCEPTED, "2022-03-02", card=card)
        add_batch(conn, TWO, actor="ada")
        moved(conn, TWO, Status.ACCEPTED, "2022-03-06", card=Card())
        assert load_card(conn, ONE.id) == card
        assert load_card(conn, TWO.id) == Card()


def test_what_the_gate_finds_takes_the_place_of_what_the_sender_said(engine):
    said, found = Card((("region", "n"), ("note", "x"))), Card((("region", "e"),))
    with writing(engine) as conn:
        add_batch(conn, ONE, actor="ada", card=said)
        assert load_card(conn, ONE.id) == Card((("note", "x"), ("region", "n")))
        moved(conn, ONE, Status.ACCEPTED, "2022-03-02", card=found)
        assert load_card(conn, ONE.id) == found


def test_what_a_judged_batch_holds_stays(engine):
    with writing(engine) as conn:
        add_batch(conn, ONE, actor="ada")
        require_undecided(conn, ONE.id)
        moved(conn, ONE, Status.ACCEPTED, "2022-03-02")
        with pytest.raises(TransitionError, match="batch_decided") as refusal:
            require_undecided(conn, ONE.id)
    for code in languages():
        assert ONE.receipt in Language(code)(f"error.{refusal.value.rule}", **refusal.value.values)


def test_a_batch_can_only_begin_as_received(engine):
    accepted = replace(ONE, status=Status.ACCEPTED)
    with pytest.raises(AssertionError, match="begins as received"), writing(engine) as conn:
        add_batch(conn, accepted, actor="ada")
