"""Each way in which uploads fail: the rule, the cell, what it does, and the words, in a file."""

import re

import pytest

from evaluation.language import languages
from tests.evaluation.intake.faults.desk import Desk
from tests.evaluation.intake.faults.page import CASES, LANGUAGES, PAGE, section

WRITTEN = PAGE.read_text("utf-8") if PAGE.exists() else ""


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def place(finding, desk):
    """As `Says.at` writes it."""
    if finding.row is None:
        return f"sheet {finding.sheet}" if finding.sheet else ""
    if finding.sheet not in (None, 1):
        return f"sheet {finding.sheet} {finding.column}{finding.row}"
    columns = {desk.column(name): name for name in desk.fields}
    return f"{columns.get(finding.column, 'extra')} {finding.row}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"fault_{case.id}")
def test_fault(case, desk):
    intake = case.make(desk)
    assert str(intake.status) == case.status
    assert {f.rule for f in intake.findings} == {says.rule for says in case.says}
    for says in case.says:
        found = [f for f in intake.findings if f.rule == says.rule]
        assert {(f.severity, f.effect) for f in found} == {(says.severity, says.effect)}
        if says.at is not None:
            assert tuple(place(f, desk) for f in found) == says.at
    # The very words, in every language, are those of the committed page.
    assert section(case, intake, desk) in WRITTEN


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"fault_{case.id}")
def test_what_is_said_is_said_in_three_languages(case):
    part = WRITTEN.split(f"## {case.number} · {case.what}\n")[1].split("\n## ")[0]
    said = re.findall(r"^\*\*(\w\w)\*\*$", part, re.M)
    assert said == (list(LANGUAGES) if case.says else [])


def test_the_page_has_nothing_else():
    assert WRITTEN.count("\n## ") == len(CASES)
    assert set(LANGUAGES) == set(languages())


def test_no_message_repeats_what_was_typed():
    typed = ("991231500016", "91300500012", "Класс", "Итого", "=1+1", "@SUM", "27408311")
    assert [text for text in typed if text in WRITTEN] == []
