from dataclasses import replace

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from evaluation.analysis.verdict import (
    FORBIDS,
    HOLDS,
    Grounds,
    Rules,
    Verdict,
    rules_of,
    verdict,
)
from evaluation.design import VerdictRules
from evaluation.records.opinions import Word
from tests.evaluation.analysis import given

RULES = Rules()
CLEAR = Grounds(
    value=0.5,
    p_value=0.004,
    p_adjusted=0.012,
    bootstrap_p=0.02,
    permutation_p=0.03,
    other_value=0.4,
    keeps_sign=True,
    dof=5.5,
    regions_pilot=4,
    regions_comparison=4,
    baseline_gap=0.1,
)

NOT_ESTIMABLE = [
    # a reason found earlier says all; what follows from it is not repeated
    ({"refused": "no_pairs", "value": None, "dof": None}, ("no_pairs",)),
    # no number at all
    ({"value": None}, ("not_estimated",)),
    # too few regions, in either arm
    ({"regions_pilot": 2}, ("regions_per_arm",)),
    ({"regions_comparison": 2}, ("regions_per_arm",)),
    # degrees of freedom under 2.5
    ({"dof": 2.49}, ("dof",)),
    ({"dof": None}, ("dof",)),
    # arms too different at baseline, in either direction
    ({"baseline_gap": 0.26}, ("baseline_gap",)),
    ({"baseline_gap": -0.26}, ("baseline_gap",)),
    # attrition red
    ({"attrition": True}, ("attrition",)),
    # all that applies is said
    ({"regions_pilot": 2, "dof": 1.8}, ("regions_per_arm", "dof")),
]

SUPPORTED = [
    {},
    # a negative effect is supported by the same rules
    {"value": -0.5, "other_value": -0.1},
    # just inside every limit
    {"p_adjusted": 0.0499, "bootstrap_p": 0.0499, "dof": 4.0, "baseline_gap": 0.25},
    {"regions_pilot": 3, "regions_comparison": 3},
    # a gap that could not be computed forbids nothing
    {"baseline_gap": None},
]

SUGGESTIVE = [
    # one thing missing
    ({"p_adjusted": 0.06}, ("adjusted_p",)),
    ({"p_adjusted": 0.05}, ("adjusted_p",)),
    ({"bootstrap_p": 0.05}, ("bootstrap_p",)),
    ({"bootstrap_p": None}, ("bootstrap_p",)),
    ({"other_value": -0.01}, ("change_score_sign",)),
    ({"other_value": 0.0}, ("change_score_sign",)),
    ({"other_value": None}, ("change_score_sign",)),
    ({"keeps_sign": False}, ("leave_one_out_sign",)),
    ({"keeps_sign": None}, ("leave_one_out_sign",)),
    # only one test is left under alpha
    ({"p_adjusted": 0.2, "bootstrap_p": 0.2}, ("adjusted_p", "bootstrap_p")),
    (
        {"p_value": 0.06, "p_adjusted": 0.2, "other_value": -0.4},
        ("adjusted_p", "change_score_sign"),
    ),
]

NOTHING = {"p_value": 0.2, "p_adjusted": 0.4, "bootstrap_p": 0.3}
NO_EVIDENCE = [
    (NOTHING, ("adjusted_p", "bootstrap_p")),
    (NOTHING | {"p_value": 0.05}, ("adjusted_p", "bootstrap_p")),
    (
        NOTHING | {"other_value": -0.1, "keeps_sign": False},
        ("adjusted_p", "bootstrap_p", "change_score_sign", "leave_one_out_sign"),
    ),
    # missing tests are no evidence either
    (dict.fromkeys(NOTHING), ("adjusted_p", "bootstrap_p")),
]


@pytest.mark.parametrize(("change", "reasons"), NOT_ESTIMABLE)
def test_what_cannot_be_estimated_says_why(change, reasons):
    assert verdict(replace(CLEAR, **change), RULES) == Verdict(Word.NOT_ESTIMABLE, reasons)


@pytest.mark.parametrize("change", SUPPORTED)
def test_everything_at_once_is_support(change):
    assert verdict(replace(CLEAR, **change), RULES) == Verdict(Word.SUPPORTED)


@pytest.mark.parametrize(("change", "missing"), SUGGESTIVE)
def test_some_test_without_all_the_rest_is_suggestive(change, missing):
    assert verdict(replace(CLEAR, **change), RULES) == Verdict(Word.SUGGESTIVE, missing)


@pytest.mark.parametrize(("change", "missing"), NO_EVIDENCE)
def test_no_test_is_no_evidence(change, missing):
    assert verdict(replace(CLEAR, **change), RULES) == Verdict(Word.NO_EVIDENCE, missing)


def test_the_limits_are_the_plan_s():
    rules = rules_of(replace(given.PLAN, alpha=0.01))
    assert rules == Rules(
        alpha=0.01,
        regions_per_arm=2,
        dof_refuse=1.2,
        dof_low=4.0,
        gap_adjust=0.05,
        gap_refuse=0.25,
    )
    assert verdict(CLEAR, rules).word is Word.SUGGESTIVE
    assert (
        verdict(
            replace(CLEAR, regions_pilot=2, dof=2.0, p_adjusted=0.004, bootstrap_p=0.004), rules
        ).word
        is Word.SUPPORTED
    )


def test_the_words_are_made_of_the_rules_that_the_plan_names():
    only = VerdictRules(
        not_estimable=("dof",), supported=("permutation_p",), suggestive=("headline_p",)
    )
    rules = rules_of(replace(given.PLAN, verdict=only))
    assert verdict(replace(CLEAR, attrition=True, regions_pilot=1), rules).word is Word.SUPPORTED
    assert verdict(replace(CLEAR, permutation_p=0.06), rules) == Verdict(
        Word.SUGGESTIVE, ("permutation_p",)
    )
    nothing = replace(CLEAR, permutation_p=None, p_value=0.06)
    assert verdict(nothing, rules) == Verdict(Word.NO_EVIDENCE, ("permutation_p",))


def test_attrition_forbids_only_where_the_plan_says_so():
    lost = replace(CLEAR, attrition=True)
    kind = replace(RULES, words=VerdictRules(not_estimable=("dof",)))
    assert verdict(lost, RULES) == Verdict(Word.NOT_ESTIMABLE, ("attrition",))
    assert verdict(lost, kind).word is Word.SUPPORTED


def test_every_rule_can_hold_and_can_fail():
    nobody = Grounds(baseline_gap=1.0, attrition=True)
    for rules, clear in ((FORBIDS, False), (HOLDS, True)):
        assert {rule(CLEAR, RULES) for rule in rules.values()} == {clear}
        assert {rule(nobody, RULES) for rule in rules.values()} == {not clear}


P = st.none() | st.floats(0, 1)
SIGNED = st.none() | st.floats(-1, 1)
GROUNDS = st.builds(
    Grounds,
    value=SIGNED,
    p_value=P,
    p_adjusted=P,
    bootstrap_p=P,
    permutation_p=P,
    other_value=SIGNED,
    keeps_sign=st.none() | st.booleans(),
    dof=st.none() | st.floats(0, 20),
    regions_pilot=st.integers(0, 6),
    regions_comparison=st.integers(0, 6),
    baseline_gap=SIGNED,
    attrition=st.booleans(),
)


@drawn(GROUNDS)
def test_every_word_but_supported_has_a_reason_and_exchanging_the_arms_changes_nothing(grounds):
    found = verdict(grounds, RULES)
    assert bool(found.reasons) == (found.word is not Word.SUPPORTED)

    def turn(value):
        return None if value is None else -value

    turned = replace(
        grounds,
        value=turn(grounds.value),
        other_value=turn(grounds.other_value),
        baseline_gap=turn(grounds.baseline_gap),
        regions_pilot=grounds.regions_comparison,
        regions_comparison=grounds.regions_pilot,
    )
    assert verdict(turned, RULES) == found


@drawn(GROUNDS, st.sampled_from(["p_value", "p_adjusted", "bootstrap_p"]))
def test_a_smaller_p_never_makes_the_word_weaker(grounds, which):
    strength = [Word.NOT_ESTIMABLE, Word.NO_EVIDENCE, Word.SUGGESTIVE, Word.SUPPORTED]
    smaller = replace(grounds, **{which: 0.0})
    before, after = (strength.index(verdict(g, RULES).word) for g in (grounds, smaller))
    assert after >= before
