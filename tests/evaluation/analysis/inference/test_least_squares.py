import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from evaluation.analysis.inference.cluster_moments import moments_of
from evaluation.analysis.inference.least_squares import (
    classical,
    fit_moments,
    fit_rows,
    fit_with_constant,
)
from evaluation.errors import EstimationError

COLUMNS = ("constant", "a", "b")


def rows(seed=0, n=30):
    rng = np.random.default_rng(seed)
    X = np.column_stack([np.ones(n), rng.normal(size=n), rng.normal(5, 2, n)])
    return X, X @ np.array([1.0, 2.0, -1.0]) + rng.normal(size=n), np.arange(n) % 4


@settings(deadline=None, max_examples=30)
@drawn(seed=st.integers(0, 10_000))
def test_moments_and_rows_give_the_coefficients_of_statsmodels(seed):
    X, y, clusters = rows(seed)
    expected = sm.OLS(y, X).fit().params
    assert fit_moments(moments_of(X, y, clusters)).coefficients == pytest.approx(expected)
    assert fit_rows(X, y, clusters, COLUMNS).coefficients == pytest.approx(expected)
    centred = fit_with_constant(X[:, 1:], y, clusters, COLUMNS[1:])
    assert centred.coefficients[1:] == pytest.approx(expected[1:])
    assert centred.coefficients[0] == pytest.approx(0, abs=1e-10)


def test_the_classical_error_is_statsmodels_own():
    X, y, clusters = rows()
    model = sm.OLS(y, X).fit()
    found = classical(fit_rows(X, y, clusters, COLUMNS), "b")
    assert found.standard_error == pytest.approx(model.bse[2])
    assert found.p_value == pytest.approx(model.pvalues[2])
    assert (found.low, found.high) == pytest.approx(tuple(model.conf_int()[2]))
    assert (found.dof, found.method) == (27, "OLS")


def test_a_contrast_may_be_any_weights():
    X, y, clusters = rows()
    fit = fit_rows(X, y, clusters, COLUMNS)
    both = classical(fit, np.array([0.0, 1.0, 1.0]))
    test = sm.OLS(y, X).fit().t_test([0, 1, 1])
    assert both.value == pytest.approx(test.effect[0])
    assert both.standard_error == pytest.approx(test.sd[0, 0])


@pytest.mark.parametrize("far", [1e3, 1e6, 1e9])
def test_a_mean_far_from_zero_costs_no_digits(far):
    X, y, clusters = rows()
    near = fit_with_constant(X[:, 1:], y, clusters, COLUMNS[1:])
    away = fit_with_constant(X[:, 1:] + far, y + far, clusters, COLUMNS[1:])
    assert away.coefficients[1:] == pytest.approx(near.coefficients[1:], rel=1e-5)
    assert away.residual_squares == pytest.approx(near.residual_squares, rel=1e-5)


SAME = {
    "a multiple of another": lambda X: np.column_stack([X, 3 * X[:, 1]]),
    "a sum of others": lambda X: np.column_stack([X, X[:, 1] + X[:, 2]]),
    "nothing at all": lambda X: np.column_stack([X, np.zeros(len(X))]),
    "one value": lambda X: np.column_stack([X, np.full(len(X), 0.1)]),
}


@pytest.mark.parametrize("kind", SAME)
def test_a_column_that_adds_nothing_is_named(kind):
    X, y, clusters = rows()
    wide = SAME[kind](X)
    with pytest.raises(EstimationError, match="collinear") as refused:
        fit_rows(wide, y, clusters, (*COLUMNS, "late"))
    assert refused.value.values == {"column": "late"}
    with pytest.raises(EstimationError, match="collinear") as refused:
        fit_moments(moments_of(wide, y, clusters, (*COLUMNS, "late")))
    assert refused.value.values == {"column": "late"}
    with pytest.raises(EstimationError, match="collinear") as refused:
        fit_with_constant(wide[:, 1:], y, clusters, (*COLUMNS[1:], "late"))
    assert refused.value.values == {"column": "late"}


@pytest.mark.parametrize("n", [2, 3])
def test_as_many_columns_as_rows_leave_nothing_to_judge_by(n):
    X, y, clusters = rows(n=n)
    with pytest.raises(EstimationError, match="no_residual"):
        fit_rows(X, y, clusters, COLUMNS)
    with pytest.raises(EstimationError, match="no_residual"):
        fit_moments(moments_of(X, y, clusters))


def test_one_row_more_than_columns_is_enough():
    X, y, clusters = rows(n=4)
    assert fit_rows(X, y, clusters, COLUMNS).residual_dof == 1


@pytest.mark.parametrize("bad", [np.nan, np.inf])
@pytest.mark.parametrize("where", ["slopes", "outcome"])
def test_what_is_not_a_number_is_refused_before_means_are_taken(bad, where):
    X, y, clusters = rows()
    (X if where == "slopes" else y)[4] = bad
    with pytest.raises(EstimationError, match="not_finite"):
        fit_with_constant(X[:, 1:], y, clusters, COLUMNS[1:])


def test_years_beside_their_squares_are_told_apart_where_rows_are_at_hand():
    _, y, clusters = rows()
    years = np.arange(30) % 14 + 1970.0
    raw = np.column_stack([np.ones(30), years, years**2])
    near = np.column_stack([np.ones(30), years - 1976, (years - 1976) ** 2])
    columns = ("constant", "year", "square")
    found = classical(fit_rows(raw, y, clusters, columns), "square")
    expected = classical(fit_rows(near, y, clusters, columns), "square")
    assert found.value == pytest.approx(expected.value, rel=1e-6)
    assert found.standard_error == pytest.approx(expected.standard_error, rel=1e-6)
    slope = classical(fit_rows(raw, y, clusters, columns), np.array([0.0, 1.0, 2 * 1976.0]))
    at_1976 = classical(fit_rows(near, y, clusters, columns), "year")
    assert slope.value == pytest.approx(at_1976.value, rel=1e-6)
    assert slope.standard_error == pytest.approx(at_1976.standard_error, rel=1e-6)
    with pytest.raises(EstimationError, match="collinear"):
        fit_moments(moments_of(raw, y, clusters, columns))


def test_an_exact_outcome_has_no_classical_error():
    X, _, clusters = rows()
    with pytest.raises(EstimationError, match="no_residual_variation"):
        classical(fit_rows(X, X @ np.ones(3), clusters, COLUMNS), "a")
