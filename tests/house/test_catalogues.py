"""The three catalogues say the same things with the same values, and the programme says nothing else."""

import ast
import re
from pathlib import Path

import pytest

from evaluation.language import MESSAGES, catalogue, languages

ROOT = Path(__file__).parents[2]
SOURCES = sorted([*ROOT.glob("evaluation/**/*.py"), *ROOT.glob("flows/**/*.py")])
TEMPLATES = sorted(ROOT.glob("evaluation/**/templates/*"))

# Families whose members are put together from data: "status." + the status.
COMPOSED = (
    "caution.",
    "error.",
    "reason.",
    "rule.",
    "severity.",
    "status.",
    "study.",
)


def values(forms: tuple[str, ...]) -> set[str]:
    return {name for form in forms for name in re.findall(r"\{(\w+)", form)}


def strings_in(path: Path) -> set[str]:
    """Every text constant, and the constant beginning of every f-string."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
    return found


SAID = set().union(*(strings_in(path) for path in SOURCES))


@pytest.mark.parametrize("code", languages())
def test_every_language_has_the_same_messages(code):
    assert set(catalogue(code).texts) == set(catalogue("en").texts)


@pytest.mark.parametrize("code", languages())
def test_every_message_has_the_same_values_in_every_language(code):
    ours, english = catalogue(code).texts, catalogue("en").texts
    for key in english:
        extra = {"n"} if len(english[key]) > 1 else set()  # a singular may leave its number out
        assert values(ours[key]) - extra == values(english[key]) - extra, key


@pytest.mark.parametrize("code", languages())
def test_nothing_is_left_empty_or_fuzzy(code):
    assert all(all(forms) for forms in catalogue(code).texts.values())
    assert "#, fuzzy" not in (MESSAGES / f"{code}.po").read_text("utf-8")


@pytest.mark.parametrize("code", ["ru", "kk"])
def test_russian_and_kazakh_are_not_english(code):
    same = [
        key
        for key, forms in catalogue(code).texts.items()
        if forms == catalogue("en").texts[key]
        and re.search(r"[a-z]{4}", re.sub(r"\{.*?\}|Python", "", forms[0]))
    ]
    assert same == []


def test_kazakh_has_its_own_letters():
    text = " ".join(form for forms in catalogue("kk").texts.values() for form in forms)
    # һ stands in a handful of words only; the font test looks at all nine.
    assert set("әғқңөұүі") <= set(text.lower())


def test_every_message_is_said_somewhere():
    templates = " ".join(path.read_text("utf-8") for path in TEMPLATES)
    prefixes = {said for said in SAID if said.endswith((".", "_", "-")) and len(said) > 3}
    unused = [
        key
        for key in catalogue("en").texts
        if not key.startswith(COMPOSED)
        and key not in SAID
        and f'"{key}"' not in templates
        and not any(key.startswith(prefix) for prefix in prefixes)
    ]
    assert unused == []
