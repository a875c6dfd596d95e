"""Reliability by wave and language, stability, questions that differ: beside a second answer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from evaluation.analysis import cases_of, measure
from evaluation.analysis.scoring import answers_of, scores_of
from evaluation.design import Outcome
from evaluation.design.challenges import ChallengeRules
from evaluation.records.measures import Measures
from tests.evaluation.analysis import given
from tests.evaluation.analysis.test_evidence_table import SPOKEN, spoken

PLAN = replace(given.PLAN, challenges=ChallengeRules(languages=SPOKEN, item_effect=0.09))


def found(responses: pd.DataFrame, name: str, plan=PLAN, **changes: object) -> Measures:
    return measure(cases_of(responses, given.study(plan, **changes)), name)


def alpha(answers: np.ndarray) -> float:
    """From the mean covariance and the mean variance, as Cronbach wrote it."""
    covariance = np.cov(answers, rowvar=False)
    k = len(covariance)
    between = (covariance.sum() - np.trace(covariance)) / (k * (k - 1))
    return float(k * between / (np.trace(covariance) / k + (k - 1) * between))


def test_each_scale_is_measured_at_both_waves_of_all_and_in_each_language() -> None:
    responses = spoken()
    lines = found(responses, "reliability").reliabilities
    assert [(line.wave, line.language) for line in lines] == [
        (wave, language) for wave in (0, 1) for language in ("", "kk", "ru")
    ]
    for line in lines:
        rows = responses[responses["wave"] == line.wave]
        rows = rows[rows["talk"] == line.language] if line.language else rows
        answers = answers_of(rows, given.SCALE, given.INSTRUMENT)
        assert line.alpha == pytest.approx(alpha(answers))
        assert (line.children, line.complete) == (len(rows), len(rows))
        total = answers.sum(axis=1)
        rest = [np.corrcoef(answers[:, j], total - answers[:, j])[0, 1] for j in range(3)]
        assert (line.rest_low, line.rest_high) == pytest.approx((min(rest), max(rest)))
        assert line.low < line.alpha < line.high and line.reason is None


def test_two_outcomes_of_one_scale_are_measured_once() -> None:
    twice = replace(
        PLAN, outcomes=(*PLAN.outcomes, Outcome("again", "mood", "primary", "change_score"))
    )
    assert len(found(spoken(), "reliability", twice).reliabilities) == 6
    assert len(found(spoken(), "stability", twice).stabilities) == 1


def test_a_plan_without_languages_has_a_line_a_wave() -> None:
    plan = replace(PLAN, challenges=ChallengeRules())
    lines = found(given.answers(), "reliability", plan).reliabilities
    assert [(line.wave, line.language) for line in lines] == [(0, ""), (1, "")]
    (line,) = found(given.answers(), "item_differences", plan).item_differences[:1]
    assert (line.item, line.between, line.reason) == ("", "language", "no_language")


def test_stability_is_of_the_comparison_arm_alone() -> None:
    responses = given.answers(children=30)
    (line,) = found(responses, "stability").stabilities
    scores = scores_of(responses, given.SCALE, given.INSTRUMENT)
    here = responses["region"].str.startswith("c").to_numpy()
    waves = [scores[here & (responses["wave"] == wave).to_numpy()] for wave in (0, 1)]
    n, both = len(waves[0]), np.column_stack(waves)
    rows, columns = both.mean(axis=1), both.mean(axis=0)
    MSR = 2 * rows.var(ddof=1)
    MSC = n * columns.var(ddof=1)
    MSE = ((both - rows[:, None] - columns + both.mean()) ** 2).sum() / (n - 1)
    assert line.children == n == 90
    assert line.value == pytest.approx((MSR - MSE) / (MSR + MSE + 2 * (MSC - MSE) / n))
    assert line.low < line.value < line.high


def test_a_question_that_differs_by_language_is_flagged_and_by_arm_it_is_not() -> None:
    lines = found(spoken(1.0, children=120), "item_differences").item_differences
    assert {(x.item, x.between) for x in lines if x.flagged} == {("q1", "language")}
    assert {x.smallest for x in lines} == {360}
    one = next(x for x in lines if x.flagged)
    assert one.p_value < 0.01 and one.mcfadden >= 0.09 and one.group_effect > 0


# Bad input


def with_all(responses: pd.DataFrame, **columns: object) -> pd.DataFrame:
    n = len(responses)
    numbers = {name: pd.array([value] * n, dtype="Int16") for name, value in columns.items()}
    return responses.assign(**numbers)


@pytest.mark.parametrize(
    ("columns", "rule"),
    [
        ({"q1": pd.NA}, "item_unanswered"),
        ({"q1": 3}, "item_constant"),
        ({"q1": 8}, "item_unanswered"),
    ],
)
def test_a_question_that_nobody_answers_or_all_alike_leaves_a_reason(columns, rule) -> None:
    responses = with_all(spoken(), **columns)
    for line in found(responses, "reliability").reliabilities:
        assert (line.alpha, line.reason, line.caution) == (None, rule, "reliability_unknown")
    for line in found(responses, "item_differences").item_differences:
        assert (line.item, line.smallest, line.reason) == ("", 0, rule)


def test_a_scale_of_one_question_has_scores_and_no_reliability() -> None:
    lone = {"mood": replace(given.SCALE, items=("q1",), reversed=frozenset(), min_answered=1)}
    (line, *_) = found(spoken(), "reliability", scales=lone).reliabilities
    assert line.reason == "one_item" and line.children == 360
    assert found(spoken(), "stability", scales=lone).stabilities[0].value is not None


def test_where_nothing_varies_stability_says_so() -> None:
    alike = with_all(spoken(), q1=3, q2=3, q3=3)
    (line,) = found(alike, "stability").stabilities
    assert (line.value, line.reason) == (None, "no_variation")


def test_twelve_children_in_a_language_have_a_wide_interval_and_no_polychoric() -> None:
    responses = spoken()
    few = (responses["talk"] == "ru") & (responses["wave"] == 0)
    keep = ~few | (few.cumsum() <= 12)
    lines = found(responses[keep].reset_index(drop=True), "reliability").reliabilities
    twelve = next(x for x in lines if (x.wave, x.language) == (0, "ru"))
    many = next(x for x in lines if (x.wave, x.language) == (1, "ru"))
    assert (twelve.children, twelve.ordinal_alpha) == (12, None)
    assert twelve.high - twelve.low > 3 * (many.high - many.low)


def test_a_category_that_never_occurs_is_no_fault() -> None:
    responses = spoken()
    never = responses.assign(q1=responses["q1"].where(responses["q1"] != 2, 3))
    lines = found(never, "item_differences").item_differences
    assert all(line.p_value is not None for line in lines)


def test_without_year_end_answers_the_last_wave_has_a_reason() -> None:
    first = spoken()
    first = first[first["wave"] == 0].reset_index(drop=True)
    lines = found(first, "reliability").reliabilities
    assert [line.reason for line in lines if line.wave == 1] == ["item_unanswered"] * 3
    assert found(first, "stability").stabilities[0].reason == "few_answers"


def test_two_questions_that_are_one_cannot_be_judged_apart() -> None:
    responses = spoken(0.0, children=40)
    pair = {"mood": replace(given.SCALE, items=("q1", "q2"), reversed=frozenset(), min_answered=1)}
    twin = responses.assign(q1=(responses["q2"] > 3).astype("Int16") * 4 + 1)
    twin = twin.assign(q2=twin["q1"])
    lines = found(given.typed(twin), "item_differences", scales=pair).item_differences
    assert [line.item for line in lines] == ["q1", "q2"] * 2
    assert all(line.reason and not line.flagged for line in lines)
