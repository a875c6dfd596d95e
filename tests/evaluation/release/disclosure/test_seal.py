"""Nobody but the gate makes a released value: not by hand, not by copying, not by import."""

from __future__ import annotations

import ast
import copy
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.errors import DisclosureError
from evaluation.release.disclosure import Audit, ReleasedFacts, ReleasedNumber
from evaluation.release.disclosure.rounding import mean
from evaluation.release.disclosure.seal import SEAL, Seal
from evaluation.release.report.blocks import Document, Labels
from tests.evaluation.release import given

ROOT = Path(__file__).parents[4]

ROUND_THE_GATE = """
from evaluation.design import Study
from evaluation.language import Language
from evaluation.release import Facts, ReleasedNumber, build_report
from evaluation.release.report.document import build_document


def leak(facts: Facts, study: Study, say: Language) -> None:
    build_report(facts, study, say)
    build_document(facts, say, study)
    ReleasedNumber(value=3, decimals=0)
"""


def test_mypy_refuses_facts_where_released_facts_belong(tmp_path: Path) -> None:
    snippet = tmp_path / "leak.py"
    snippet.write_text(ROUND_THE_GATE)
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", snippet],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line for line in checked.stdout.splitlines() if "error" in line and "leak.py" in line]
    assert [line.rsplit("[", 1)[-1] for line in lines] == ["arg-type]", "arg-type]", "call-arg]"]
    assert 'expected "ReleasedFacts"' in lines[0]


def test_a_value_made_by_hand_is_refused() -> None:
    with pytest.raises(DisclosureError, match="sealed"):
        ReleasedNumber(value=3, decimals=0, seal=Seal())


def test_without_any_seal_nothing_is_made() -> None:
    with pytest.raises(TypeError, match="seal"):
        ReleasedNumber(value=3, decimals=0)  # type: ignore[call-arg]


def test_a_released_value_cannot_be_changed_or_copied_into_another() -> None:
    number = mean(3.14)
    assert isinstance(number, ReleasedNumber)
    with pytest.raises((ValueError, TypeError), match="seal"):
        replace(number, value=99)
    with pytest.raises(AttributeError):
        number.value = 99  # type: ignore[misc]
    assert copy.copy(number) == number


@pytest.mark.parametrize("kind", [ReleasedFacts, Audit])
def test_every_released_object_asks_for_the_seal(kind: type) -> None:
    fields = {name: None for name in kind.__match_args__ or kind.__slots__}  # type: ignore[attr-defined]
    with pytest.raises(DisclosureError):
        kind(**fields, seal=Seal())
    kind(**fields, seal=SEAL)


def test_a_document_stands_on_released_facts() -> None:
    words = {name: "" for name in ("language", "kind", "title", "subtitle", "page_mark")}
    with pytest.raises(DisclosureError):
        Document(
            facts=given.comparison(),  # type: ignore[arg-type]
            banners=(),
            labels=Labels("", "", "", ""),
            sections=(),
            **words,
        )


def test_the_seal_is_imported_inside_its_folder_only() -> None:
    outside = [
        path
        for top in ("evaluation", "flows")
        for path in (ROOT / top).rglob("*.py")
        if "release/disclosure" not in path.as_posix() and _imports_the_seal(path)
    ]
    assert outside == []


def _imports_the_seal(path: Path) -> bool:
    names = [
        f"{node.module}.{alias.name}" if isinstance(node, ast.ImportFrom) else alias.name
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    ]
    return any(".disclosure.seal" in name or name.endswith(".SEAL") for name in names)
