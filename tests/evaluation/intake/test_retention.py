"""Refused files go when their term is over; what is waited for, kept or fresh stays."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from evaluation.intake import Sender, Vault
from evaluation.intake.admission import admit
from evaluation.intake.reception import receive
from evaluation.intake.retention import Swept, sweep
from evaluation.store import all_events, all_near_misses, close_near_miss, reading, writing
from tests.evaluation.intake.given import ADA, BEN, changed, pupil_rows, text_table

NOW = datetime(2022, 4, 13, 9, tzinfo=UTC)  # a Wednesday
TERM = timedelta(days=14)
GOOD = text_table(pupil_rows(ADA))
PERSONAL = text_table(pupil_rows(ADA, changed(BEN, Code="991231500016")))


@pytest.fixture
def desk(engine, settings, study):
    return Desk(engine, settings, study)


class Desk:
    def __init__(self, engine, settings, study):
        self.engine, self.settings, self.study = engine, settings, study
        self.vault = Vault(settings.deliveries, settings.key_file)

    def send(self, content, *, at=NOW, replaces=None, name=None):
        said = {"sender": Sender(region="n", wave=0), "now": at, "actor": "ada"}
        return receive(
            self.engine,
            self.settings,
            self.study,
            content=content,
            replaces=replaces,
            name=name,
            **said,
        )

    def judged(self, content, *, at=NOW, **said):
        batch = self.send(content, at=at, **said).batch.id
        return batch, admit(self.engine, self.settings, self.study, batch=batch, now=at)

    def sweep(self, at):
        return sweep(self.engine, self.settings, self.study, now=at)

    def deletions(self):
        with reading(self.engine) as conn:
            events = all_events(conn, NOW + 100 * TERM)
        return [event.batch for event in events if event.kind == "delivery.deleted"]

    def near_misses(self):
        with reading(self.engine) as conn:
            return all_near_misses(conn)


def aged(path, moment):
    os.utime(path, (moment.timestamp(), moment.timestamp()))


def test_personal_data_refuse_the_batch_and_start_the_clock(desk):
    batch, status = desk.judged(PERSONAL)
    assert status == "refused"
    (noted,) = desk.near_misses()
    assert (noted.batch, noted.kinds) == (batch, (("iin", 1),))
    assert (noted.noticed_at, noted.due) == (NOW, NOW + timedelta(days=1))


def test_a_forbidden_column_is_a_near_miss_and_a_broken_structure_is_none(desk):
    rows = pupil_rows(ADA)
    rows[0].append("Surname")
    rows[1].append("")
    desk.judged(text_table(rows))
    desk.judged(text_table([["nothing"], ["of the kind"]]))
    assert [noted.kinds for noted in desk.near_misses()] == [(("header", 1),)]


def test_a_list_of_names_that_is_no_questionnaire_is_a_near_miss_too(desk):
    desk.judged(text_table([["who", "call"], ["Zebra Quill", "8 701 123 45 67"]]))
    assert [noted.kinds for noted in desk.near_misses()] == [(("phone", 1),)]


def test_a_refused_file_stays_for_its_term_and_goes_then_once(desk):
    batch, _ = desk.judged(PERSONAL)
    assert desk.sweep(NOW + TERM - timedelta(seconds=1)) == Swept(0, 0)
    assert desk.vault.quarantined() == (batch,)
    assert desk.sweep(NOW + TERM) == Swept(1, 0)
    assert desk.vault.quarantined() == ()
    assert desk.sweep(NOW + 2 * TERM) == Swept(0, 0)
    assert desk.deletions() == [batch]


def test_a_sweep_that_was_stopped_after_deleting_is_recorded_by_the_next(desk):
    batch, _ = desk.judged(PERSONAL)
    desk.vault.delete(batch)
    assert desk.sweep(NOW + TERM) == Swept(1, 0)
    assert desk.deletions() == [batch]


def test_a_closed_near_miss_and_a_corrected_file_need_no_term(desk):
    closed, _ = desk.judged(PERSONAL)
    with writing(desk.engine) as conn:
        close_near_miss(conn, closed, at=NOW, by="officer", actor="cli")
    refused, _ = desk.judged(PERSONAL.replace(b"b2", b"b3") + b"\r\n")
    good, status = desk.judged(GOOD, replaces=refused)
    assert status == "accepted"
    assert desk.sweep(NOW + timedelta(hours=1)).deliveries == 2
    assert sorted(desk.deletions()) == sorted([closed, refused])
    assert desk.vault.get(good) == GOOD


def test_a_file_that_no_batch_knows_is_kept_for_the_term_from_when_it_was_locked_away(desk):
    desk.vault.put("abcdef12", b"locked away, then the current failed")
    path = desk.vault.folder / "quarantine/abcdef12.locked"
    aged(path, NOW)
    assert desk.sweep(NOW + TERM - timedelta(seconds=1)).deliveries == 0
    assert desk.sweep(NOW + TERM).deliveries == 1
    assert not path.exists()
    assert desk.deletions() == ["abcdef12"]


def test_a_waiting_file_is_never_swept(desk):
    waiting = desk.send(GOOD).batch.id
    aged(desk.vault.folder / f"quarantine/{waiting}.locked", NOW)
    assert desk.sweep(NOW + 2 * TERM) == Swept(0, 0)
    assert desk.vault.quarantined() == (waiting,)


def test_halves_left_by_a_killed_process_are_cleared_away_and_fresh_ones_left(desk):
    desk.send(GOOD)
    old = [
        desk.vault.folder / "quarantine/0123abcd.12-34.new",
        desk.vault.key_file.with_name("quarantine.12-34.new"),
    ]
    fresh = desk.vault.folder / "quarantine/4567abcd.12-34.new"
    other = desk.vault.key_file.with_name("notes.new")
    for path in (*old, fresh, other):
        path.write_bytes(b"half")
        aged(path, NOW - timedelta(hours=2))
    aged(fresh, NOW - timedelta(minutes=10))
    assert desk.sweep(NOW) == Swept(0, 2)
    assert [path.exists() for path in (*old, fresh, other)] == [False, False, True, True]


def test_a_name_is_told_and_noted_and_refuses_nothing(desk):
    received = desk.send(GOOD, name="Сапаров_Серік_ұлы_анкета.xlsx")
    assert [finding.rule for finding in received.findings] == ["personal_file_name"]
    assert [noted.kinds for noted in desk.near_misses()] == [(("file_name", 1),)]
    again = desk.send(GOOD, name="27_wave_1.xlsx")
    assert (again.new, again.findings) == (False, ())
    done = admit(desk.engine, desk.settings, desk.study, batch=again.batch.id, now=NOW)
    assert done == "accepted"


def test_what_is_gone_meanwhile_counts_as_new(desk):
    assert desk.vault.locked_at("00000000").year == 9999
