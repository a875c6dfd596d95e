"""Flows run against Prefect's own test server, started once; everything else is one test's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import flows  # noqa: F401 - before Prefect: it switches the reporting off
from evaluation.design import load_study
from evaluation.settings import CHECKOUT, Settings
from evaluation.synthetic import synthesize


@pytest.fixture(scope="session")
def prefect():
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=180):
        yield


@contextmanager
def home_in(folder: Path, **environment: str) -> Iterator[Settings]:
    """The shipped study with a data folder of the test's own; in English."""
    with pytest.MonkeyPatch.context() as context:
        for name in ("STORIES_DATABASE_URL", "STORIES_STUDY", "STORIES_EXPECTATIONS"):
            context.delenv(name, raising=False)
        context.setenv("STORIES_DATA", str(folder / "var"))
        context.setenv("STORIES_KEY_FILE", str(folder / "config/quarantine.key"))
        context.setenv("STORIES_LANGUAGE", "en")
        for name, value in environment.items():
            context.setenv(name, value)
        yield Settings.from_env()


@pytest.fixture
def home(tmp_path):
    with home_in(tmp_path) as settings:
        yield settings


@pytest.fixture(scope="session")
def sendings(tmp_path_factory):
    """What the regions of the shipped study would send about 32 children, as CSV."""
    folder = tmp_path_factory.mktemp("sendings") / "files"
    study = load_study(CHECKOUT / "evaluation/study")
    synthesize(study, children=32, seed=2022, out=folder, formats="csv")
    return folder
