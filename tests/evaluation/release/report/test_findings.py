"""Findings are numbered by the plan, whatever came out and in whatever language."""

from __future__ import annotations

import pytest

from evaluation.design.authored import FURTHER_FINDINGS
from evaluation.language import Language, languages
from evaluation.release.report.blocks import Answers, Terms
from evaluation.release.report.findings import cited, finding_label
from tests.evaluation.release import given
from tests.evaluation.release.report.reading import blocks, document


def numbered(**changes: object) -> dict[str, str]:
    terms = blocks(document(**changes), "results", Terms)[0]  # type: ignore[arg-type]
    return {term.name: term.text for term in terms.items}


def test_outcomes_come_first_in_the_order_of_the_plan() -> None:
    assert list(numbered()) == [
        "F-1. Joy of reading",
        "F-2. Joy of telling",
        "F-3. Patience in listening",
        "F-4. Participation",
        "F-5. The groups at the start",
        "F-6. Quality of the data",
    ]


def test_every_name_that_can_be_cited_is_a_finding_of_the_report() -> None:
    study = given.study()
    assert study.plan is not None
    names = (*(outcome.id for outcome in study.plan.outcomes), *FURTHER_FINDINGS)
    labels = [finding_label(name, study) for name in names]
    assert [name.split(".")[0] for name in numbered()] == labels
    assert cited(("telling", "data_quality"), study) == "F-2, F-6"


@pytest.mark.parametrize("code", languages())
def test_the_numbers_are_the_same_in_every_language(code: str) -> None:
    found = numbered(say=Language(code))
    assert [name.split(".")[0] for name in found] == [f"F-{n}" for n in range(1, 7)]


def test_a_finding_says_what_was_found_how_sure_it_is_and_where_the_number_stands() -> None:
    told = numbered()
    assert "0.31 points higher" in told["F-1. Joy of reading"]
    assert "Confidence: weak." in told["F-1. Joy of reading"]
    assert told["F-1. Joy of reading"].endswith("]")
    assert "Confidence: cannot tell." in told["F-2. Joy of telling"]
    assert told["F-4. Participation"].startswith(
        "Of 465 eligible children 400 answered at the start; 335 are included"
    )
    assert "0.08 standard deviations, over 3 of 3 outcomes" in told["F-5. The groups at the start"]


def test_hidden_gaps_are_not_known() -> None:
    told = numbered(found=given.comparison(given.estimate(n_pilot=9)))
    assert "is not known." in told["F-5. The groups at the start"]


def test_page_one_gives_the_same_number_and_both_words() -> None:
    (answers,) = blocks(document(), "at-a-glance", Answers)
    first, second = answers.items
    assert first.title.startswith("F-1. ") and second.title.startswith("F-2. ")
    assert first.word == "Verdict: supported. Confidence: weak"  # nothing challenged it
    assert second.word == "Verdict: no evidence. Confidence: cannot tell"
