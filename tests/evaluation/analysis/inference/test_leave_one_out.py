import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from evaluation.analysis.inference.cluster_robust import Formula, robust
from evaluation.analysis.inference.least_squares import fit_rows, fit_with_constant
from evaluation.analysis.inference.leave_one_out import leave_one_out
from evaluation.analysis.inference.leverage import leverage

COLUMNS = ("constant", "arm", "child")


def rows(seed=0, sizes=(5, 3, 6, 4, 5, 4), pilot=3):
    rng = np.random.default_rng(seed)
    clusters = np.repeat(np.arange(len(sizes)), sizes)
    arm = clusters < pilot
    X = np.column_stack([np.ones(len(arm)), arm, rng.normal(size=len(arm))])
    return X, arm + rng.normal(0, 0.5, len(sizes))[clusters] + rng.normal(size=len(arm)), clusters


# --- leave one out --------------------------------------------------------------------------------


@settings(deadline=None, max_examples=25)
@drawn(seed=st.integers(0, 100_000), formula=st.sampled_from([Formula.CR1S, Formula.CR2]))
def test_leaving_a_region_out_is_fitting_the_rows_of_the_others(seed, formula):
    X, y, clusters = rows(seed)
    found = leave_one_out(fit_rows(X, y, clusters, COLUMNS), "arm", formula=formula, level=0.9)
    values = []
    for g, region in enumerate(found.regions):
        others = clusters != g
        expected = robust(
            fit_rows(X[others], y[others], clusters[others], COLUMNS),
            "arm",
            formula=formula,
            level=0.9,
        )
        assert region.label == str(g) and region.reason is None
        for part in ("value", "standard_error", "dof", "low", "high", "p_value"):
            assert getattr(region.contrast, part) == pytest.approx(
                getattr(expected, part), rel=1e-6
            )
        values.append(expected.value)
    assert (found.low, found.high) == pytest.approx((min(values), max(values)))
    assert found.keeps_sign == (np.sign(values) == np.sign(found.value)).all()


def test_columns_measured_from_their_means_change_nothing():
    X, y, clusters = rows(3)
    raw = leave_one_out(fit_rows(X, y, clusters, COLUMNS), "arm")
    centred = leave_one_out(fit_with_constant(X[:, 1:], y, clusters, COLUMNS[1:]), "arm")
    assert (centred.low, centred.high) == pytest.approx((raw.low, raw.high))


def test_years_beside_their_squares_can_be_left_out_too():
    X, y, clusters = rows(7)
    years = 1970.0 + np.arange(len(y)) % 11
    raw = np.column_stack([X, years, years**2])
    near = np.column_stack([X, years - 1976, (years - 1976) ** 2])
    names = (*COLUMNS, "year", "square")
    a, b = (leave_one_out(fit_rows(M, y, clusters, names), "arm") for M in (raw, near))
    assert (a.low, a.high) == pytest.approx((b.low, b.high), rel=1e-5)


def test_the_only_pilot_region_cannot_be_left_out():
    X, y, clusters = rows(1, pilot=1)
    found = leave_one_out(fit_rows(X, y, clusters, COLUMNS), "arm")
    assert found.regions[0].contrast is None and found.regions[0].reason == "collinear"
    assert all(region.contrast for region in found.regions[1:])
    assert not found.keeps_sign


def test_of_two_regions_neither_can_be_left_out():
    X, y, clusters = rows(1, (5, 6), pilot=1)
    found = leave_one_out(fit_rows(X, y, clusters, COLUMNS), "child")
    assert {region.reason for region in found.regions} == {"collinear"}
    assert found.low is None and found.high is None


def test_a_result_that_one_region_makes_does_not_keep_its_sign():
    X, y, clusters = rows(2)
    y = np.where(clusters == 0, 50.0, y - 5 * X[:, 1])
    assert not leave_one_out(fit_rows(X, y, clusters, COLUMNS), "arm").keeps_sign
    assert leave_one_out(fit_rows(X, y + 90 * X[:, 1], clusters, COLUMNS), "arm").keeps_sign


# --- leverage -------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=25)
@drawn(seed=st.integers(0, 100_000), column=st.sampled_from(["arm", "child"]))
def test_leverage_is_that_of_the_projection_written_out(seed, column):
    X, y, clusters = rows(seed)
    found = leverage(fit_rows(X, y, clusters, COLUMNS), column)
    H = X @ np.linalg.inv(X.T @ X) @ X.T
    j = COLUMNS.index(column)
    rest = np.delete(X, j, axis=1)
    own = X[:, j] - rest @ np.linalg.lstsq(rest, X[:, j], rcond=None)[0]
    groups = [clusters == g for g in range(6)]
    assert found.whole == pytest.approx(np.array([np.trace(H[np.ix_(g, g)]) for g in groups]))
    assert found.partial == pytest.approx(np.array([own[g] @ own[g] for g in groups]) / (own @ own))
    assert found.whole.sum() == pytest.approx(3) and found.partial.sum() == pytest.approx(1)
    for rho, effective in ((0.0, found.effective), (1.0, found.effective_alike)):
        shared = [np.eye(g.sum()) * (1 - rho) + rho for g in groups]
        gamma = np.array([own[g] @ S @ own[g] for g, S in zip(groups, shared, strict=True)])
        assert effective == pytest.approx(
            6 / (1 + np.mean((gamma / gamma.mean() - 1) ** 2)), rel=1e-6
        )


def test_equal_regions_count_fully_and_one_large_one_hardly_any():
    even = leverage(fit_rows(*rows_of_arm_only((9,) * 8), ("constant", "arm")), "arm")
    assert even.effective == pytest.approx(8) and even.effective_alike == pytest.approx(8)
    uneven = leverage(
        fit_rows(*rows_of_arm_only((900, 9, 9, 9, 9, 9, 9, 9)), ("constant", "arm")), "arm"
    )
    assert uneven.effective < 7.5 and uneven.effective_alike < 6


def rows_of_arm_only(sizes):
    X, y, clusters = rows(1, sizes, pilot=4)
    return X[:, :2], y, clusters


def test_a_dummy_for_every_region_leaves_no_sums():
    X, y, clusters = rows(4)
    dummies = (clusters[:, None] == np.arange(6)).astype(float)
    fit = fit_rows(np.column_stack([X[:, 2], dummies]), y, clusters, ("child", *"abcdef"))
    found = leverage(fit, "child")
    assert found.effective_alike is None and 1 < found.effective <= 6
