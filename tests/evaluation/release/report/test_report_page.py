"""docs/report.md names every expected line once, and points only at what a report has."""

from __future__ import annotations

import re
from pathlib import Path

from tests.evaluation.release.report.reading import document, figures, tables

PAGE = (Path(__file__).parents[4] / "docs/report.md").read_text("utf-8")
LINES = re.findall(r"^\| (\S+) \|(.*)\|$", PAGE.split("## Sections")[1], re.M)
EXPECTED = [
    *(str(number) for number in range(13)),
    "A",
    *(f"T{number}" for number in range(1, 17)),
    *(f"F{number}" for number in range(1, 8)),
    *(f"M{number}" for number in range(1, 7)),
    *(str(number) for number in range(1, 23)),
]

ONLY_WITH_DATA = {"changed-results", "delivery", "specialists", "school", "services", "partners"}
"""Sections that are there where there was a report before, or where such data were sent."""


def test_every_expected_line_is_there_once_and_in_order() -> None:
    named = [id for id, _ in LINES if id not in ("§", "id", "item", "expected", "–")]
    assert named == EXPECTED


def test_what_is_said_to_be_there_is_a_section_of_the_report() -> None:
    sections = {section.id for section in document().sections} | ONLY_WITH_DATA
    before, after = PAGE.split("## Page one")[1].split("## Tables")
    listed, after = after.split("\n## ", 1)
    named = set(re.findall(r"`([a-z-]+)`", before + after))
    # The names of tables and figures are held against the whole example, in flows/test_cycle.py.
    assert named <= sections
    assert named | set(re.findall(r"`([a-z-]+)`", listed)) >= sections


def test_a_line_says_where_or_why_not() -> None:
    for id, text in LINES:
        where = text.split("|")[-1]
        assert re.search(r"`|absent|not applicable|head of page one|where", where), id


def test_what_is_said_to_be_absent_is_absent() -> None:
    made = document()
    ids = {*tables(made), *(figure.id for figure in figures(made))}
    assert not ids & {"sessions", "training", "distributions", "reliability"}
    assert {"flow", "batches", "comparable", "differences-table", "second-tests"} <= ids
