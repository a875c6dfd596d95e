"""A withdrawn child leaves the store, and no file brings it back: not again, not later, not waiting."""

import pytest
from sqlalchemy import func, select

from evaluation.intake import Vault
from evaluation.intake.admission import _write, judged
from evaluation.intake.knowledge import known_so_far
from evaluation.intake.known import NOTHING
from evaluation.intake.withdrawal import Withdrawn, withdraw_children
from evaluation.records.batches import Status
from evaluation.store import tables
from evaluation.store.batches import get_batch, tallies
from evaluation.store.engine import open_store, reading, writing
from evaluation.store.events import all_events, broken_at
from evaluation.store.findings import load_findings
from tests.evaluation.intake.given import ADA, BEN, changed, pupil_rows, text_table
from tests.evaluation.intake.test_admission import Desk

BOTH = text_table(pupil_rows(ADA, BEN))


@pytest.fixture
def desk(engine, settings, study):
    return Desk(engine, settings, study)


def withdraw(desk, *codes):
    return withdraw_children(desk.engine, desk.settings, codes, now=desk.now, actor="ada")


def originals(desk):
    folder = desk.settings.deliveries / "originals"
    return {path.stem for path in folder.glob("*.locked")}


def test_the_answers_go_with_the_originals_that_held_them(desk):
    base, end, other = (
        desk.send(BOTH),
        desk.send(BOTH, wave=1),
        desk.send(text_table(pupil_rows(changed(BEN, Code="c3")))),
    )
    for batch in (base, end, other):
        desk.admit(batch)
    assert withdraw(desk, "a1") == Withdrawn(1, before=0, unknown=0, rows=2, originals=2)
    assert desk.stored() == [("b2", 0), ("b2", 1), ("c3", 0)]
    assert originals(desk) == {other.id}
    with reading(desk.engine) as conn:
        events = all_events(conn, desk.now)
        assert broken_at(conn) is None
    gone = {event.batch for event in events if event.kind == "original.deleted"}
    assert gone == {base.id, end.id}
    assert not any("a1" in str(event.details) for event in events)


def test_the_same_file_again_changes_nothing(desk):
    desk.admit(desk.send(BOTH))
    withdraw(desk, "a1")
    assert desk.admit(desk.send(BOTH)) == "accepted"
    assert desk.stored() == [("b2", 0)]


def test_a_later_file_is_counted_and_not_stored(desk):
    desk.admit(desk.send(BOTH))
    withdraw(desk, "a1")
    later = desk.send(text_table(pupil_rows(ADA, changed(BEN, Code="c3"))), wave=1)
    assert desk.admit(later) == "accepted"
    assert desk.stored() == [("b2", 0), ("c3", 1)]
    with reading(desk.engine) as conn:
        tally = tallies(conn, desk.now)[later.id]
        found = [(f.rule, dict(f.values)) for f in load_findings(conn, later.id)]
    assert (tally.rows, tally.accepted, tally.without_consent) == (2, 1, 1)
    assert found == [("withdrawn_consent", {"n": 1})]


def test_a_file_with_nobody_else_is_accepted_empty(desk):
    withdraw(desk, "a1")
    only = desk.send(text_table(pupil_rows(ADA)))
    assert desk.admit(only) == "accepted"
    assert desk.stored() == []


def test_a_correction_does_not_bring_the_child_back(desk):
    first = desk.send(BOTH)
    desk.admit(first)
    withdraw(desk, "a1")
    second = desk.send(text_table(pupil_rows(ADA, changed(BEN, wb_1="2"))), replaces=first.receipt)
    assert desk.admit(second) == "accepted"
    assert desk.stored() == [("b2", 0)]


def test_a_child_that_withdraws_while_its_file_is_judged_is_not_stored(desk):
    batch = desk.send(BOTH)
    content = Vault(desk.settings.deliveries, desk.settings.key_file).get(batch.id)
    too_early = judged(desk.engine, desk.settings, desk.study, content, batch, now=desk.now)
    assert len(too_early.accepted) == 2
    withdraw(desk, "a1")
    with writing(desk.engine) as conn:
        assert _write(conn, desk.study, batch, too_early, desk.now) is None
        assert get_batch(conn, batch.id).status is Status.RECEIVED
    assert desk.admit(batch) == "accepted"
    assert desk.stored() == [("b2", 0)]


def test_several_at_once_are_told_apart(desk):
    desk.admit(desk.send(BOTH))
    assert withdraw(desk, "a1", "z9", "a1") == Withdrawn(2, 0, unknown=1, rows=1, originals=1)
    assert withdraw(desk, "a1", "b2", "z9") == Withdrawn(
        3, before=2, unknown=0, rows=1, originals=0
    )
    assert desk.stored() == []


def test_a_second_try_finishes_what_the_first_left(desk):
    """Killed before the store was written, the files are gone and nobody has withdrawn yet."""
    batch = desk.send(BOTH)
    desk.admit(batch)
    Vault(desk.settings.deliveries, desk.settings.key_file).delete(batch.id)
    assert withdraw(desk, "a1") == Withdrawn(1, before=0, unknown=0, rows=1, originals=0)
    with reading(desk.engine) as conn:
        assert conn.scalar(select(func.count()).select_from(tables.withdrawals)) == 1


def test_a_look_without_a_store_makes_none(desk, settings):
    assert known_so_far(settings, now=desk.now) is NOTHING
    assert not settings.data.exists()


def test_a_look_knows_what_the_store_knows(settings, study):
    desk = Desk(open_store(settings.database_url), settings, study)
    desk.admit(desk.send(BOTH))
    withdraw(desk, "a1")
    known = known_so_far(settings, now=desk.now)
    assert known.withdrawn(["a1", "b2"]) == {"a1"}
    assert known.codes(["a1", "b2", "c3"]) == {"b2"}
    assert (known.columns, known.today) == ({}, desk.now.date())
