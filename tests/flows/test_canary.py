"""What is typed into a file is found nowhere afterwards but in the locked files and the store.

A whole run with everything logged, a run that a bug of ours stops, and then every byte that the
programme, Prefect's client and Prefect's server have left behind is searched.
"""

import os
from pathlib import Path

import prefect.settings
import pytest
from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.discretion import OurFaultError, discreet
from tests.flows.given import GOOD, HELD, LATER, folder_of, stories

WORD = "Zebrawood"  # as a name is typed where none belongs
IIN = "991231500016"  # the check digit is right
FILE = "Quillfeather.csv"
CRASHED = "Marblewing"
BUG = "Thistledown"


def server_files() -> Path:
    """Where the server of the tests keeps its database, and what is not yet written into it."""
    address = prefect.settings.PREFECT_SERVER_DATABASE_CONNECTION_URL.value()
    return Path(str(address).removeprefix("sqlite+aiosqlite:///")).parent


def found_in(*places: Path, text: str) -> list[str]:
    """The names of the files with this text in them, in any of the ways in which it is written."""
    forms = [text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be")]
    files = [path for place in places for path in place.rglob("*") if path.is_file()]
    return [path.name for path in files if any(form in path.read_bytes() for form in forms)]


def code_in(text: str) -> str:
    return text.splitlines()[1].split(",")[1]


@pytest.fixture(scope="module")
def searched(prefect, sendings, tmp_path_factory):
    """After both runs: the places to search, what was said, and the codes of two children."""
    tmp_path = tmp_path_factory.mktemp("canary")
    folder = folder_of(sendings, tmp_path / "sent/files", GOOD, LATER)
    good, later = (folder / GOOD).read_text("utf-8-sig"), (folder / LATER).read_text("utf-8-sig")
    rows = good.splitlines()
    held = rows[2].split(",")
    held[5] = WORD  # where the sex belongs: the row is held, the others are stored
    (folder / GOOD).write_text("\n".join([*rows[:2], ",".join(held), *rows[3:]]))
    (folder / LATER).write_text(later.replace("synthetic", f"synthetic {IIN} {WORD}"))
    (folder / GOOD).rename(folder / FILE)
    listed = (folder / "deliveries.csv").read_text().replace(GOOD, FILE)
    (folder / "deliveries.csv").write_text(listed)
    home = tmp_path / "home"
    environment = {
        "HOME": str(home),
        "STORIES_DATA": str(home / "var"),
        "PREFECT_HOME": str(home / "prefect"),
        "PREFECT_API_URL": str(prefect_address()),
        "PREFECT_LOGGING_LEVEL": "DEBUG",
        "PREFECT_LOGGING_EXTRA_LOGGERS": "great_expectations,evaluation,flows,sqlalchemy",
        "TMPDIR": str(home),
    }
    whole = stories("assess", str(folder), **environment)
    assert whole.returncode == 0, whole.stderr
    crash = folder_of(sendings, tmp_path / "sent/crash", HELD)
    text = (crash / HELD).read_text("utf-8-sig")
    (crash / HELD).write_text(text.replace("synthetic", CRASHED))
    stopped = stories(
        "ingest", str(crash), **environment, STORIES_EXPECTATIONS=str(bad_suites(tmp_path))
    )
    assert stopped.returncode == 1, stopped.stderr
    said = whole.stdout + whole.stderr + stopped.stdout + stopped.stderr
    return home, said, code_in(good), code_in(text)


def prefect_address() -> object:
    return prefect.settings.PREFECT_API_URL.value()


def bad_suites(tmp_path: Path) -> Path:
    """A bug of ours: a text is asked whether it lies between two numbers."""
    folder = tmp_path / "suites"
    folder.mkdir()
    (folder / "child_questionnaire.yaml").write_text(
        "- type: expect_column_values_to_be_between\n"
        "  kwargs: {column: sex, min_value: 1, max_value: 2}\n"
        "  severity: must_fix\n"
        "  meta: {rule: out_of_range, effect: hold, field: sex}\n"
    )
    return folder


@pytest.mark.parametrize("typed", [WORD, IIN, CRASHED])
def test_what_was_typed_is_nowhere(searched, typed):
    home, said, _, _ = searched
    assert found_in(home, server_files(), text=typed) == []
    assert typed not in said


def test_the_name_of_a_file_is_said_to_its_sender_and_kept_nowhere(searched):
    home, said, _, _ = searched
    assert found_in(home, server_files(), text=FILE) == []
    assert found_in(home, server_files(), text="Quillfeather") == []
    assert FILE in said


def test_the_code_of_a_stored_child_is_in_the_store_alone(searched):
    home, said, code, _ = searched
    places = found_in(home, server_files(), text=code)
    assert places
    assert {name.removesuffix("-wal") for name in places} == {"stories.sqlite"}
    assert code not in said


def test_the_code_of_a_child_whose_batch_was_not_judged_is_nowhere(searched):
    home, said, _, code = searched
    assert found_in(home, server_files(), text=code) == []
    assert code not in said


def test_the_search_looks_where_things_are_kept(searched):
    """So that an empty answer means something: what may be kept is found by the same search."""
    home, said, _, _ = searched
    assert "stories.sqlite" in " ".join(found_in(home, text="child_questionnaire"))
    assert any(
        name.startswith("prefect-test.db") for name in found_in(server_files(), text="ingest batch")
    )
    assert any(
        name.startswith("prefect-test.db") for name in found_in(server_files(), text="our_fault")
    )
    assert len(found_in(home / "var/reports", text="<html")) == 6  # each by name and by digest
    assert "evaluation/intake/validation.py" in said


@discreet
def stumbles() -> None:
    try:
        raise KeyError(f"the answers of {BUG}")
    except KeyError:
        raise ValueError(f"{BUG} cannot be divided") from None


def test_a_bug_that_quotes_an_answer_does_not_reach_prefect(prefect, caplog):
    @flow(name="stumbling")
    def stumbling():
        task(stumbles, cache_policy=NO_CACHE)()

    with pytest.raises(OurFaultError) as fault:
        stumbling()
    assert fault.value.values["kind"] == "ValueError"
    assert str(fault.value.values["place"]).startswith("tests/flows/test_canary.py:")
    assert fault.value.__cause__ is fault.value.__context__ is None
    assert BUG not in caplog.text
    assert found_in(server_files(), Path(os.environ["PREFECT_HOME"]), text=BUG) == []
