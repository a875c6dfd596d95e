"""The lock holds what we ask for, with hashes, and names nobody's host."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PINNED = dict(re.findall(r"^([a-z0-9-]+)(?:\[[a-z0-9,]+\])?==([^ ;\\]+)", LOCK, re.M))
ASKED = sorted(
    {
        re.split(r"[<=\[ ]", line)[0]
        for name in ("requirements.in", "requirements-dev.in")
        for line in (ROOT / name).read_text("utf-8").splitlines()
        if line and not line.startswith(("#", "-r"))
    }
)


@pytest.mark.parametrize("package", ASKED)
def test_everything_asked_for_is_locked_with_hashes_and_explained(package):
    assert package in PINNED
    assert re.search(rf"^{package}(\[\w+\])?==[^\n]+\n\s+--hash=sha256:[0-9a-f]{{64}}", LOCK, re.M)
    decisions = (ROOT / "docs/decisions.md").read_text("utf-8").lower()
    assert package in decisions, f"docs/decisions.md does not say what {package} is for"


def test_the_lock_names_no_host():
    assert not re.search(r"https?://", LOCK)


def test_the_two_pins_that_prefect_needs_hold():
    """stack: with fastapi 0.151 deploying dies, with SQLAlchemy 2.1 nothing is ever scheduled."""
    assert PINNED["prefect"] == "3.8.8"
    assert tuple(map(int, PINNED["fastapi"].split("."))) < (0, 151)
    assert tuple(map(int, PINNED["sqlalchemy"].split("."))) < (2, 1)
