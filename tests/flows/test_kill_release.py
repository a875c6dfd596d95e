"""Killed while it gives a report out: nobody sees half of one, and the same command ends it."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from evaluation.records.editions import Move, State
from evaluation.release.bundle import RELEASED, UNFINISHED, contents
from evaluation.store import all_releases, open_store, reading
from evaluation.store.editions import all_editions
from evaluation.store.events import broken_at
from flows.cli import main
from flows.editions import decide, submit
from tests.conftest import EXPECTATIONS, STUDY
from tests.flows.conftest import home_in
from tests.flows.given import ROOT
from tests.flows.small_year import NOW, compared, year
from tests.given import moment

HERE = {"STORIES_STUDY": str(STUDY), "STORIES_EXPECTATIONS": str(EXPECTATIONS)}
PROGRAM = "import sys; from flows.cli import main; sys.exit(main())"
DRAFTS, FILES = 12, 24
"""Reports of three languages in four formats: as drafts, and with what is given out."""


@pytest.fixture(scope="module")
def approved(tmp_path_factory, study):
    """A house where a report waits to be given out, and that report's number."""
    folder = tmp_path_factory.mktemp("approved")
    with home_in(folder, **HERE) as settings:
        settings.data.mkdir(parents=True)
        engine = open_store(settings.database_url)
        year(engine, study)
        run = compared(engine, study)
        edition = submit(engine, settings, study, run=run, now=NOW, actor="evaluator")
        decide(engine, edition, Move.APPROVE, now=NOW, actor="lead")
        engine.dispose()
        return folder, edition.short


def entered(settings) -> int:
    """Reports that the ledger knows."""
    path = settings.data / "stories.sqlite"
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as conn:
            return int(conn.execute("SELECT count(*) FROM releases").fetchone()[0])
    except sqlite3.OperationalError:  # it is being written
        return 0


def prepared(settings) -> int:
    """Files of a folder that is not yet in its place."""
    return sum(path.is_file() for path in (settings.reports / RELEASED).rglob(f"{UNFINISHED}*/*"))


def in_place(settings, short: str) -> bool:
    return (settings.reports / RELEASED / short).exists()


def killed_when(settings, short: str, seen) -> bool:
    """Runs `stories release publish` until `seen()`, and kills it there; False: it was over."""
    environment = os.environ | {
        "STORIES_DATA": str(settings.data),
        "STORIES_KEY_FILE": str(settings.key_file),
    }
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "release", "publish", short, "--actor", "evaluator"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        deadline = time.monotonic() + 120
        while not seen() and process.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.001)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        return process.wait() == -signal.SIGKILL


def state_of(settings) -> State | None:
    engine = open_store(settings.database_url)
    with reading(engine) as conn:
        assert broken_at(conn) is None
        (edition,) = all_editions(conn)
    return edition.state


def test_killed_at_any_moment_nothing_is_half_released_and_nothing_twice(approved, tmp_path):
    house, short = approved
    with home_in(shutil.copytree(house, tmp_path / "calm"), **HERE) as calm:
        assert main(["release", "publish", short, "--actor", "evaluator"]) == 0
        whole = contents(calm.reports / RELEASED / short)
    with home_in(shutil.copytree(house, tmp_path / "killed"), **HERE) as settings:
        moments = (
            lambda: entered(settings) > DRAFTS,  # in the ledger, nothing written
            lambda: prepared(settings) > 0,
            lambda: prepared(settings) == len(whole) - 1,
            lambda: in_place(settings, short),  # in its place, perhaps not yet said so
        )
        kills = 0
        for seen in moments:
            kills += killed_when(settings, short, seen)
            released = settings.reports / RELEASED / short
            # A folder is there whole, and called released only when it is.
            assert in_place(settings, short) or state_of(settings) is State.APPROVED
            assert not released.exists() or contents(released) == whole
        assert kills >= 2  # the last moments are short, and may have passed unseen
        code = main(["release", "publish", short, "--actor", "evaluator"])
        assert code in (0, 2)  # 2: the last kill came too late; it says that it is released
        assert state_of(settings) is State.RELEASED
        assert contents(settings.reports / RELEASED / short) == whole
        with reading(open_store(settings.database_url)) as conn:
            known = [release.digest for release in all_releases(conn, moment("2100-01-01"))]
        assert len(known) == len(set(known)) == FILES
