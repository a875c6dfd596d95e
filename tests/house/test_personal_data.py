"""Every kind of personal data and every place outside of cells has its words in every language."""

import ast
from pathlib import Path

import pytest

from benchmarks.personal_cells import MAKERS
from evaluation.intake.privacy import near_miss
from evaluation.intake.reading.package_parts import PLACES
from evaluation.language import catalogue, languages

PRIVACY = Path(near_miss.__file__).parent
KINDS = {
    node.value.value
    for path in PRIVACY.glob("*.py")
    for node in ast.parse(path.read_text("utf-8")).body
    if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "KIND"
}


@pytest.mark.parametrize("code", languages())
def test_every_kind_is_explained(code):
    assert len(KINDS) == 11
    texts = catalogue(code).texts
    for kind in KINDS:
        assert {f"rule.personal_data.{kind}", f"rule.personal_data.{kind}.fix"} <= set(texts)
    named = {key.removeprefix("personal.") for key in texts if key.startswith("personal.")}
    assert named == KINDS | set(near_miss.RULES.values())


@pytest.mark.parametrize("code", languages())
def test_every_place_has_a_name(code):
    named = {
        key.removeprefix("intake.place.")
        for key in catalogue(code).texts
        if key.startswith("intake.place.")
    }
    assert named == set(PLACES)


def test_every_kind_is_measured_but_the_one_that_takes_a_column():
    assert KINDS - set(MAKERS) == {"name"}
