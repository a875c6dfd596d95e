"""What every test may ask for: the small study, settings, words, and a store of either kind."""

import os
import subprocess
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

# Before anything imports numpy: on matrices as small as these, two threads of one test process and
# those of the next wait for each other longer than they work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Before anything imports Prefect: it reads its settings once. Its home is made anew for a test
# process and never the checkout's own; what it says comes after pytest closed the stream.
os.environ["PREFECT_HOME"] = tempfile.mkdtemp(prefix="stories-prefect-")
os.environ["PREFECT_LOGGING_LEVEL"] = "CRITICAL"

from evaluation.design import load_study
from evaluation.language import Language
from evaluation.settings import Settings
from evaluation.store import open_store
from tests.postgres import postgres_server

# The same examples every time: a run that fails must fail again. `HYPOTHESIS_PROFILE=wide`
# looks further.
hypothesis_settings.register_profile("same", derandomize=True, deadline=None, database=None)
hypothesis_settings.register_profile("wide", deadline=None)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

# A small study that never changes, so that adding a region to the real one breaks no test.
STUDY = Path(__file__).parent / "study"
EXPECTATIONS = Path(__file__).parent / "expectations"


@pytest.fixture(scope="session")
def study():
    return load_study(STUDY)


@pytest.fixture(scope="session")
def english():
    return Language("en")


@pytest.fixture
def settings(tmp_path):
    """All of one test's own: nothing is read from the real environment."""
    return Settings.from_env(
        {
            "STORIES_DATA": str(tmp_path / "var"),
            "STORIES_KEY_FILE": str(tmp_path / "config/quarantine.key"),
            "STORIES_STUDY": str(STUDY),
            "STORIES_EXPECTATIONS": str(EXPECTATIONS),
            "STORIES_LANGUAGE": "en",
        }
    )


@pytest.fixture(scope="session")
def postgres():
    """One server a test process; the tests that need it are skipped where none can run."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(postgres_server())
        except (ImportError, OSError, subprocess.CalledProcessError) as error:
            pytest.skip(f"no PostgreSQL server can run here: {error}")
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """The address of an empty database: the test runs once with each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/store/stories.sqlite"
        return
    with request.getfixturevalue("postgres").empty_schema() as address:
        yield address


@pytest.fixture
def engine(url):
    return open_store(url)
