"""Outcomes asked together: each adjustment has its check, and every outcome its verdict."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from evaluation.analysis import adjust, max_t, sharpened_q
from evaluation.analysis.estimation import Estimated, answer, describe, terms_of
from evaluation.analysis.estimators import ESTIMATORS, LINEAR
from evaluation.analysis.families import judged
from evaluation.design import Outcome
from evaluation.records.opinions import Word
from tests.evaluation.analysis import given


def asked(id_, seed, family="primary", estimator="ancova", plan=given.PLAN, effect=0.0, **sizes):
    sample = given.sample(seed, **sizes)
    sample = replace(sample, endline=sample.endline + effect * sample.pilot)
    terms = terms_of(plan)
    contrast = ESTIMATORS[estimator](sample, level=terms.level)
    fit = LINEAR.get(estimator, LINEAR["ancova"])(sample)
    outcome = Outcome(id_, id_, family, estimator)
    found = answer(
        describe(sample, outcome, level=terms.level),
        sample,
        contrast=contrast,
        fit=fit,
        terms=terms,
    )
    return Estimated(found, fit)


def plan(**families):
    return replace(given.PLAN, families=families)


THREE = [asked("a", 1), asked("b", 2), asked("c", 3)]
P = [e.estimate.p_value for e in THREE]


@pytest.mark.parametrize("method", ["holm", "hochberg", "hommel", "bonferroni", "sidak"])
def test_a_family_wise_adjustment_is_checked_by_max_t(method):
    found = judged(THREE, plan(primary=method))
    assert [e.p_adjusted for e in found] == list(adjust(P, method))
    assert {e.adjusted_by for e in found} == {method}
    assert [e.p_max_t for e in found] == list(max_t([e.fit for e in THREE], "pilot").p_adjusted)
    assert {e.q_sharpened for e in found} == {None}


@pytest.mark.parametrize("method", ["fdr_bh", "fdr_by"])
def test_a_false_discovery_rate_has_sharpened_q_beside_it_for_exploring(method):
    found = judged(THREE, plan(primary=method))
    assert [e.p_adjusted for e in found] == list(adjust(P, method))
    assert [e.q_sharpened for e in found] == list(sharpened_q(P))
    assert {e.p_max_t for e in found} == {None}


def test_a_family_that_is_not_adjusted_stands_on_its_own_p():
    clear = asked("a", 1, effect=5.0, sizes=(9, 6, 12, 7, 8, 10, 9, 11))
    (found,) = judged([clear], plan(primary="none"))
    assert (found.p_adjusted, found.adjusted_by, found.p_max_t) == (None, None, None)
    assert found.p_value < 0.05
    assert (found.verdict, found.verdict_reasons) == (Word.SUPPORTED, ())
    (same,) = judged([clear], plan(primary="holm"))
    assert same.verdict is found.verdict


def test_outcomes_of_other_regions_cannot_be_permuted_together():
    elsewhere = asked("d", 4, sizes=(9, 6, 12, 7, 8, 10, 9, 11))
    found = judged([THREE[0], elsewhere], plan(primary="holm"))
    assert [e.p_max_t for e in found] == [None, None]
    assert all(("max_t", "regions_differ") in e.unavailable for e in found)
    assert [e.p_adjusted for e in found] == list(
        adjust([THREE[0].estimate.p_value, elsewhere.estimate.p_value], "holm")
    )


def test_an_outcome_without_an_answer_was_not_asked_and_says_why():
    refused = Estimated(
        replace(THREE[0].estimate, value=None, p_value=None, reason="no_pairs", outcome="r")
    )
    found = judged([refused, THREE[1]], plan(primary="holm"))
    assert (found[0].verdict, found[0].verdict_reasons) == (Word.NOT_ESTIMABLE, ("no_pairs",))
    assert found[0].p_adjusted is None
    assert found[1].p_adjusted == THREE[1].estimate.p_value


def test_red_attrition_forbids_a_verdict_and_leaves_the_numbers():
    (found,) = judged([replace(THREE[0], attrition=True)], plan(primary="holm"))
    assert found.verdict is Word.NOT_ESTIMABLE and "attrition" in found.verdict_reasons
    assert found.value == THREE[0].estimate.value


@pytest.mark.parametrize(("headline", "other"), [("ancova", "change_score")])
def test_ancova_and_change_score_check_each_other(headline, other):
    for first, second in ((headline, other), (other, headline)):
        (found,) = judged([asked("a", 1, estimator=first)], plan(primary="holm"))
        checked = next(c.value for c in found.companions if c.estimator == second)
        agree = bool(np.sign(checked) == np.sign(found.value))
        assert ("change_score_sign" not in found.verdict_reasons) == agree


def test_a_family_of_nobody_is_no_trouble():
    assert judged([], plan(primary="holm")) == ()
