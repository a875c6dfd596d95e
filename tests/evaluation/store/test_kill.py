"""A process killed in the middle of a transaction leaves nothing, and its retry stores once."""

import subprocess
import sys

from sqlalchemy import text

from evaluation.records.batches import Status
from evaluation.settings import CHECKOUT
from evaluation.store import (
    all_batches,
    broken_at,
    load_responses,
    open_store,
    reading,
    writing,
)
from tests import given

ONE = given.batch("one")
ROWS = "respondent wb_1 secret_group\np01 1 1\np02 2 0"
LATER = given.moment("2030-01-01")

VICTIM = """
import sys, time
from pathlib import Path
from evaluation.design import load_study
from evaluation.store import open_store, writing
from tests import given
from tests.evaluation.store.test_kill import ONE, ROWS

pupil = load_study(Path("tests/study")).instruments["pupil"]
with writing(open_store(sys.argv[1])) as conn:
    given.stored(conn, pupil, ONE, ROWS)
    print("written", flush=True)
    time.sleep(60)
"""


def test_nothing_is_half_written(url, study):
    pupil = study.instruments["pupil"]
    engine = open_store(url)
    command = [sys.executable, "-c", VICTIM, url]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE) as victim:
        assert victim.stdout.readline() == b"written\n"
        victim.kill()
    with reading(engine) as conn:
        assert all_batches(conn, LATER) == ()
        assert load_responses(conn, pupil, as_of=LATER).empty
        for table in ("events", "instruments"):
            assert conn.scalar(text(f"SELECT count(*) FROM {table}")) == 0
    with writing(engine) as conn:
        given.stored(conn, pupil, ONE, ROWS)
    with reading(engine) as conn:
        assert [batch.status for batch in all_batches(conn, LATER)] == [Status.ACCEPTED]
        assert list(load_responses(conn, pupil, as_of=LATER)["respondent"]) == ["p01", "p02"]
        assert broken_at(conn) is None
