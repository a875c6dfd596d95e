"""The documents name every command, every setting and every room, and point only at what is there."""

import re
from pathlib import Path

import pytest

from evaluation.settings import SETTINGS
from flows.commands import COMMANDS

ROOT = Path(__file__).parents[2]
COMMANDS_PAGE = (ROOT / "docs/commands.md").read_text("utf-8")
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented_once(command):
    rows = re.findall(rf"^\| `stories {command}\b(?!-)", COMMANDS_PAGE, re.M)
    assert len(rows) == 1


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_setting_is_documented(setting):
    assert f"| `{setting}` |" in COMMANDS_PAGE


def test_no_command_or_setting_is_documented_that_is_not_there():
    assert set(re.findall(r"^\| `stories ([a-z-]+)", COMMANDS_PAGE, re.M)) == set(COMMANDS)
    assert set(re.findall(r"STORIES_[A-Z_]+", " ".join(p.read_text() for p in PAGES))) == set(
        SETTINGS
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_the_life_of_a_batch_is_drawn_with_every_status():
    from evaluation.records.batches import Status

    drawn = (ROOT / "docs/architecture.md").read_text("utf-8").split("## The life of a batch")[1]
    assert all(str(status) in drawn for status in Status)
