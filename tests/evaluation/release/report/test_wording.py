"""A table of cases: what may be said about which result."""

from __future__ import annotations

import pytest

from evaluation.language import Language, catalogue
from evaluation.release.report.answers import answer
from evaluation.release.report.wording import Confidence, confidence
from tests.evaluation.release import given

CASES = [
    # interval             adjusted p  smallest p  cautions        word
    ((0.09, 0.53), 0.024, 0.008, (), Confidence.STRONG),
    ((-0.53, -0.09), 0.024, 0.008, (), Confidence.STRONG),
    ((0.09, 0.53), 0.024, 0.008, ("attrition",), Confidence.MODERATE),
    ((0.09, 0.53), 0.090, 0.008, (), Confidence.WEAK),  # not after several outcomes
    ((0.09, 0.53), 0.0499, 0.008, (), Confidence.WEAK),  # printed as 0.050: the doubt counts
    ((0.09, 0.53), 0.024, 0.100, (), Confidence.WEAK),  # three regions against three
    ((0.09, 0.53), None, 0.008, (), Confidence.WEAK),
    ((0.09, 0.53), 0.024, None, (), Confidence.WEAK),
    ((-0.13, 0.35), 0.310, 0.008, (), Confidence.CANNOT_TELL),
    ((0.004, 0.35), 0.024, 0.008, (), Confidence.CANNOT_TELL),  # printed as 0.00
]


@pytest.mark.parametrize(("ends", "adjusted", "smallest", "cautions", "word"), CASES)
def test_the_word_follows_from_the_printed_numbers(ends, adjusted, smallest, cautions, word):  # type: ignore[no-untyped-def]
    low, high = ends
    found = given.estimate(
        value=(low + high) / 2,
        low=low,
        high=high,
        p_adjusted=adjusted,
        smallest_p=smallest,
        cautions=cautions,
    )
    (outcome,) = given.released(given.comparison(found)).outcomes
    assert confidence(outcome, 0.05) is word


def sentence(found: object, code: str = "en") -> str:
    released = given.released(given.comparison(found))  # type: ignore[arg-type]
    return answer(released.outcomes[0], given.study(), Language(code)).text


def test_a_clear_difference_is_said_with_direction_size_and_interval() -> None:
    text = sentence(given.estimate())
    assert "0.31 points higher" in text
    assert "+0.09 to +0.53" in text
    assert "from 1 to 5" in text


def test_a_difference_the_other_way_is_said_just_as_plainly() -> None:
    text = sentence(given.estimate(value=-0.314, low=-0.534, high=-0.094))
    assert "0.31 points lower" in text
    assert "−0.53 to −0.09" in text


def test_an_interval_with_zero_says_that_we_cannot_tell_and_what_would_have_been_seen() -> None:
    text = sentence(given.unclear())
    assert text.startswith("We cannot tell")
    assert "smaller than 0.28 points" in text


def test_no_number_comes_with_its_reason() -> None:
    text = sentence(given.unanswered("reading"))
    assert text == "We cannot tell. " + Language("en")("reason.baseline_gap")


@pytest.mark.parametrize(
    "found", [given.estimate(n_pilot=9), given.unanswered("reading", "x", n_pilot=1)]
)
def test_a_hidden_result_says_that_it_is_hidden(found: object) -> None:
    assert "[c]" in sentence(found)


FORBIDDEN = {
    "en": ("no effect", "no impact", "proves that", "caused by the approach", "significant"),
    "ru": ("эффекта нет", "нет эффекта", "доказано", "значим"),
    "kk": ("әсері жоқ", "дәлелденді", "маңызды"),
}


@pytest.mark.parametrize("code", FORBIDDEN)
def test_no_message_claims_a_cause_or_the_absence_of_an_effect(code: str) -> None:
    said = [
        form
        for key, forms in catalogue(code).texts.items()
        if key.startswith(("report.", "chart."))
        for form in forms
    ]
    assert len(said) > 100
    assert [text for text in said for word in FORBIDDEN[code] if word in text.lower()] == []
