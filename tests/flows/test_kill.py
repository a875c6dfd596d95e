"""Killed like by a power cut, as often as one likes: the same command in the end has done the same."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import prefect.settings
import pytest

from evaluation.design import load_study
from evaluation.store.engine import open_store, reading
from evaluation.store.events import broken_at
from evaluation.store.responses import load_responses
from flows.cli import main
from tests.flows.conftest import home_in
from tests.flows.given import (
    CORRECTED,
    GOOD,
    HELD,
    LATER,
    REFUSED,
    ROOT,
    fetched,
    folder_of,
    locked_away,
)
from tests.given import moment

NAMES = (GOOD, LATER, HELD, REFUSED, CORRECTED)
# Receiving the five files makes events 1 to 5, judging them 6 to 10. Killed when so many are there.
MOMENTS = (1, 3, 6, 7, 9)
PROGRAM = "import sys; from flows.cli import main; sys.exit(main())"
CHANCE = {"at", "received_at", "created_at", "number", "hash", "previous", "restricted_key", "key"}
"""Columns that say when and in which order, or are drawn by lot: these may differ."""


def picture(settings) -> dict[str, list[str]]:
    """Everything that is stored but times and lots, whatever the tables are called."""
    found = fetched(settings, "SELECT name FROM sqlite_master WHERE type = 'table'")
    drawn = {}
    for (name,) in found:
        columns = [str(c[1]) for c in fetched(settings, f"PRAGMA table_info({name})")]
        kept = ", ".join(f'"{column}"' for column in columns if column not in CHANCE)
        drawn[str(name)] = sorted(map(str, fetched(settings, f"SELECT {kept} FROM {name}")))
    with reading(open_store(settings.database_url)) as conn:
        instrument = load_study(settings.study).instruments["child_questionnaire"]
        answers = load_responses(
            conn, instrument, as_of=moment("2100-01-01"), restricted=True
        ).sort_values(["batch", "source_row"])
    return drawn | {"answers with what is kept apart": answers.to_csv(index=False).splitlines()}


def events(database: Path) -> int:
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as conn:
            return int(conn.execute("SELECT count(*) FROM events").fetchone()[0])
    except sqlite3.OperationalError:  # not there yet, or not yet with tables
        return 0


def ingest_until(folder: Path, home: Path, wanted: int, pause: float) -> int:
    """Runs `stories ingest` and kills it and its children; the events that were there then."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "STORIES_DATA": str(home / "var"),
        "STORIES_KEY_FILE": str(home / "config/quarantine.key"),
        "PREFECT_HOME": str(home / "prefect"),
        "PREFECT_API_URL": str(prefect.settings.PREFECT_API_URL.value()),
    }
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "ingest", str(folder)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        deadline = time.monotonic() + 60
        while (seen := events(home / "var/stories.sqlite")) < wanted and process.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.002)
        time.sleep(pause)
        assert process.poll() is None, "it was over before it could be killed"
        os.killpg(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    return seen


@pytest.mark.usefixtures("prefect")
def test_after_any_number_of_kills_the_store_is_as_if_there_had_been_none(sendings, tmp_path):
    folder = folder_of(sendings, tmp_path / "files", *NAMES)
    chance = random.Random(20221114)
    for wanted in MOMENTS:
        # Up to the length of one judgement, so that it dies inside of transactions too.
        assert ingest_until(folder, tmp_path, wanted, chance.uniform(0, 0.1)) >= wanted
    with home_in(tmp_path) as killed:
        assert main(["ingest", str(folder)]) == 3
        there, places = picture(killed), locked_away(killed)
        with reading(open_store(killed.database_url)) as conn:
            assert broken_at(conn) is None
    with home_in(tmp_path / "other") as calm:
        assert main(["ingest", str(folder)]) == 3
        assert there == picture(calm)
        assert places == locked_away(calm)
    assert len(there["batches"]) == len(NAMES)
    assert len(there["events"]) == 2 * len(NAMES) + 1  # and one for the table of answers
