"""One table of cases: what was found → the word, and what the next stronger word lacked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from evaluation.design import Confidence, Study, Wording
from evaluation.design.wording import CARRIES, RULES
from evaluation.language import Language, languages
from evaluation.records.challenges import Challenge
from evaluation.records.estimates import Estimate
from evaluation.records.measures import Measures, Reliability
from evaluation.records.opinions import Bootstrap, Companion, LeftOut, Permutation, Word
from evaluation.release import Facts, protect
from evaluation.release.disclosure import ReleasedFacts
from evaluation.release.report.confidence import (
    HOLDS,
    Sureness,
    confidence,
    confidence_text,
    held_back,
)
from tests.evaluation.release import given, given_measures
from tests.evaluation.release.given_evidence import cell, none

STRONG, MODERATE, WEAK, CANNOT = Confidence


RELIABLE = given_measures.RELIABLE
AGREES = (cell("headline", 0.314, 0.094, 0.534), cell("reweighted", 0.2, -0.1, 0.5))
AGAINST = (*AGREES[:1], cell("reweighted", -0.2, -0.5, 0.1))


def facts_of(
    found: Estimate, evidence: tuple[Challenge, ...] = (), scale: Reliability = RELIABLE
) -> ReleasedFacts:
    """With evidence of the same direction as the estimate, unless told otherwise."""
    study = given.study()
    way = -1 if (found.value or 0) < 0 else 1
    told = evidence or tuple(
        replace(it, value=way * (it.value or 0), low=way * 0.1, high=way * 0.4) for it in AGREES
    )
    measured = Measures(reliabilities=(scale,))
    made = Facts(given.comparison(found), study, evidence=told, measures=measured)
    return protect(made, study.disclosure)


def sureness(found: Estimate, study: Study | None = None, **more: Any) -> Sureness:
    facts = facts_of(found, **more)
    return confidence(facts.outcomes[0], facts, study or given.study())


def companions(*values: float | None) -> tuple[Companion, ...]:
    return tuple(
        Companion("change_score", value, 0.1, 6.1, 0.0, 0.5, 0.03, "CR2", "points")
        if value is not None
        else Companion("mixed_model", reason="variances_unknown")
        for value in values
    )


def bootstrap(p: float) -> tuple[Bootstrap, ...]:
    return (Bootstrap("WCR11", "region", p, 0.06, 0.57, 1024, True, 2 / 1024, "WCR11"),)


SUPPORTED: list[tuple[dict[str, Any], Confidence, tuple[str, ...]]] = [
    ({}, STRONG, ()),
    ({"value": -0.314, "low": -0.534, "high": -0.094, "companions": ()}, STRONG, ()),
    # One thing is missing: the word is weaker, and the thing is named.
    ({"permutation": Permutation(0.06, 0.01, 252, True, "all")}, MODERATE, ("few_regions",)),
    ({"permutation": None}, MODERATE, ("few_regions",)),
    ({"bootstraps": bootstrap(0.05)}, MODERATE, ("few_regions",)),  # the limit itself is not under
    ({"bootstraps": bootstrap(0.0499)}, MODERATE, ("few_regions",)),  # printed as 0.050
    ({"bootstraps": bootstrap(0.0494)}, STRONG, ()),
    ({"cautions": ("low_precision",)}, MODERATE, ("precision",)),
    ({"cautions": ("baseline_gap",)}, MODERATE, ("alike",)),
    ({"left_out": LeftOut(-0.1, 0.4, False)}, MODERATE, ("single_region",)),
    ({"left_out": None}, MODERATE, ("single_region",)),
    (
        {"cautions": ("baseline_gap", "low_precision"), "left_out": None},
        MODERATE,
        ("precision", "alike", "single_region"),
    ),
    ({"companions": companions(0.28, None)}, STRONG, ()),  # no answer is no objection
    # Things that a moderate word asks for too.
    ({"cautions": ("attrition",)}, WEAK, ("kept",)),
    ({"companions": companions(0.28, -0.01)}, WEAK, ("methods",)),
    ({"low": 0.004}, WEAK, ("interval",)),  # printed as 0.00
    ({"low": -0.02, "cautions": ("attrition",)}, WEAK, ("interval", "kept")),
]


@pytest.mark.parametrize(("changes", "word", "missing"), SUPPORTED)
def test_a_supported_result_is_as_sure_as_what_stands_beside_it(
    changes: dict[str, Any], word: Confidence, missing: tuple[str, ...]
) -> None:
    assert sureness(given.estimate(**changes)) == Sureness(word, missing)


BESIDE: list[tuple[dict[str, Any], Confidence, tuple[str, ...]]] = [
    ({}, STRONG, ()),
    ({"scale": replace(RELIABLE, caution="reliability_low")}, MODERATE, ("reliability",)),
    ({"scale": replace(RELIABLE, scale="telling")}, MODERATE, ("reliability",)),  # not measured
    ({"scale": replace(RELIABLE, complete=9)}, MODERATE, ("reliability",)),  # too few to say
    ({"evidence": AGAINST}, WEAK, ("challenges",)),
    ({"evidence": AGREES[:1]}, WEAK, ("challenges",)),  # nothing was asked
    ({"evidence": (*AGREES, none("imputed", "under_threshold"))}, STRONG, ()),
]


@pytest.mark.parametrize(("more", "word", "missing"), BESIDE)
def test_how_well_it_was_measured_and_what_challenges_it_count_too(
    more: dict[str, Any], word: Confidence, missing: tuple[str, ...]
) -> None:
    assert sureness(given.estimate(), **more) == Sureness(word, missing)


def test_a_run_from_before_there_were_measures_is_never_called_strong() -> None:
    facts = given.released(given.comparison(given.estimate()))
    assert confidence(facts.outcomes[0], facts, given.study()) == Sureness(WEAK, ("challenges",))


OTHERS: list[tuple[Estimate, Confidence]] = [
    (given.estimate(verdict=Word.SUGGESTIVE, verdict_reasons=("adjusted_p",)), WEAK),
    (
        given.estimate(
            verdict=Word.SUGGESTIVE, verdict_reasons=("adjusted_p",), cautions=("attrition",)
        ),
        WEAK,
    ),
    (given.unclear("reading"), CANNOT),
    # However clear the interval looks: the verdict comes first.
    (given.estimate(verdict=Word.NO_EVIDENCE, verdict_reasons=("adjusted_p",)), CANNOT),
    (given.estimate(verdict=Word.NOT_ESTIMABLE, verdict_reasons=("attrition",)), CANNOT),
    (given.unanswered("reading"), CANNOT),
    (given.estimate(verdict=None), CANNOT),  # from before there were verdicts
    (given.estimate(n_pilot=9), CANNOT),  # hidden
]


@pytest.mark.parametrize(("found", "word"), OTHERS)
def test_any_other_result_is_weak_or_cannot_be_told(found: Estimate, word: Confidence) -> None:
    assert sureness(found).word is word


@pytest.mark.parametrize("word", Word)
@pytest.mark.parametrize("changes", [changes for changes, _, _ in SUPPORTED])
def test_no_word_is_stronger_than_its_verdict(word: Word, changes: dict[str, Any]) -> None:
    reasons = () if word is Word.SUPPORTED else ("attrition",)
    found = given.estimate(**changes | {"verdict": word, "verdict_reasons": reasons})
    carried = (*CARRIES.get(word, ()), Confidence.CANNOT_TELL)
    assert sureness(found).word in carried


def test_levels_that_nothing_reaches_leave_it_open() -> None:
    strict = replace(given.study(), wording=Wording(given.study().wording.levels[:1]))
    found = given.estimate(cautions=("attrition",))
    assert sureness(found, strict) == Sureness(CANNOT, ("kept",))


def test_the_rules_are_those_that_the_study_can_name() -> None:
    assert tuple(HOLDS) == RULES


TOLD = [
    (given.estimate(), ""),
    (given.estimate(cautions=("attrition",)), "because too many children were lost."),
    (given.unclear("reading"), "more regions would be needed, not more children"),
    (given.unanswered("reading"), ""),  # its reason says what is needed
    (
        given.estimate(verdict=Word.NOT_ESTIMABLE, verdict_reasons=("attrition",)),
        "would have to be asked as well.",
    ),
    (given.unanswered("reading", "no_endline"), "once the last wave has been asked."),
    (given.estimate(n_pilot=9), "More children would have to take part"),
]


@pytest.mark.parametrize(("found", "words"), TOLD)
def test_what_holds_a_result_back_is_said(found: Estimate, words: str) -> None:
    facts = facts_of(found)
    told = held_back(facts.outcomes[0], facts, given.study(), Language("en"))
    assert told.endswith(words) if not words else words in told


@pytest.mark.parametrize("code", languages())
def test_every_word_and_every_rule_has_a_sentence(code: str) -> None:
    say = Language(code)
    for changes, _, missing in SUPPORTED:
        facts = facts_of(given.estimate(**changes))
        found = facts.outcomes[0]
        word = confidence(found, facts, given.study()).word
        told = confidence_text(found, facts, given.study(), say)
        assert told.endswith(say(f"report.confidence.{word}"))
        told = held_back(found, facts, given.study(), say)
        assert all(say(f"report.confidence.lacks.{rule}") in told for rule in missing)
    assert all(say(f"report.confidence.lacks.{rule}") for rule in RULES)
    assert all(say(f"report.confidence.{word}") for word in Confidence)
