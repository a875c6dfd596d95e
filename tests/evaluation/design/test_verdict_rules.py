"""The plan says which rules make which word, and how many draws there are; or it is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from evaluation.analysis.inference.multiplicity import LIBRARY, NOT_ADJUSTED
from evaluation.analysis.verdict import FORBIDS, HOLDS
from evaluation.design import Resampling, VerdictRules, load_study
from evaluation.design.plans import ADJUSTMENTS, VERDICTS
from evaluation.errors import StudyError
from evaluation.language import Language, languages
from evaluation.settings import CHECKOUT

SMALL = Path(__file__).parents[2] / "study"
VERDICT = """
verdict:
  not_estimable: [dof]
  supported: [permutation_p, headline_p]
  suggestive: [headline_p]
"""
DRAWS = """
resampling: {draws: 1999, seed: 4, by_site: true}
"""


def plan_with(tmp_path, more):
    root = tmp_path / "study"
    shutil.copytree(SMALL, root)
    plan = root / "plan.yaml"
    plan.write_text(plan.read_text("utf-8") + more, "utf-8")
    return load_study(root).plan


def test_a_plan_names_its_own_rules_and_draws(tmp_path):
    plan = plan_with(tmp_path, VERDICT + DRAWS)
    assert plan.verdict == VerdictRules(
        not_estimable=("dof",),
        supported=("permutation_p", "headline_p"),
        suggestive=("headline_p",),
    )
    assert plan.resampling == Resampling(draws=1999, seed=4, by_site=True)


def test_a_plan_that_says_nothing_gets_the_rules_of_the_specification(tmp_path):
    plan = plan_with(tmp_path, "")
    assert (plan.verdict, plan.resampling) == (VerdictRules(), Resampling())


def test_the_shipped_plan_writes_them_down():
    plan = load_study(CHECKOUT / "evaluation" / "study").plan
    written = (CHECKOUT / "evaluation/study/plan.yaml").read_text("utf-8")
    assert "\nverdict:\n" in written and "\nresampling:" in written
    assert plan.verdict == VerdictRules()
    assert not plan.resampling.by_site


WRONG = [
    ("[dof]", "[dof, often]", "not_one_of", "verdict.not_estimable[2]"),
    ("[headline_p]", "[attrition]", "not_one_of", "verdict.suggestive[1]"),
    ("[headline_p]", "[]", "missing_key", "verdict.suggestive"),
    ("[headline_p]", "headline_p", "not_a_list", "verdict.suggestive"),
    ("  suggestive: [headline_p]\n", "", "not_a_list", "verdict.suggestive"),
    ("  suggestive:", "  maybe:", "unknown_key", "verdict.maybe"),
    ("1999", "998", "not_between", "resampling.draws"),
    ("1999", "1000000", "not_between", "resampling.draws"),
    ("seed: 4", "seed: -1", "not_between", "resampling.seed"),
    ("by_site: true", "by_site: 1", "not_yes_or_no", "resampling.by_site"),
    ("by_site: true", "by_class: true", "unknown_key", "resampling.by_class"),
]


@pytest.mark.parametrize(("old", "new", "rule", "key"), WRONG)
def test_a_wrong_rule_is_refused_with_its_place(tmp_path, old, new, rule, key):
    assert old in VERDICT + DRAWS
    with pytest.raises(StudyError, match=rule) as refused:
        plan_with(tmp_path, (VERDICT + DRAWS).replace(old, new, 1))
    assert refused.value.values["key"] == key
    for code in languages():
        assert "plan.yaml" in Language(code)(refused.value.message, **refused.value.values)


def test_the_plan_may_name_exactly_the_rules_that_the_analysis_knows():
    assert set(VERDICTS["not_estimable"]) == set(FORBIDS)
    assert set(VERDICTS["supported"]) == set(HOLDS)
    assert set(VERDICTS["suggestive"]) < set(HOLDS)
    for code in languages():
        say = Language(code)
        assert all(say(f"reason.{rule}") for rule in FORBIDS)
        assert all(say(f"caution.{rule}") for rule in HOLDS)


def test_the_plan_may_name_every_adjustment_but_the_exploratory_one():
    assert set(ADJUSTMENTS) == {*LIBRARY, NOT_ADJUSTED}
    for code in languages():
        assert all(Language(code)(f"report.adjusted.{method}") for method in ADJUSTMENTS)
