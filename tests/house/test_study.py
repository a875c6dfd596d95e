"""The study's own files, as shipped, hang together with the code and the words."""

import ast
import re
from pathlib import Path

import pytest

from evaluation.analysis.estimators import HEADLINES
from evaluation.design import load_study
from evaluation.language import catalogue, languages
from evaluation.settings import Settings

SETTINGS = Settings.from_env({"HOME": "/nowhere"})
STUDY = load_study(SETTINGS.study)
ROOT = Path(__file__).parents[2]


def test_the_child_questionnaire_is_the_one_of_the_dossier():
    child = STUDY.instruments["child_questionnaire"]
    assert len(child.items) == 30
    assert len(STUDY.scales_of(child.id)) == 8
    assert sum(len(scale.items) for scale in STUDY.scales.values()) == 30
    assert {field.name for field in child.fields if field.restricted} == {
        "group",
        "years_since_return",
    }


def test_the_shipped_study_says_that_it_is_an_example():
    assert STUDY.example


def test_the_reference_values_are_dated_and_sourced():
    assert {value.value for value in STUDY.reference_values} == {526, 520, 130, 89, 0.51, 0.30}
    assert all(
        set(value.source) == {"en", "ru", "kk"} and value.stated_on.year >= 2022
        for value in STUDY.reference_values
    )


def test_every_instrument_has_a_suite_and_every_suite_an_instrument():
    assert {path.stem for path in SETTINGS.expectations.glob("*.yaml")} == set(STUDY.instruments)


@pytest.mark.parametrize("outcome", STUDY.plan.outcomes, ids=lambda o: o.id)
def test_every_outcome_names_an_estimator(outcome):
    assert outcome.estimator in HEADLINES


def rules_in(folder: str, pattern: str) -> set[str]:
    found = set()
    for path in [*(ROOT / folder).rglob("*.py"), *(ROOT / folder).rglob("*.yaml")]:
        found |= set(re.findall(pattern, path.read_text("utf-8")))
    return found


def constants(node: ast.expr) -> list[str]:
    """The texts that an argument can be: itself, or either side of a condition."""
    if isinstance(node, ast.IfExp):
        return constants(node.body) + constants(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def first_arguments(folder: str, functions: set[str]) -> set[str]:
    found: set[str] = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                found |= set(constants(node.args[0])) if name in functions else set()
    return found


WRITTEN = rules_in("expectations", r"(?:rule|limit): ([a-z_]+)")
RULES = WRITTEN | first_arguments("evaluation/intake", {"Finding", "place"})
REFUSALS = first_arguments("evaluation/intake", {"DeliveryError"})


@pytest.mark.parametrize("code", languages())
def test_every_rule_is_explained_in_every_language(code):
    assert len(RULES) > 10
    texts = catalogue(code).texts
    assert [rule for rule in sorted(RULES) if f"rule.{rule}" not in texts] == []
    assert [
        key
        for key in sorted(texts)
        if key.startswith("rule.")
        and key.count(".") == 1
        and not {f"{key}.fix", f"{key}.example"} <= texts.keys()
    ] == []


@pytest.mark.parametrize("code", languages())
def test_every_refusal_is_explained_to_its_sender(code):
    """A file that cannot be opened is told as a finding; a list or a key that is wrong, as an error."""
    texts = catalogue(code).texts
    unsaid = [r for r in sorted(REFUSALS) if f"rule.{r}" not in texts and f"error.{r}" not in texts]
    assert unsaid == []


def test_every_rule_in_the_words_is_a_rule_of_the_code():
    source = " ".join(p.read_text("utf-8") for p in (ROOT / "evaluation/intake").rglob("*.py"))
    said = {key.split(".")[1] for key in catalogue("en").texts if key.startswith("rule.")}
    composed = {f"{what}_missing" for what in ("region", "wave")}  # intake/places.py
    assert sorted(rule for rule in said - WRITTEN - composed if f'"{rule}"' not in source) == []


def test_every_rule_that_the_report_counts_has_a_name_there():
    named = {
        key.split(".")[-1] for key in catalogue("en").texts if key.startswith("report.finding.")
    }
    said = {key.split(".")[1] for key in catalogue("en").texts if key.startswith("rule.")}
    assert sorted(named - said) == []
    holding = RULES - REFUSALS
    assert sorted(holding - named) == []


@pytest.mark.parametrize("code", languages())
def test_every_error_is_explained_in_every_language(code):
    raised = rules_in(
        "evaluation", r'(?:Delivery|Store|Settings|Transition|Disclosure)Error\(\s*"([a-z_]+)"'
    )
    refused = rules_in("evaluation/design", r'(?:fail|_plan_error|StudyError)\(\s*"([a-z_0-9]+)"')
    assert raised and refused
    texts = catalogue(code).texts
    assert [rule for rule in sorted(raised) if f"error.{rule}" not in texts] == []
    assert [rule for rule in sorted(refused) if f"study.{rule}" not in texts] == []
