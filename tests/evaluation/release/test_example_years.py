"""A clear effect, none to be seen, and too few regions to say: one layout, three answers."""

import re

import pytest

from evaluation.language import Language, languages
from evaluation.records.opinions import Word
from evaluation.release import build_report
from tests.example_years import YEARS, example_year

ANSWERS = {
    "clear": Word.SUPPORTED,
    "nothing": Word.NO_EVIDENCE,
    "too_few": Word.NOT_ESTIMABLE,
}
HEADING = re.compile(r"<h2[^>]*>(.*?)</h2>", re.S)
CARD = re.compile(r'<div class="answer (\w+)">(.*?)</div>', re.S)
CAPTION = re.compile(r"<caption[^>]*>(.*?)</caption>", re.S)


@pytest.fixture(scope="module")
def years(tmp_path_factory):
    return {name: example_year(name, tmp_path_factory.mktemp(name)) for name in YEARS}


def test_each_year_has_its_own_answer(years):
    """An independent eye: what was put in, and what the verdict of every outcome is."""
    for name, (study, released) in years.items():
        assert len(released.outcomes) == len(study.plan.outcomes)
        assert {outcome.verdict for outcome in released.outcomes} == {ANSWERS[name]}


@pytest.mark.parametrize("code", languages())
def test_all_have_the_same_layout(years, code):
    say = Language(code)
    pages = {
        name: build_report(released, study, say).decode()
        for name, (study, released) in years.items()
    }
    headings = {name: HEADING.findall(page) for name, page in pages.items()}
    assert len(headings["clear"]) > 10
    assert headings["clear"] == headings["nothing"] == headings["too_few"]
    captions = {name: set(CAPTION.findall(page)) for name, page in pages.items()}
    assert captions["clear"] == captions["nothing"]
    for name, page in pages.items():
        cards = CARD.findall(page)
        assert len(cards) == 2
        for shown, words in cards:
            assert shown == ANSWERS[name]
            assert say(f"report.verdict.{shown}") in words
