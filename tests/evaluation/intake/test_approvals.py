"""A batch of a region and wave that nobody has approved waits, and comes in by itself later."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from evaluation.design import Approval, Permissions, Registered
from evaluation.intake import Sender, Vault
from evaluation.intake.admission import admit, due_batches
from evaluation.intake.reception import receive
from evaluation.records.batches import Status
from evaluation.store.batches import get_batch, tallies
from evaluation.store.engine import reading
from evaluation.store.events import all_events
from evaluation.store.findings import finding_counts, load_findings
from evaluation.store.responses import load_responses
from tests.evaluation.intake.given import ADA, BEN, PUPIL, checked, pupil_rows, text_table
from tests.evaluation.intake.test_places import visit, visited

NOW = datetime(2022, 4, 1, 12, 0, tzinfo=UTC)
BOTH = text_table(pupil_rows(ADA, BEN))


def demanding(study, *registered):
    lines = tuple(
        Registered(kind, region, wave, date(2022, 2, 1), "T-1") for kind, region, wave in registered
    )
    return replace(study, permissions=Permissions((Approval.ETHICS, Approval.TRAINING), lines))


ETHICS, TRAINING = (Approval.ETHICS, "n", 0), (Approval.TRAINING, "n", 0)


@pytest.mark.parametrize(
    ("registered", "missing"),
    [
        ((), ["ethics_missing", "training_missing"]),
        ((ETHICS,), ["training_missing"]),
        ((TRAINING, (Approval.ETHICS, "n", 1), (Approval.ETHICS, "e", 0)), ["ethics_missing"]),
        ((ETHICS, TRAINING), []),
    ],
)
def test_each_missing_approval_is_said_once(study, registered, missing):
    intake = checked(BOTH, demanding(study, *registered))
    assert [finding.rule for finding in intake.findings] == missing
    assert all(dict(f.values) == {"region": "n", "wave": 0} for f in intake.findings)
    assert (intake.status is Status.WAITING) == bool(missing)


def test_a_file_that_must_be_mended_anyway_is_refused_and_does_not_wait(study):
    content = text_table(pupil_rows((*ADA, "x"), header=(*PUPIL, "Shoe size")))
    assert checked(content, demanding(study)).status is Status.REFUSED


def test_where_rows_differ_each_region_and_wave_needs_its_own(visits):
    approved = [(kind, "10", 0) for kind in Approval]
    rows = (visit(1), visit(2, Wave="autumn"), visit(3, Region="", Wave="7"))
    intake = visited(demanding(visits, *approved), *rows)
    waits = [(f.rule, f.values["wave"]) for f in intake.findings if f.rule.endswith("_missing")]
    assert waits == [("ethics_missing", 1), ("training_missing", 1)]


class Office:
    """Sends and admits under what is registered at the time, an hour passing with everything."""

    def __init__(self, engine, settings, study):
        self.engine, self.settings, self.study, self.now = engine, settings, study, NOW

    def send(self, content=BOTH, region="n"):
        self.now += timedelta(hours=1)
        sender = Sender(region=region, wave=0)
        said = {"content": content, "sender": sender, "now": self.now, "actor": "ada"}
        return receive(self.engine, self.settings, self.study, **said)

    def sweep(self, study):
        """As the flow does: every batch that is due, in order."""
        self.now += timedelta(hours=1)
        with reading(self.engine) as conn:
            due = due_batches(conn, study)
        return [admit(self.engine, self.settings, study, batch=b, now=self.now) for b in due]

    def events(self):
        with reading(self.engine) as conn:
            return [event.kind for event in all_events(conn, self.now)]


@pytest.fixture
def office(engine, settings, study):
    return Office(engine, settings, study)


def test_a_batch_waits_locked_and_comes_in_when_the_line_is_entered(office, study):
    batch = office.send().batch
    vault = Vault(office.settings.deliveries, office.settings.key_file)
    unapproved, approved = demanding(study, ETHICS), demanding(study, ETHICS, TRAINING)
    assert office.sweep(unapproved) == ["waiting"]
    with reading(office.engine) as conn:
        assert get_batch(conn, batch.id).status is Status.WAITING
        assert [f.rule for f in load_findings(conn, batch.id)] == ["training_missing"]
        assert load_responses(conn, study.instruments["pupil"], as_of=office.now).empty
        assert tallies(conn, office.now) == {}
        assert finding_counts(conn, office.now) == ()
    assert vault.quarantined() == (batch.id,)
    before = office.events()
    assert office.sweep(unapproved) == []
    assert office.events() == before
    assert office.sweep(approved) == ["accepted"]
    assert vault.quarantined() == ()
    with reading(office.engine) as conn:
        assert load_findings(conn, batch.id) == ()
        assert len(load_responses(conn, study.instruments["pupil"], as_of=office.now)) == 2


def test_a_waiting_batch_that_is_looked_at_again_leaves_no_line(office, study):
    batch = office.send().batch
    unapproved = demanding(study)
    office.sweep(unapproved)
    before = office.events()
    again = admit(office.engine, office.settings, unapproved, batch=batch.id, now=office.now)
    assert (again, office.events()) == ("waiting", before)


def test_a_waiting_file_sent_again_is_the_same_batch(office, study):
    first = office.send()
    office.sweep(demanding(study))
    second = office.send()
    assert (first.new, second.new) == (True, False)
    assert second.batch.status is Status.WAITING
    assert office.sweep(demanding(study, ETHICS, TRAINING)) == ["accepted"]


def test_a_batch_whose_rows_differ_is_looked_at_every_time(office, study):
    """Which regions it needs is known only when it is opened."""
    rows = pupil_rows((*ADA, "n", "0"), (*BEN, "e", "0"), header=(*PUPIL, "Region", "Wave"))
    batch = office.send(text_table(rows), region=None).batch
    assert batch.region == ""
    office.sweep(demanding(study))
    with reading(office.engine) as conn:
        waiting = get_batch(conn, batch.id).status
        assert (waiting is Status.WAITING) == (batch.id in due_batches(conn, demanding(study)))
