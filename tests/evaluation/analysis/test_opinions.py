"""Second opinions are the room's own methods on the estimator's own fit, none of them in the way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from evaluation.analysis import (
    intraclass,
    leave_one_out,
    leverage,
    permute_regions,
    wild_bootstrap,
)
from evaluation.analysis.estimators import ESTIMATORS, LINEAR
from evaluation.analysis.inference.wild_scores import Kind
from evaluation.analysis.opinions import linear_fit, second_opinions
from evaluation.design import Resampling
from tests.evaluation.analysis import given

SAMPLE = given.sample()


def opinions(sample=SAMPLE, estimator="ancova", **asked):
    fit = linear_fit(sample, estimator)
    return second_opinions(
        sample, fit, estimator=estimator, level=0.95, resampling=Resampling(**asked)
    )


@pytest.mark.parametrize("estimator", ["ancova", "change_score"])
def test_every_opinion_is_the_method_s_own_answer(estimator):
    found = opinions(estimator=estimator)
    fit = LINEAR[estimator](SAMPLE)
    assert [b.kind for b in found.bootstraps] == ["WCR11", "WCR31", "WCU11"]
    for bootstrap in found.bootstraps:
        alone = wild_bootstrap(fit, "pilot", kind=Kind(bootstrap.kind))
        assert bootstrap.p_value == alone.p_value and bootstrap.draws == 2**6
        assert (bootstrap.exact, bootstrap.floor) == (True, alone.floor)
        assert (bootstrap.method, bootstrap.drawn_by) == (alone.method, "region")
    permuted = permute_regions(fit, "pilot")
    assert (found.permutation.p_value, found.permutation.permutations) == (permuted.p_value, 20)
    assert (found.permutation.floor, found.permutation.exact) == (pytest.approx(0.1), True)
    left = leave_one_out(fit, "pilot")
    assert (found.left_out.low, found.left_out.high) == (left.low, left.high)
    assert found.left_out.keeps_sign == left.keeps_sign
    borne = leverage(fit, "pilot")
    assert found.leverage.largest == borne.partial.max()
    assert found.leverage.effective == borne.effective < 6
    alike = intraclass(SAMPLE.baseline, SAMPLE.regions).correlation
    assert (found.intraclass, found.unavailable) == (alike, ())


def test_an_estimator_that_is_no_linear_fit_is_doubted_by_the_ancova_s():
    by_mixed = opinions(estimator="mixed_model")
    assert by_mixed.bootstraps == opinions().bootstraps
    assert set(LINEAR) < set(ESTIMATORS)


def test_an_interval_without_an_end_has_none():
    few = given.sample(sizes=(9, 12, 8, 7))  # 2 of 16 draws tie with the sample: p is never .05
    first = opinions(few).bootstraps[0]
    assert (first.low, first.high) == (None, None)
    assert first.p_value >= first.floor == 2 / 16


def in_schools(sample):
    numbered = np.arange(len(sample.regions)) % 2
    return replace(sample, sites=np.array([f"school{n}" for n in numbered], dtype=object))


def test_weights_by_school_are_drawn_where_asked_for():
    found = opinions(in_schools(SAMPLE), by_site=True)
    by_school = found.bootstraps[-1]
    assert (by_school.kind, by_school.drawn_by, by_school.draws) == ("WCR11", "site", 2**12)
    assert by_school.p_value != found.bootstraps[0].p_value
    # one school a region is a region
    alone = replace(SAMPLE, sites=SAMPLE.regions)
    same = opinions(alone, by_site=True).bootstraps
    assert same[-1].p_value == same[0].p_value


def test_weights_by_school_without_schools_say_why():
    assert opinions(by_site=True).unavailable == (("WCR11 by site", "no_sites"),)


def test_what_cannot_be_had_is_named_and_the_rest_stays():
    lonely = given.sample(sizes=(1,) * 16)
    found = opinions(lonely)
    assert dict(found.unavailable) == {"intraclass": "no_residual"}
    assert found.intraclass is None and found.permutation.p_value > 0


def test_too_many_regions_are_drawn_from_the_seed():
    many = given.sample(sizes=(3,) * 26)
    once, again = opinions(many, draws=999, seed=5), opinions(many, draws=999, seed=5)
    assert once == again != opinions(many, draws=999, seed=6)
    assert once.bootstraps[0].draws == 1000 and not once.bootstraps[0].exact
    assert once.permutation.permutations == 1000 and not once.permutation.exact
