"""Nothing is reported whatever the environment says; the rest may be chosen."""

import os
import stat
import subprocess
import sys

import pytest

from evaluation.errors import StoreError
from flows.environment import DEFAULTS, SILENCE, make_home, stay_at_home
from tests.flows.given import ROOT


def test_a_wish_to_report_is_not_granted():
    environ = dict.fromkeys(SILENCE, "true")
    stay_at_home(environ)
    assert {name: environ[name] for name in SILENCE} == SILENCE


def test_what_was_chosen_stays_chosen():
    chosen = dict.fromkeys(DEFAULTS, "7")
    environ = dict(chosen)
    stay_at_home(environ)
    assert {name: environ[name] for name in DEFAULTS} == chosen


def test_prefect_lives_in_the_data_folder_unless_it_lives_somewhere_already():
    environ = {"STORIES_DATA": "/data"}
    stay_at_home(environ)
    assert environ["PREFECT_HOME"] == "/data/prefect"
    for name in ("PREFECT_HOME", "PREFECT_API_URL"):
        environ = {"STORIES_DATA": "/data", name: "elsewhere"}
        stay_at_home(environ)
        assert environ.get("PREFECT_HOME") != "/data/prefect"


def test_a_worker_that_loads_a_flow_by_its_file_is_silenced_too():
    """`prefect deploy` and workers import flows/ingest.py; the package comes first with it."""
    program = (
        "import flows.ingest\n"
        "from prefect.settings import get_current_settings\n"
        "print(get_current_settings().server.analytics_enabled)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={"PREFECT_SERVER_ANALYTICS_ENABLED": "true"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "False"


def test_the_home_is_made_with_every_folder_above_it(tmp_path):
    home = tmp_path / "not/there/yet/prefect"
    make_home({"PREFECT_HOME": str(home)})
    make_home({"PREFECT_HOME": str(home)})
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    make_home({})
    assert [path.name for path in tmp_path.iterdir()] == ["not"]


def test_a_place_where_no_home_can_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="cannot_write") as refused:
        make_home({"PREFECT_HOME": str(tmp_path / "file/var/prefect")})
    assert str(refused.value.values["place"]) == str(tmp_path / "file/var")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["-m", "flows", "ingest"], 0),
        (["-c", "import sys; from flows.cli import main; sys.exit(main(['compare']))"], 3),
    ],
    ids=["by hand", "by command"],
)
def test_the_very_first_thing_on_a_machine_may_be_any_flow(tmp_path, words, code):
    """With a server of its own, which finds no folder to live in unless somebody made it."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PREFECT")
    } | {
        "STORIES_DATA": str(tmp_path / "not/there/yet"),
        "STORIES_KEY_FILE": str(tmp_path / "key"),
        "STORIES_LANGUAGE": "en",
    }
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == code
    assert "Failed to create" not in done.stderr
