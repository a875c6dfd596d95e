"""Flows run against Prefect's own test server, started once; everything else is one test's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from prefect.testing.utilities import prefect_test_harness

from evaluation.settings import Settings

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def prefect():
    with prefect_test_harness(server_startup_timeout=180):
        yield


@contextmanager
def home_in(folder: Path) -> Iterator[Settings]:
    """The shipped study with a data folder of the test's own; in English."""
    with pytest.MonkeyPatch.context() as environment:
        for name in ("STORIES_DATABASE_URL", "STORIES_STUDY", "STORIES_EXPECTATIONS"):
            environment.delenv(name, raising=False)
        environment.setenv("STORIES_DATA", str(folder / "var"))
        environment.setenv("STORIES_KEY_FILE", str(folder / "config/quarantine.key"))
        environment.setenv("STORIES_LANGUAGE", "en")
        yield Settings.from_env()


@pytest.fixture
def home(tmp_path):
    with home_in(tmp_path) as settings:
        yield settings
