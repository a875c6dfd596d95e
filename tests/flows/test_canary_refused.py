"""A refused file, and one whose taking in is killed, leave nothing of what was in them anywhere.

Names, numbers and words stand in a cell, a comment, a hidden sheet, a property, a defined name and
the file's name; then every byte that the programme and Prefect have left behind is searched. All
of it is invented.
"""

import csv
import io
import os
import signal
import subprocess
import sys
import time

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

from tests.flows.given import GOOD, LATER, ROOT, folder_of, stories
from tests.flows.test_canary import code_in, found_in, prefect_address, server_files
from tests.flows.test_kill import PROGRAM, events

PLANTED = {
    "cell": "Сарбан" + "ұлы",
    "comment": "Thistle" + "kyzy",
    "hidden sheet": "991231600301",  # its check digit is right, and it can be nobody's
    "property": "Brackenwright" + "ovna",
    "author": "Quillon Marblewing",
    "defined name": "Foxglovian" + "uly",
    "file name": "Полынь" + "ович",
    "killed": "Cloudberry" + "ovich",
}


def planted_workbook(text):
    """The rows of a delivery as a workbook with something planted in every place."""
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(text)):
        book.active.append(row)
    book.active["ZZ3"] = PLANTED["cell"]
    book.active["B2"].comment = Comment(PLANTED["comment"], "somebody")
    hidden = book.create_sheet("old")
    hidden.append([PLANTED["hidden sheet"]])
    hidden.sheet_state = "veryHidden"
    book.properties.creator = PLANTED["author"]
    book.properties.subject = PLANTED["property"]
    name = PLANTED["defined name"]
    book.defined_names[name] = DefinedName(name, attr_text="1")
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def killed(environment, folder, database):
    """`stories ingest`, killed with its children as soon as its file has been received."""
    wanted = events(database) + 1
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "ingest", str(folder)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        deadline = time.monotonic() + 120
        while events(database) < wanted:
            assert time.monotonic() < deadline and process.poll() is None
            time.sleep(0.002)
        os.killpg(process.pid, signal.SIGKILL)
        said, _ = process.communicate()
        assert process.returncode == -signal.SIGKILL
    return said.decode(errors="replace")


@pytest.fixture(scope="module")
def left_behind(prefect, sendings, tmp_path_factory):
    """The home of the programme afterwards, all that was said, and a child's code of each file."""
    tmp_path = tmp_path_factory.mktemp("refused")
    home = tmp_path / "home"
    home.mkdir()
    environment = {
        "HOME": str(home),
        "STORIES_DATA": str(home / "var"),
        "STORIES_LANGUAGE": "en",
        "PREFECT_HOME": str(home / "prefect"),
        "PREFECT_API_URL": str(prefect_address()),
        "PREFECT_LOGGING_LEVEL": "DEBUG",
        "PREFECT_LOGGING_EXTRA_LOGGERS": "great_expectations,evaluation,flows,sqlalchemy",
        "TMPDIR": str(home),
    }
    good = (sendings / GOOD).read_text("utf-8-sig")
    path = tmp_path / f"{PLANTED['file name']}.xlsx"
    path.write_bytes(planted_workbook(good))
    said = []
    for words in (
        ("check", str(path)),
        ("ingest", str(path), "--region", "15", "--wave", "0"),
        ("near-misses",),
        ("sweep",),
    ):
        done = stories(*words, **environment)
        assert done.returncode == (3 if str(path) in words else 0), done.stderr
        said.append(done.stdout + done.stderr)
    folder = folder_of(sendings, tmp_path / "killed", LATER)
    later = (folder / LATER).read_text("utf-8-sig")
    (folder / LATER).write_text(later.replace("synthetic", PLANTED["killed"]))
    said.append(killed(environment, folder, home / "var/stories.sqlite"))
    return home, said, (code_in(good), code_in(later))


@pytest.mark.parametrize("place", PLANTED)
def test_what_was_planted_is_nowhere(left_behind, place):
    home, said, _ = left_behind
    assert found_in(home, server_files(), text=PLANTED[place]) == []
    told = "".join(said)
    if place == "file name":  # a sender reads the name of their own file on their own screen
        told = "".join(line for line in told.splitlines() if not line.startswith(PLANTED[place]))
    assert PLANTED[place] not in told


def test_the_codes_of_children_whose_files_were_not_taken_in_are_nowhere(left_behind):
    home, said, codes = left_behind
    for code in codes:
        assert found_in(home, server_files(), text=code) == []
        assert code not in "".join(said)


def test_each_place_was_seen_and_the_near_miss_noted(left_behind):
    home, (checked, ingested, near_misses, swept, _), _ = left_behind
    for text in (checked, ingested):
        for told in ("comment", "defined name", "properties", "Sheet 2", "file seems to hold"):
            assert told.lower() in text.lower(), told
    assert "1 near miss is open." in near_misses
    assert "patronymic" in near_misses and "name of the file" in near_misses
    assert "0 files deleted" in swept
    assert found_in(home, text="near_miss.noticed")
