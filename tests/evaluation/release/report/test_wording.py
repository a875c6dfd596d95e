"""The report says the analysis's verdict, and no sentence is surer than it."""

from __future__ import annotations

import pytest

from evaluation.language import Language, catalogue, languages
from evaluation.records.estimates import Estimate
from evaluation.records.opinions import Word
from evaluation.release import build_report
from evaluation.release.report.answers import answer
from evaluation.release.report.wording import has_direction, verdict_reasons, verdict_text
from tests.evaluation.release import given


@pytest.mark.parametrize("word", Word)
@pytest.mark.parametrize("code", languages())
def test_the_word_is_the_analysis_s_and_has_a_meaning(word: Word, code: str) -> None:
    say = Language(code)
    reasons = () if word is Word.SUPPORTED else ("attrition",)
    found = given.estimate(verdict=word, verdict_reasons=reasons)
    released = given.released(given.comparison(found))
    (outcome,) = released.outcomes
    assert verdict_text(outcome, say) == say(f"report.verdict.{word}")
    page = build_report(released, given.study(), say).decode()
    assert say("report.verdict", word=say(f"report.verdict.{word}")) in page
    assert all(say(f"report.verdict.{each}.meaning") in page for each in Word)


@pytest.mark.parametrize(
    ("found", "mark"),
    [
        (given.estimate(n_pilot=9), "[c]"),
        (given.estimate(verdict=None), "[x]"),  # a run from before there were verdicts
    ],
)
def test_where_there_is_no_word_a_mark_stands(found: Estimate, mark: str) -> None:
    (outcome,) = given.released(given.comparison(found)).outcomes
    assert verdict_text(outcome, Language("en")) == mark


DIRECTIONS = [
    # verdict            interval       is a direction said
    (Word.SUPPORTED, (0.09, 0.53), True),
    (Word.SUPPORTED, (0.004, 0.35), True),  # printed as 0.00: the analysis knows better
    (Word.SUGGESTIVE, (0.09, 0.53), True),
    (Word.SUGGESTIVE, (-0.53, -0.09), True),
    (Word.SUGGESTIVE, (0.004, 0.35), False),  # the weaker sentence where print leaves a doubt
    (Word.SUGGESTIVE, (-0.02, 0.35), False),  # only the bootstrap is under alpha
    (Word.NO_EVIDENCE, (0.004, 0.35), False),
    (Word.NOT_ESTIMABLE, (0.09, 0.53), False),
    (None, (0.09, 0.53), True),
    (None, (-0.13, 0.35), False),
]


@pytest.mark.parametrize(("word", "ends", "said"), DIRECTIONS)
def test_a_sentence_is_never_surer_than_the_verdict(
    word: Word | None, ends: tuple[float, float], said: bool
) -> None:
    low, high = ends
    found = given.estimate(
        value=(low + high) / 2, low=low, high=high, verdict=word, verdict_reasons=("attrition",)
    )
    (outcome,) = given.released(given.comparison(found)).outcomes
    assert has_direction(outcome) is said
    text = sentence(found)
    assert ("points higher" in text or "points lower" in text) is said
    assert text.startswith("We cannot tell") is not said


def test_what_cannot_be_estimated_is_told_by_its_reason_and_not_by_its_numbers() -> None:
    lost = given.estimate(verdict=Word.NOT_ESTIMABLE, verdict_reasons=("attrition",))
    assert sentence(lost) == "We cannot tell. " + Language("en")("reason.attrition")
    page = build_report(
        given.released(given.comparison(lost)), given.study(), Language("en")
    ).decode()
    assert "+0.31" in page  # in the tables, as a description


def test_reasons_stand_among_the_remarks_in_the_words_of_their_kind() -> None:
    (outcome,) = given.released(given.comparison(given.unclear())).outcomes
    assert verdict_reasons(outcome) == ("caution.adjusted_p", "caution.bootstrap_p")
    page = build_report(
        given.released(given.comparison(given.unclear())), given.study(), Language("en")
    ).decode()
    assert Language("en")("caution.bootstrap_p") in page.replace("&#39;", "'")
    lost = given.estimate(verdict=Word.NOT_ESTIMABLE, verdict_reasons=("attrition",))
    (outcome,) = given.released(given.comparison(lost)).outcomes
    assert verdict_reasons(outcome) == ("reason.attrition",)


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
