"""Nothing is reported whatever the environment says; the rest may be chosen."""

import subprocess
import sys

from flows.environment import DEFAULTS, SILENCE, stay_at_home
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
