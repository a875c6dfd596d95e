"""Rows about nobody that are known again: in another file of the same wave, and in a corrected one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from evaluation.forms import fill_template
from evaluation.intake import Sender
from evaluation.intake.admission import admit
from evaluation.intake.reception import receive
from evaluation.records.batches import Card
from evaluation.settings import Settings
from evaluation.store.engine import open_store, reading
from evaluation.store.findings import load_findings
from evaluation.store.pooled import load_pooled
from tests.given_fair import FAIR, MARKS, STALLS

NOW = datetime(2022, 12, 20, tzinfo=UTC)
SUITES = Path(__file__).parents[2] / "studies/fair_expectations"


class Desk:
    """Takes files in, one after the other."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings.from_env(
            {
                "HOME": str(folder),
                "STORIES_DATA": str(folder / "var"),
                "STORIES_KEY_FILE": str(folder / "config/quarantine.key"),
                "STORIES_EXPECTATIONS": str(SUITES),
            }
        )
        self.engine = open_store(self.settings.database_url)
        self.now = NOW

    def take(self, instrument, rows, *, wave=0, replaces=None):
        """(status, rules found) of a filled template."""
        card = Card((("wave", str(wave)), ("forms_declared", str(len(rows)))))
        content = fill_template(instrument, FAIR, "en", card=card, rows=rows)
        self.now += timedelta(minutes=1)
        received = receive(
            self.engine,
            self.settings,
            FAIR,
            content=content,
            sender=Sender(),
            now=self.now,
            actor="test",
            replaces=replaces,
            name="fair.xlsx",
        )
        self.batch = received.batch.id
        status = admit(self.engine, self.settings, FAIR, batch=self.batch, now=self.now)
        with reading(self.engine) as conn:
            found = [finding.rule for finding in load_findings(conn, self.batch)]
        return status, found

    def stored(self, instrument, field):
        with reading(self.engine) as conn:
            return load_pooled(conn, instrument, as_of=self.now, fields=(field,)).frame


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


FIRST = ["n", "S1", "1", "1", "12"]
SECOND = ["n", "S1", "2", "2", "0"]


def test_an_entry_that_another_file_has_brought_is_held(desk):
    assert desk.take(STALLS, [FIRST]) == ("accepted", [])
    status, found = desk.take(STALLS, [["n", "S1", "1", "1", "14"], SECOND])
    assert (status, found) == ("partly_accepted", ["entry_stored"])
    stored = desk.stored(STALLS, "visitors")
    assert stored.respondent.tolist() == ["S1|1", "S1|2"]
    assert stored.visitors.tolist() == [12, 0]


def test_in_another_wave_it_is_the_state_of_today(desk):
    desk.take(STALLS, [FIRST])
    assert desk.take(STALLS, [["n", "S1", "1", "2", "3"]], wave=1) == ("accepted", [])


def test_a_corrected_file_takes_its_place_and_says_what_else_changed(desk):
    desk.take(STALLS, [FIRST, SECOND])
    first = desk.batch
    changed = [["n", "S1", "1", "1", "15"], SECOND]
    status, found = desk.take(STALLS, changed, replaces=first)
    assert status in ("accepted", "accepted_with_remarks")
    assert "changed_unasked" in found
    assert desk.stored(STALLS, "visitors").visitors.tolist() == [15, 0]


def test_sums_of_the_same_days_and_people_come_once(desk):
    sums = ["n", "2022-01-01", "2022-03-31", "1", "60", "30", "0"]
    assert desk.take(MARKS, [sums]) == ("accepted", [])
    again = [*sums[:4], "61", "30", "0"]
    status, found = desk.take(MARKS, [again])
    assert status == "refused" and set(found) == {"entry_stored", "no_good_row"}


def test_a_row_whose_entry_cannot_be_read_is_no_entry(desk):
    status, found = desk.take(STALLS, [["n", "S1", "", "1", "3"], SECOND])
    assert status == "partly_accepted" and "entry_stored" not in found
    assert desk.stored(STALLS, "visitors").respondent.tolist() == ["S1|2"]


def test_without_its_columns_no_entry_is_known(desk):
    from evaluation.intake.entries import entries_of

    assert entries_of(STALLS.identity, ()).tolist() == []
