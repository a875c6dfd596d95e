"""The page about the gate shows an example: it runs, and prints what the page says."""

from __future__ import annotations

import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from evaluation.release.disclosure import Mark
from evaluation.release.disclosure.tables.rules import Dominance

ROOT = Path(__file__).parents[4]
PAGE = (ROOT / "docs/disclosure.md").read_text("utf-8")


def test_the_example_prints_what_the_page_shows() -> None:
    code, shown = re.findall(r"```(?:python|text)\n(.*?)```", PAGE, re.DOTALL)
    said = StringIO()
    with redirect_stdout(said):
        exec(code, {})
    assert [line.rstrip() for line in said.getvalue().splitlines()] == [
        line.rstrip() for line in shown.splitlines()
    ]


def test_every_mark_is_explained() -> None:
    assert all(f"| [{mark}] |" in PAGE for mark in Mark)


def test_the_limits_of_dominance_are_those_of_the_programme() -> None:
    usual = Dominance()
    said = f"at least {usual.fewest} sites; none above {usual.largest:.0%}".replace("%", " %")
    assert said in PAGE


def test_what_is_promised_is_shown_by_tests_that_are_there() -> None:
    promised = PAGE.split("## What is promised, and where it is shown")[1].split("\n## ")[0]
    named = {name for name in re.findall(r"`([\w/]+\.py)`", promised)}
    here = Path(__file__).parents[1]
    roots = {name: ROOT if name.startswith("tests/") else here for name in named}
    assert len(named) > 20
    assert [name for name, root in roots.items() if not (root / name).exists()] == []
