"""A waiting batch is judged and written whole, whoever else writes meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from evaluation.intake import Sender, Vault
from evaluation.intake.admission import _write, admit, judged
from evaluation.intake.reception import receive
from evaluation.records.batches import Status
from evaluation.store import tables
from evaluation.store.batches import get_batch, tallies
from evaluation.store.engine import reading, writing
from evaluation.store.findings import load_findings
from evaluation.store.responses import load_responses
from tests.evaluation.intake.given import ADA, BEN, PUPIL, changed, pupil_rows, text_table

NOW = datetime(2022, 4, 1, 12, 0, tzinfo=UTC)
BOTH = text_table(pupil_rows(ADA, BEN))


class Desk:
    """Sends and admits, an hour passing with everything."""

    def __init__(self, engine, settings, study):
        self.engine, self.settings, self.study, self.now = engine, settings, study, NOW

    def send(self, content, wave=0, replaces=None):
        self.now += timedelta(hours=1)
        return receive(
            self.engine,
            self.settings,
            self.study,
            content=content,
            sender=Sender(region="n", wave=wave),
            now=self.now,
            actor="ada",
            replaces=replaces,
        ).batch

    def admit(self, batch):
        self.now += timedelta(hours=1)
        return admit(self.engine, self.settings, self.study, batch=batch.id, now=self.now)

    def stored(self):
        with reading(self.engine) as conn:
            frame = load_responses(conn, self.study.instruments["pupil"], as_of=self.now)
        return sorted(zip(frame.respondent, frame.wave, strict=True))

    def quarantined(self):
        return Vault(self.settings.deliveries, self.settings.key_file).quarantined()


@pytest.fixture
def desk(engine, settings, study):
    return Desk(engine, settings, study)


def test_good_rows_are_stored_and_the_file_leaves_the_quarantine(desk):
    batch = desk.send(BOTH)
    assert desk.admit(batch) == "accepted"
    assert desk.stored() == [("a1", 0), ("b2", 0)]
    assert desk.quarantined() == ()
    with reading(desk.engine) as conn:
        tally = tallies(conn, desk.now)[batch.id]
    assert (tally.rows, tally.accepted) == (2, 2)


def test_one_bad_row_waits_and_the_others_count(desk):
    batch = desk.send(text_table(pupil_rows(ADA, changed(BEN, Code="?"))))
    assert desk.admit(batch) == "partly_accepted"
    assert desk.stored() == [("a1", 0)]


def test_a_refused_file_leaves_its_findings_and_stays_locked(desk):
    batch = desk.send(text_table(pupil_rows((*ADA, "x"), header=(*PUPIL, "Shoe size"))))
    assert desk.admit(batch) == "refused"
    assert desk.stored() == []
    assert desk.quarantined() == (batch.id,)
    with reading(desk.engine) as conn:
        assert "unknown_column" in {finding.rule for finding in load_findings(conn, batch.id)}
        assert get_batch(conn, batch.id).status is Status.REFUSED


def test_what_was_judged_is_not_judged_again(desk):
    batch = desk.send(BOTH)
    assert desk.admit(batch) == desk.admit(batch) == "accepted"
    assert desk.send(BOTH).status is Status.ACCEPTED
    assert desk.quarantined() == ()
    with reading(desk.engine) as conn:
        assert conn.scalar(select(func.count()).select_from(tables.batch_statuses)) == 2


def test_a_child_that_another_file_has_brought_is_held(desk):
    desk.admit(desk.send(BOTH))
    again = desk.send(text_table(pupil_rows(ADA, changed(BEN, Code="c3"))))
    assert desk.admit(again) == "partly_accepted"
    assert desk.stored() == [("a1", 0), ("b2", 0), ("c3", 0)]


def test_the_same_child_at_the_next_wave_is_welcome(desk):
    desk.admit(desk.send(BOTH))
    assert desk.admit(desk.send(BOTH, wave=1)) == "accepted"
    assert desk.stored() == [("a1", 0), ("a1", 1), ("b2", 0), ("b2", 1)]


def test_a_correction_takes_the_place_of_what_it_corrects(desk):
    first = desk.send(BOTH)
    desk.admit(first)
    second = desk.send(text_table(pupil_rows(ADA, changed(BEN, Code="c3"))), replaces=first.receipt)
    assert desk.admit(second) == "accepted"
    assert desk.stored() == [("a1", 0), ("c3", 0)]
    with reading(desk.engine) as conn:
        assert get_batch(conn, first.id).status is Status.SUPERSEDED


def test_a_file_of_no_known_questionnaire_is_refused_and_told(desk):
    batch = desk.send(b"\x00 nothing")
    assert desk.admit(batch) == "refused"


def test_two_files_with_one_child_judged_at_the_same_time_store_it_once(desk):
    """Both were judged while neither was stored: the slower one is judged anew."""
    first = desk.send(BOTH)
    second = desk.send(text_table(pupil_rows(ADA, changed(BEN, Code="c3"))))
    content = Vault(desk.settings.deliveries, desk.settings.key_file).get(second.id)
    too_early = judged(desk.engine, desk.settings, desk.study, content, second, now=desk.now)
    assert too_early.status is Status.ACCEPTED
    desk.admit(first)
    with writing(desk.engine) as conn:
        assert _write(conn, desk.study, second, too_early, desk.now) is None
        assert get_batch(conn, second.id).status is Status.RECEIVED
    assert desk.admit(second) == "partly_accepted"
    assert desk.stored() == [("a1", 0), ("b2", 0), ("c3", 0)]


def test_of_two_workers_on_one_batch_the_first_ones_verdict_stands(desk):
    batch = desk.send(BOTH)
    content = Vault(desk.settings.deliveries, desk.settings.key_file).get(batch.id)
    verdict = judged(desk.engine, desk.settings, desk.study, content, batch, now=desk.now)
    desk.admit(batch)
    with writing(desk.engine) as conn:
        assert _write(conn, desk.study, batch, verdict, desk.now) is Status.ACCEPTED
    assert desk.stored() == [("a1", 0), ("b2", 0)]
