"""What the plan says of missing children and of languages; or it is refused, with file and key."""

from __future__ import annotations

import pytest

from evaluation.design import load_study
from evaluation.design.challenges import ChallengeRules, Languages
from evaluation.errors import StudyError
from evaluation.settings import CHECKOUT
from tests.evaluation.design.test_verdict_rules import plan_with

RULES = {
    "baseline_missing": "0.1",
    "imputations": "60",
    "deltas": "[-1, 1]",
    "language": "{field: spoken, first: kk, second: ru}",
    "item_alpha": "0.05",
    "item_effect": "0.0",
    "margin": "0.4",
}


def written(**changes):
    lines = [f"  {key}: {value}" for key, value in (RULES | changes).items() if value]
    return "\nchallenges:\n" + "\n".join(lines) + "\n"


def test_a_plan_names_its_own_limits(tmp_path):
    assert plan_with(tmp_path, written()).challenges == ChallengeRules(
        0.1, 60, (-1.0, 1.0), Languages("spoken", "kk", "ru"), 0.05, 0.0, 0.4
    )


def test_a_study_in_one_language_names_none(tmp_path):
    assert plan_with(tmp_path, written(language="null")).challenges.languages is None


def test_a_plan_that_says_nothing_gets_those_of_the_specification(tmp_path):
    assert plan_with(tmp_path, "").challenges == ChallengeRules()


def test_the_shipped_plan_writes_them_down():
    plan = load_study(CHECKOUT / "evaluation" / "study").plan
    assert plan.challenges == ChallengeRules(languages=Languages("interview_language", "kk", "ru"))


def test_a_plan_without_a_margin_tests_for_none(tmp_path):
    assert plan_with(tmp_path, written(margin="null")).challenges.margin is None


WRONG = {
    "margin": ("1.5", "not_between"),
    "imputations": ("49", "not_between"),
    "deltas": ("[0.5]", "missing_key"),
    "item_alpha": ("1.0", "not_between"),
    "baseline_missing": ("-0.1", "not_between"),
}


@pytest.mark.parametrize("key", WRONG)
def test_a_limit_that_is_none_is_refused_by_its_key(key, tmp_path):
    value, rule = WRONG[key]
    with pytest.raises(StudyError) as refused:
        plan_with(tmp_path, written(**{key: value}))
    assert refused.value.rule == rule
    assert refused.value.values["file"] == "plan.yaml" and key in refused.value.values["key"]
