"""Balance, weights and unseen causes: what must hold, and a second answer for every number."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.analysis.inference.least_squares import classical, fit_with_constant
from evaluation.analysis.sensitivity.balance import Standing, balance, standing
from evaluation.analysis.sensitivity.e_value import e_value, e_value_of_difference
from evaluation.analysis.sensitivity.entropy_balancing import entropy_balancing
from evaluation.analysis.sensitivity.omitted import omitted_confounder, robustness_value
from evaluation.analysis.sensitivity.oster import oster
from evaluation.analysis.sensitivity.propensity import propensity_weights
from evaluation.analysis.sensitivity.weighting import (
    weighted_contrast,
    weighted_difference,
)
from evaluation.errors import EstimationError

NAN = float("nan")
TWO = ("x", "z")


def groups(seed=1, n=200, apart=0.4, k=2):
    rng = np.random.default_rng(seed)
    treated = rng.random(n) < 0.45
    return rng.normal(size=(n, k)) + apart * treated[:, None], treated


# Balance


@pytest.mark.parametrize(
    ("gap", "said"),
    [(0.05, "alike"), (-0.05, "alike"), (0.06, "adjust"), (-0.25, "adjust"), (0.26, "too_far"), (None, "unknown")],
)  # fmt: skip
def test_a_difference_stands_where_what_works_clearinghouse_puts_it(gap, said):
    assert standing(gap) is Standing(said)


def test_balance_by_hand():
    X = np.column_stack([[1.0, 3, 5, NAN, 2, 4], np.ones(6)])
    treated = np.array([1, 1, 1, 1, 0, 0], dtype=bool)
    first, second = balance(X, TWO, treated)
    assert (first.treated, first.others, first.missing) == (3.0, 3.0, 1)
    assert first.by_treated == first.pooled == 0.0
    assert first.variance_ratio == pytest.approx(4 / 2)
    assert (second.by_treated, second.pooled, second.variance_ratio) == (None, None, None)
    assert second.standing is Standing.UNKNOWN


UNBALANCED = {
    "column_empty": np.full((4, 1), NAN),
    "empty_cell": np.array([[1.0], [NAN], [2.0], [3.0]]),
}


@pytest.mark.parametrize("rule", UNBALANCED)
def test_a_column_that_nobody_of_an_arm_has_cannot_be_compared(rule):
    with pytest.raises(EstimationError) as refused:
        balance(UNBALANCED[rule], ("x",), np.array([1, 1, 0, 0], dtype=bool))
    assert refused.value.rule == rule


# Weights


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 10**6), apart=st.floats(-0.6, 0.6), k=st.integers(1, 4))
def test_entropy_weights_balance_to_eight_digits(seed, apart, k):
    X, treated = groups(seed, apart=apart, k=k)
    found = entropy_balancing(X, tuple("abcd"[:k]), treated)
    assert found.worst_gap < 1e-8
    assert found.of_others.sum() == pytest.approx(1) and (found.of_others > 0).all()
    assert found.effective <= np.sum(~treated) + 1e-9
    assert found.largest_share == found.of_others.max()


def test_entropy_weights_are_those_of_another_optimiser():
    from scipy.optimize import minimize

    X, treated = groups(4, n=60)
    Z = X[~treated] - X[treated].mean(axis=0)
    dual = minimize(lambda at: np.log(np.sum(np.exp(Z @ at))), np.zeros(2), tol=1e-12).x
    theirs = np.exp(Z @ dual)
    assert entropy_balancing(X, TWO, treated).of_others == pytest.approx(
        theirs / theirs.sum(), rel=1e-4
    )


def test_very_skewed_columns_are_balanced_by_shorter_steps():
    """Newton's whole step leads too far here; whether weights exist at all, a programme decides."""
    from scipy.optimize import linprog

    balanced = 0
    for seed in range(1, 40, 2):
        rng = np.random.default_rng(seed)
        X = rng.lognormal(0, 1.5, size=(40, 2))
        treated = np.arange(40) < 12
        X[treated] += np.quantile(X[~treated], 0.9, axis=0) / 2
        Z = X[~treated] - X[treated].mean(axis=0)
        possible = linprog(np.zeros(28), A_eq=np.vstack([Z.T, np.ones(28)]), b_eq=[0, 0, 1])
        try:
            assert entropy_balancing(X, TWO, treated).worst_gap < 1e-8
        except EstimationError:
            assert possible.status != 0
        else:
            balanced += 1
    assert balanced > 3


def test_groups_that_do_not_overlap_cannot_be_balanced():
    X, treated = groups(2, apart=20)
    with pytest.raises(EstimationError, match="no_balance"):
        entropy_balancing(X, TWO, treated)
    with pytest.raises(EstimationError, match="separated"):
        propensity_weights(X, TWO, treated)


@pytest.mark.parametrize("weigh", [entropy_balancing, propensity_weights])
@pytest.mark.parametrize(
    ("X", "treated", "rule"),
    [
        (np.ones((4, 1)), [1, 1, 1, 1], "empty_cell"),
        (np.ones((4, 1)), [1, 1, 0, 0], "collinear"),
        (np.array([[1.0], [NAN], [2], [3]]), [1, 1, 0, 0], "not_finite"),
    ],
)
def test_what_cannot_be_weighed_is_refused(weigh, X, treated, rule):
    with pytest.raises(EstimationError) as refused:
        weigh(X, ("x",), np.array(treated, dtype=bool))
    assert refused.value.rule == rule


def test_a_column_twice_is_balanced_once():
    X, treated = groups(3, k=1)
    once = entropy_balancing(X, ("x",), treated)
    twice = entropy_balancing(np.column_stack([X, X]), TWO, treated)
    assert twice.of_others == pytest.approx(once.of_others, rel=1e-6)


def test_propensity_odds_are_statsmodels_s():
    from statsmodels.discrete.discrete_model import Logit

    X, treated = groups(5)
    p = Logit(treated.astype(float), np.column_stack([np.ones(len(X)), X])).fit(disp=0).predict()
    odds = (p / (1 - p))[~treated]
    assert propensity_weights(X, TWO, treated).of_others == pytest.approx(
        odds / odds.sum(), rel=1e-7
    )


def regions_of(treated, seed=1):
    rng = np.random.default_rng(seed)
    return np.where(
        treated, rng.integers(0, 5, len(treated)), rng.integers(5, 10, len(treated))
    ).astype(object)


def test_a_weighted_regression_is_statsmodels_wls():
    from statsmodels.regression.linear_model import WLS

    X, treated = groups(6)
    y = X @ [0.5, -0.2] + 0.3 * treated + np.random.default_rng(7).normal(size=len(X))
    weights = entropy_balancing(X, TWO, treated)
    columns = np.column_stack([treated, X]).astype(float)
    found = weighted_contrast(columns, y, regions_of(treated), ("arm", *TWO), weights)
    w = np.ones(len(y))
    w[~treated] = weights.of_others * np.sum(~treated)
    theirs = WLS(y, np.column_stack([np.ones(len(y)), columns]), weights=w).fit()
    assert found.value == pytest.approx(theirs.params[1], rel=1e-9)
    assert found.method == "CR2, Satterthwaite"
    # Balanced columns make the adjustment and the weighted means the same.
    assert found.value == pytest.approx(weighted_difference(y, treated, weights), abs=1e-7)


def test_weights_on_few_children_are_refused_with_the_reason():
    X, treated = groups(8, apart=1.0)
    weights = entropy_balancing(X, TWO, treated)
    assert weights.refused == "few_effective"
    with pytest.raises(EstimationError) as refused:
        weighted_contrast(
            np.column_stack([treated, X]).astype(float),
            X[:, 0],
            regions_of(treated),
            ("arm", *TWO),
            weights,
        )
    assert refused.value.rule == "few_effective"
    assert refused.value.values["effective"] < refused.value.values["rows"] / 2


# Unseen causes


@settings(deadline=None, max_examples=30)
@given(t=st.floats(0.1, 15), dof=st.integers(5, 500))
def test_a_cause_as_strong_as_the_robustness_value_takes_the_effect_to_zero(t, dof):
    rv = robustness_value(t, dof)
    bias = np.sqrt(dof * rv * rv / (1 - rv))
    assert bias == pytest.approx(t, rel=1e-6)
    assert robustness_value(t, dof, alpha=0.05) <= rv


def test_an_effect_that_is_not_significant_has_nothing_to_lose():
    assert robustness_value(1.0, 50, alpha=0.05) == 0.0
    assert robustness_value(0.0, 50) == 0.0


def test_a_very_strong_effect_is_undone_by_the_arm_s_side_alone():
    f, critical = 40 / np.sqrt(20), 2.093 / np.sqrt(19)
    assert robustness_value(40, 20, alpha=0.05) == pytest.approx(
        (f**2 - critical**2) / (1 + f**2), rel=1e-3
    )


def confounded(seed=1, n=400, sign=1.0):
    rng = np.random.default_rng(seed)
    x, z = rng.normal(size=(2, n))
    arm = (x * 0.5 + z * 0.5 + rng.normal(size=n) > 0).astype(float)
    y = sign * (0.5 * arm + 0.4 * x + 0.4 * z + rng.normal(size=n))
    return np.column_stack([arm, x, z]), y


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_leaving_out_a_cause_as_strong_as_the_seen_moves_as_the_bound_says(sign):
    """z is as strong as x: the bound by x is near the estimate with z."""
    X, y = confounded(sign=sign, n=20_000)
    found = omitted_confounder(X[:, :2], y, ("arm", "x"), benchmarks=("x",), times=(1.0,))
    full = classical(fit_with_constant(X, y, np.zeros(len(y)), ("arm", "x", "z")), "arm")
    assert found.benchmarks[0].estimate == pytest.approx(full.value, abs=0.03)
    assert found.benchmarks[0].statistic == pytest.approx(full.statistic, rel=0.1)


def test_without_a_benchmark_there_is_the_robustness_alone():
    X, y = confounded()
    found = omitted_confounder(X, y, ("arm", *TWO))
    assert found.benchmarks == () and 0 < found.robustness_alpha < found.robustness < 1


def test_a_cause_many_times_a_strong_one_is_refused():
    X, y = confounded()
    X[:, 1] = X[:, 0] + 0.1 * X[:, 1]
    with pytest.raises(EstimationError, match="too_strong"):
        omitted_confounder(X, y, ("arm", *TWO), benchmarks=("x",))


def test_oster_s_delta_of_the_adjusted_effect_is_one():
    """By definition: where the unseen matters as much as the seen, the effect is the adjusted."""
    X, y = confounded(3)
    found = oster(X, y, ("arm", *TWO), r2_most=0.5)
    again = oster(X, y, ("arm", *TWO), r2_most=0.5, null=found.adjusted)
    assert again.delta == pytest.approx(1, abs=1e-6)
    assert oster(X, y, ("arm", *TWO), r2_most=0.5, null=found.alternative).delta == pytest.approx(
        1, abs=1e-6
    )


def test_oster_needs_room_above_what_is_explained_and_controls_that_matter():
    X, y = confounded(3)
    with pytest.raises(EstimationError, match="no_share"):
        oster(X, y, ("arm", *TWO), r2_most=0.01)
    arm = np.tile([1.0, 1, 0, 0], 4)
    control = np.tile([1.0, -1, 1, -1], 4)
    flat = np.column_stack([arm, control])
    y = np.tile([1.0, 2, 3, 5], 4) + np.repeat([0, 0.1, 0.2, 0.3], 4)
    y = y - control * (control @ y) / 16
    with pytest.raises(EstimationError, match="no_variation"):
        oster(flat, y, ("arm", "x"), r2_most=0.99)


@settings(deadline=None, max_examples=30)
@given(ratio=st.floats(1.01, 20))
def test_a_cause_with_the_e_value_on_both_sides_explains_the_ratio(ratio):
    e = e_value(ratio, 1.0, 100).point
    assert e * e / (2 * e - 1) == pytest.approx(ratio)
    assert e_value(1 / ratio, 0.001, 1.0).point == pytest.approx(e)


def test_an_interval_with_no_effect_in_it_needs_no_cause():
    assert e_value(1.2, 0.9, 1.6).limit == 1.0
    found = e_value_of_difference(0.5, 0.2, 0.8)
    assert found.risk_ratio == pytest.approx(np.exp(0.455))
    assert found.limit < found.point
    with pytest.raises(EstimationError, match="not_finite"):
        e_value(2.0, 3.0, 4.0)
