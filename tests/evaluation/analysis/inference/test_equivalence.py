"""Two one-sided tests and two-sample t, against R, statsmodels and scipy."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.weightstats import ttost_ind

from evaluation.analysis.estimators.ancova import estimate
from evaluation.analysis.inference.contrast import by_t
from evaluation.analysis.inference.equivalence import equivalence
from evaluation.analysis.inference.two_samples import pooled, welch
from evaluation.errors import EstimationError
from tests.evaluation.analysis import given
from tests.evaluation.analysis.inference.reference import agrees


def inputs(case):
    return json.loads(given.case_file(f"{case}.json").read_text())["inputs"]


def groups(seed, n=9, m=6):
    rng = np.random.default_rng(seed)
    return rng.normal(0.3, 1, n), rng.normal(0, 2, m)


@settings(deadline=None, max_examples=30)
@drawn(seed=st.integers(0, 10_000), margin=st.floats(0.1, 5))
def test_two_groups_are_those_of_scipy_and_statsmodels(seed, margin):
    x, y = groups(seed)
    for found, equal, word in ((pooled(x, y), True, "pooled"), (welch(x, y), False, "unequal")):
        theirs = stats.ttest_ind(x, y, equal_var=equal)
        assert found.p_value == pytest.approx(theirs.pvalue)
        assert found.dof == pytest.approx(theirs.df)
        tested = equivalence(found, margin)
        largest, lower, upper = ttost_ind(x, y, -margin, margin, usevar=word)
        assert (tested.p_lower, tested.p_upper) == pytest.approx((lower[1], upper[1]))
        assert tested.p_value == pytest.approx(largest)


@settings(deadline=None)
@drawn(
    value=st.floats(-2, 2),
    error=st.floats(0.01, 2),
    dof=st.floats(1, 50),
    margin=st.floats(0.01, 3),
)
def test_it_is_equivalent_exactly_where_the_interval_lies_inside_the_margins(
    value, error, dof, margin
):
    contrast = by_t(value, error, dof, level=0.95, null=0.0, method="any")
    found = equivalence(contrast, margin, alpha=0.05)
    inside = -margin < found.low and found.high < margin
    near = min(abs(found.low + margin), abs(found.high - margin)) < 1e-6
    assert near or found.equivalent == inside
    assert found.method == "Two one-sided tests, any"
    turned = by_t(-value, error, dof, level=0.95, null=0.0, method="any")
    assert equivalence(turned, margin).p_lower == pytest.approx(found.p_upper)


@pytest.mark.parametrize("margin", [0.0, -0.5, float("nan")])
def test_without_a_margin_nothing_is_equivalent(margin):
    contrast = by_t(0.1, 0.2, 5, level=0.95, null=0.0, method="any")
    with pytest.raises(EstimationError, match="no_margin"):
        equivalence(contrast, margin)


REFUSED = {
    "empty_cell": (np.array([1.0]), np.array([1.0, 2.0])),
    "no_residual_variation": (np.array([1.0, 1.0]), np.array([2.0, 2.0])),
    "not_finite": (np.array([1.0, np.nan]), np.array([1.0, 2.0])),
}


@pytest.mark.parametrize("compare", [pooled, welch])
@pytest.mark.parametrize("rule", REFUSED)
def test_groups_that_cannot_be_compared_are_refused_with_a_rule(rule, compare):
    with pytest.raises(EstimationError) as refused:
        compare(*REFUSED[rule])
    assert refused.value.rule == rule


def test_student_s_sleep():
    given_ = inputs("tost_sleep_two_sample")
    x, y = np.array(given_["x"], dtype=float), np.array(given_["y"], dtype=float)
    equal, own = (equivalence(t(x, y), given_["margin"]) for t in (pooled, welch))
    agrees(
        "tost_sleep_two_sample",
        {
            "p_lower": equal.p_lower,
            "p_upper": equal.p_upper,
            "welch_p_lower": own.p_lower,
            "welch_p_upper": own.p_upper,
            "ci90[0]": equal.low,
            "ci90[1]": equal.high,
        },
    )


def test_the_civic_scale_of_the_pilot():
    rows = pd.read_csv(given.case_file("pilot_a.csv")).query("endline == 1")
    sample = given.replace(
        given.sample(),
        regions=rows.region.to_numpy(dtype=object),
        pilot=rows.pilot.to_numpy() == 1,
        baseline=rows.b_civ.to_numpy(dtype=float),
        endline=rows.e_civ.to_numpy(dtype=float),
        covariates=rows[["age", "female"]].to_numpy(dtype=float),
        covariate_names=("age", "female"),
    )
    contrast = estimate(sample, level=0.95)
    found = equivalence(contrast, 0.5 * sample.endline[~sample.pilot].std(ddof=1))
    agrees(
        "tost_pilot_a",
        {
            "margin": found.margin,
            "beta": contrast.value,
            "se": contrast.standard_error,
            "df": contrast.dof,
            "p_lower": found.p_lower,
            "p_upper": found.p_upper,
            "p_tost": found.p_value,
            "ci90[0]": found.low,
            "ci90[1]": found.high,
        },
    )
