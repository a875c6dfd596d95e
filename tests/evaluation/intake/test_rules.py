"""Every rule that the gate can break is explained, and every explanation belongs to a rule."""

import re
from pathlib import Path

import pytest

from evaluation.language import catalogue, languages

ROOT = Path(__file__).parents[3]
SOURCES = [*(ROOT / "evaluation/intake").rglob("*.py"), *(ROOT / "expectations").rglob("*.yaml")]
TEXT = "\n".join(path.read_text("utf-8") for path in SOURCES)
EXPLAINED = {
    key.removeprefix("rule.")
    for key in catalogue("en").texts
    if key.startswith("rule.") and key.count(".") == 1
}


@pytest.mark.parametrize("code", languages())
def test_every_rule_says_what_is_wrong_and_what_to_do(code):
    texts = catalogue(code).texts
    assert all(f"rule.{rule}.fix" in texts for rule in EXPLAINED)


@pytest.mark.parametrize("code", languages())
def test_every_rule_has_an_example_that_needs_no_values(code):
    """A comment beside a cell shows it, whichever cell it is."""
    texts = catalogue(code).texts
    assert [r for r in EXPLAINED if "{" in texts.get(f"rule.{r}.example", ("{",))[0]] == []


def test_no_rule_is_explained_that_nothing_breaks():
    composed = {"region_missing", "wave_missing"}  # f"{what}_missing"
    written = set(re.findall(r"\b[a-z][a-z_0-9]+\b", TEXT))
    assert sorted(EXPLAINED - written - composed) == []


def test_every_rule_that_is_written_down_is_explained():
    found = set(
        re.findall(r'(?:Finding|_refuse|_ask|place|_rule)\(\s*"([a-z_0-9]+)"', TEXT)
        + re.findall(r'Translation\([^"\n]*None, "([a-z_0-9]+)"', TEXT)
        + re.findall(r'DeliveryError\("([a-z_0-9]+)"', TEXT)
        + re.findall(r"\{rule: ([a-z_0-9]+)", TEXT)
    )
    own = {"delivery_missing", "wrong_key", "list_unreadable", "list_line"}  # never findings
    assert len(found) > 40
    assert sorted(found - own - EXPLAINED) == []
