"""A pull that is killed at any moment, as often as one likes: in the end everything is there once."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import prefect.settings
import pytest

from evaluation.store.engine import open_store, reading
from evaluation.store.events import broken_at
from flows.cli import main
from tests.evaluation.servers.kobo_server import TOKEN, KoboServer
from tests.evaluation.servers.local import Reply
from tests.flows.conftest import home_in
from tests.flows.filled_in import AUTUMN, ELSEWHERE, SPRING, UID, fill_kobo
from tests.flows.given import ROOT, locked_away
from tests.flows.test_kill import PROGRAM, events, picture

QUESTIONS = 3
"""The form, the list, the submissions: killed while the server is asked for each of them."""
MOMENTS = (1, 2, 3, 4, 5)
"""Receiving three batches makes events 1 to 3. Killed when so many are there."""


def words(server):
    return ["pull", "kobo", "--server", server.url, "--form", UID]


def killed(server, home: Path, until) -> None:
    """Runs `stories pull` until something is the case, and kills it and its children."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "STORIES_DATA": str(home / "var"),
        "STORIES_KEY_FILE": str(home / "config/quarantine.key"),
        "STORIES_KOBO_TOKEN": TOKEN,
        "PREFECT_HOME": str(home / "prefect"),
        "PREFECT_API_URL": str(prefect.settings.PREFECT_API_URL.value()),
    }
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *words(server)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        deadline = time.monotonic() + 60
        while not until():
            assert process.poll() is None, "it was over before it could be killed"
            assert time.monotonic() < deadline
            time.sleep(0.002)
        os.killpg(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL


@pytest.mark.usefixtures("prefect")
def test_after_any_number_of_kills_the_store_is_as_if_there_had_been_none(sendings, tmp_path):
    chance = random.Random(20221114)
    database = tmp_path / "var/stories.sqlite"
    with KoboServer() as server:
        fill_kobo(server, sendings, SPRING, AUTUMN, ELSEWHERE)
        for question in range(QUESTIONS):
            never = threading.Event()
            server.asked.clear()
            server.faults = [*[None] * question, Reply(pause=never)]
            killed(server, tmp_path, lambda n=question: len(server.asked) > n)
            never.set()
            assert events(database) == 0
        for wanted in MOMENTS:

            def reached(wanted=wanted):
                there = events(database) >= wanted
                time.sleep(chance.uniform(0, 0.05) if there else 0)
                return there

            killed(server, tmp_path, reached)
        with home_in(tmp_path, STORIES_KOBO_TOKEN=TOKEN) as after:
            assert main(words(server)) == 0
            there, places = picture(after), locked_away(after)
            with reading(open_store(after.database_url)) as conn:
                assert broken_at(conn) is None
        with home_in(tmp_path / "other", STORIES_KOBO_TOKEN=TOKEN) as calm:
            assert main(words(server)) == 0
            assert there == picture(calm)
            assert places == locked_away(calm)
    assert len(there["batches"]) == 3
    assert len(there["pulled"]) == 9
