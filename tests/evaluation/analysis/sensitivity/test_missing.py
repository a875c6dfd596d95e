"""Imputation, its pooling, bounds, attrition, shifts: what must hold, by drawing and by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evaluation.analysis.inference.contrast import by_t
from evaluation.analysis.sensitivity.attrition import attrition
from evaluation.analysis.sensitivity.delta_band import delta_band
from evaluation.analysis.sensitivity.imputation import draw_from, impute, keep
from evaluation.analysis.sensitivity.lee_bounds import critical_value, lee_bounds, lowest
from evaluation.analysis.sensitivity.pooling import pool
from evaluation.errors import EstimationError

NAN = float("nan")


def rng(seed=1):
    return np.random.default_rng(seed)


# Pooling


def test_where_nothing_varies_between_tables_the_complete_answer_comes_back():
    found = pool(np.full(50, 0.3), np.full(50, 0.04), dof=5.5)
    complete = by_t(0.3, 0.2, 5.5, level=0.95, null=0.0, method=found.contrast.method)
    assert found.contrast.value == pytest.approx(complete.value)
    assert (found.contrast.dof, found.missing_share) == (5.5, 0.0)
    assert found.contrast.low == pytest.approx(complete.low)
    assert found.dof_large == float("inf")


@settings(deadline=None, max_examples=30)
@given(
    values=st.lists(st.floats(-1, 1), min_size=3, max_size=60),
    dof=st.floats(2, 100),
    variance=st.floats(0.01, 1),
)
def test_missing_values_never_add_degrees_of_freedom_or_precision(values, dof, variance):
    found = pool(np.array(values), np.full(len(values), variance), dof=dof)
    assert found.contrast.dof <= dof + 1e-9
    assert found.contrast.standard_error >= variance**0.5 - 1e-12
    assert 0 <= found.missing_share < 1


POOLED = {
    "few_tables": (np.ones(1), np.ones(1)),
    "not_finite": (np.array([1.0, NAN]), np.ones(2)),
    "no_residual_variation": (np.ones(2), np.zeros(2)),
}


@pytest.mark.parametrize("rule", POOLED)
def test_what_cannot_be_pooled_is_refused(rule):
    with pytest.raises(EstimationError) as refused:
        pool(*POOLED[rule], dof=5)
    assert refused.value.rule == rule


# Imputation


def test_a_table_without_gaps_comes_back_as_it_is():
    table = pd.DataFrame(rng().normal(size=(20, 3)), columns=list("abc"))
    for filled in impute(table, rng=rng(), tables=3):
        assert np.array_equal(filled, table.to_numpy())


def holed(seed=3, n=400):
    """b = a + noise; b is missing where a is high, so the seen b's are too low (MAR)."""
    drawn = rng(seed)
    a = drawn.normal(size=n)
    b = a + drawn.normal(size=n) * 0.5
    gone = drawn.random(n) < 1 / (1 + np.exp(-2 * a))
    return pd.DataFrame({"a": a, "b": np.where(gone, NAN, b)}), b


def test_values_missing_by_what_is_seen_are_filled_without_bias():
    table, truth = holed()
    seen = np.isfinite(table["b"].to_numpy())
    filled = list(impute(table, rng=rng(), tables=30, rounds=3))
    mean = np.mean([one[:, 1].mean() for one in filled])
    assert table["b"].mean() < truth.mean() - 0.3
    assert mean == pytest.approx(truth.mean(), abs=0.06)
    assert all(np.array_equal(one[seen, 1], truth[seen]) for one in filled)
    # Every table is another: what is filled in is uncertain.
    assert np.std([one[~seen, 1].mean() for one in filled]) > 0


def test_the_same_seed_fills_in_the_same():
    table, _ = holed()
    first, again = (list(impute(table, rng=rng(5), tables=2)) for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))


def test_intervals_after_imputation_cover_as_they_should():
    """100 tables, missing by what is seen, means pooled over 12: 95 expected, chance 2.2."""
    held = 0
    for seed in range(100):
        table, _ = holed(seed, n=120)
        filled = [one[:, 1] for one in impute(table, rng=rng(seed), tables=12, rounds=2)]
        pooled = pool(
            np.array([one.mean() for one in filled]),
            np.array([one.var(ddof=1) / 120 for one in filled]),
            dof=119,
        ).contrast
        held += pooled.low <= 0 <= pooled.high
    assert 88 <= held <= 100


def test_the_draws_have_the_spread_of_the_regression():
    rows = np.column_stack([np.ones(5000), rng(1).normal(size=5000), np.zeros(5000)])
    rows[:, 2] = rows[:, :2] @ [1.0, 2.0] + rng(2).normal(size=5000) * 0.7
    drawn = draw_from(rows.T @ rows, 2, np.tile([1.0, 3.0, 0.0], (20_000, 1)), rng(3))
    assert drawn.mean() == pytest.approx(7, abs=0.1)
    assert drawn.std() == pytest.approx(0.7, abs=0.03)


def drawn_by_rows(table, at, gone, lot):
    """The same draw from the rows themselves: their least squares, with the same lots."""
    seen, others = ~gone, [j for j in range(table.shape[1]) if j != at]
    X = table[:, others] - table[seen][:, others].mean(axis=0)
    X = np.column_stack([np.ones(len(X)), X])
    y = table[seen, at]
    b, squares, *_ = np.linalg.lstsq(X[seen], y, rcond=None)
    spread = np.sqrt(squares[0] / lot.chisquare(len(y) - X.shape[1]))
    L = np.linalg.cholesky(X[seen].T @ X[seen])
    b = b + spread * np.linalg.solve(L.T, lot.standard_normal(X.shape[1]))
    return X[gone] @ b + spread * lot.standard_normal(gone.sum())


def test_the_chain_from_cross_products_is_the_chain_from_rows():
    """Three columns with gaps, ten rounds, two tables; the ridge is a hundred-millionth."""
    lot = rng(11)
    whole = lot.multivariate_normal([3, 0, 8, 1], 0.5 * np.eye(4) + 0.5, size=150)
    values = np.where(lot.random((150, 4)) < [0.0, 0.1, 0.3, 0.2], NAN, whole)
    gaps, ours = np.isnan(values), impute(pd.DataFrame(values), rng=rng(5), tables=2)
    table, theirs = values.copy(), rng(5)
    for j in range(4):
        seen = values[~gaps[:, j], j]
        table[gaps[:, j], j] = seen[np.argmin(np.abs(seen - seen.mean()))]
    for filled in ours:
        for _ in range(10):
            for j in np.argsort(gaps.sum(axis=0))[1:]:
                table[gaps[:, j], j] = drawn_by_rows(table, j, gaps[:, j], theirs)
        assert filled == pytest.approx(table, abs=1e-5)


def marks():
    """Of 200 children in five regions: a region that lost all of its children, so that its mark is
    nought wherever the score is known; and two marks that are the same wherever it is."""
    region, first = np.arange(200) % 5, np.arange(200) < 4
    lost = {"a region lost": region == 4}
    alike = {"one": region == 3, "other": (region == 3) | first}
    return {"flat": (lost, region == 4), "alike": (alike, first), "both": (lost | alike, (region == 4) | first)}  # fmt: skip


@pytest.mark.parametrize("what", marks())
def test_what_the_rows_seen_say_nothing_about_has_no_part_in_what_is_drawn(what):
    columns, gone = marks()[what]
    table, truth = holed(n=200)
    table["b"] = np.where(gone, NAN, truth)
    for filled in impute(table.assign(**columns).astype(float), rng=rng(), tables=5, rounds=3):
        assert np.abs(filled[gone, 1] - truth[gone]).max() < 4


def test_a_row_of_which_nothing_is_known_is_filled_in_too():
    table, _ = holed(n=60)
    table.loc[[3, 40]] = NAN
    for filled in impute(table, rng=rng(), tables=2, rounds=2):
        assert filled.shape == table.shape and np.isfinite(filled).all()


def test_what_was_filled_in_is_kept_without_the_rest():
    table, _ = holed(n=50)
    made = list(impute(table, rng=rng(2), tables=3, rounds=2))
    kept = keep(table.to_numpy(), made)
    assert len(kept) == 3 and kept.drawn.shape == (3, table["b"].isna().sum())
    assert all(np.array_equal(a, b) for a, b in zip(kept, made, strict=True))
    first = keep(table[["a"]].to_numpy(), made)
    assert [one.shape for one in first] == [(50, 1)] * 3


def test_a_column_that_follows_from_others_does_no_harm():
    table, _ = holed(n=60)
    table["c"] = 2 * table["a"]
    table["d"] = 0.0
    assert all(np.isfinite(one).all() for one in impute(table, rng=rng(), tables=2, rounds=2))


UNFILLED = {
    "column_empty": pd.DataFrame({"a": [1.0, 2.0], "b": [NAN, NAN]}),
    "few_answers": pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [1.0, NAN, NAN]}),
    "not_finite": pd.DataFrame({"a": [1.0, np.inf], "b": [NAN, 1.0]}),
}


@pytest.mark.parametrize("rule", UNFILLED)
def test_tables_that_nothing_can_be_learned_from_are_refused(rule):
    with pytest.raises(EstimationError) as refused:
        impute(UNFILLED[rule], rng=rng())
    assert refused.value.rule == rule


# Lee's bounds


def flags(*said):
    return np.array(said, dtype=bool)


def test_the_lowest_share_counts_the_last_one_by_its_fraction():
    assert lowest(np.array([1.0, 2.0, 3.0]), 0.5) == pytest.approx((1 + 0.5 * 2) / 1.5)
    assert lowest(np.array([1.0, 2.0]), 1.0) == 1.5


def test_bounds_by_hand():
    """Pilot keeps 4 of 4, comparison 3 of 4: one of the four pilot children is left out."""
    outcome = np.array([1.0, 2, 3, 4, 1, 2, 3, NAN])
    seen, pilot = flags(1, 1, 1, 1, 1, 1, 1, 0), flags(1, 1, 1, 1, 0, 0, 0, 0)
    found = lee_bounds(outcome, seen, pilot)
    assert (found.lower, found.naive, found.upper) == pytest.approx((0.0, 0.5, 1.0))
    assert (found.trimmed, found.trim_share) == ("pilot", 0.25)
    assert (found.low, found.high) == (None, None)
    other = lee_bounds(-outcome, seen, ~pilot)
    assert (other.lower, other.upper, other.trimmed) == (
        pytest.approx(found.lower),
        pytest.approx(found.upper),
        "comparison",
    )


def test_without_a_difference_in_loss_there_is_one_point():
    found = lee_bounds(np.arange(6.0), flags(1, 1, 0, 1, 1, 0), flags(1, 1, 1, 0, 0, 0))
    assert found.trimmed == "" and found.lower == found.upper == found.naive


def lost_by_arm(seed, regions=10, children=40):
    """The comparison arm loses its weakest children for good; the pilot arm nobody. Effect .5."""
    drawn = rng(seed)
    region = np.repeat(np.arange(regions), children)
    pilot = region < regions / 2
    plain = drawn.normal(size=regions)[region] * 0.15 + drawn.normal(size=len(region))
    weak = plain < np.quantile(plain, 0.15)
    return plain + 0.5 * pilot, ~(weak & ~pilot), pilot, region.astype(object), plain, weak


def test_bounds_hold_the_truth_where_the_weakest_were_lost():
    """The truth is that of children who stay in either arm; 200 studies, MNAR by construction."""
    held, missed = 0, 0
    for seed in range(200):
        outcome, seen, pilot, regions, _, _ = lost_by_arm(seed)
        found = lee_bounds(outcome, seen, pilot, regions=regions)
        held += found.low <= 0.5 <= found.high
        missed += not found.naive - 0.1 <= 0.5 <= found.naive + 0.1
    assert held / 200 >= 0.93
    assert missed / 200 > 0.5


def test_one_region_or_a_region_that_carries_an_arm_leaves_no_interval():
    outcome, seen = np.arange(8.0), flags(1, 1, 1, 1, 1, 1, 0, 0)
    pilot = flags(1, 1, 0, 0, 1, 1, 0, 0)
    one = lee_bounds(outcome, seen, pilot, regions=np.array(list("aabbaabb"), dtype=object))
    assert one.low is None
    carried = lee_bounds(outcome, seen, pilot, regions=np.array(list("aabbccdd"), dtype=object))
    assert (carried.low, carried.high) == (None, None)


def test_the_critical_value_lies_between_the_one_and_the_two_sided():
    one, two = (float(stats.t.ppf(share, 8)) for share in (0.95, 0.975))
    assert critical_value(0.0, 1.0, 8, 0.95) == pytest.approx(two)
    assert critical_value(1e6, 1.0, 8, 0.95) == pytest.approx(one)
    assert critical_value(0.5, 0.0, 8, 0.95) == pytest.approx(two)
    middle = critical_value(0.5, 1.0, 8, 0.95)
    assert one < middle < two
    assert stats.t.cdf(middle + 0.5, 8) - stats.t.cdf(-middle, 8) == pytest.approx(0.95)


UNBOUNDED = {
    "empty_cell": (np.ones(2), flags(1, 1), flags(1, 1)),
    "arm_lost": (np.ones(4), flags(1, 1, 0, 0), flags(1, 1, 0, 0)),
    "not_finite": (np.array([1.0, NAN]), flags(1, 1), flags(1, 0)),
}


@pytest.mark.parametrize("rule", UNBOUNDED)
def test_bounds_that_cannot_be_had_are_refused(rule):
    with pytest.raises(EstimationError) as refused:
        lee_bounds(*UNBOUNDED[rule])
    assert refused.value.rule == rule


# Attrition


def test_the_lost_are_counted_by_arm_and_region():
    baseline = np.array([1.0, 2, 3, 4, 5, NAN, 1, 2, 3, 4])
    seen = flags(0, 0, 1, 1, 1, 1, 1, 1, 1, 0)
    pilot = flags(1, 1, 1, 1, 1, 0, 0, 0, 0, 0)
    regions = np.array(list("aabbbcccdd"), dtype=object)
    found = attrition(baseline, seen, pilot, regions)
    assert (found.pilot.began, found.pilot.lost, found.comparison.lost) == (5, 2, 1)
    assert found.overall == pytest.approx(0.3)
    assert found.differential == pytest.approx(0.2)
    assert found.red
    assert [(r.label, r.began, r.lost) for r in found.regions] == [
        ("a", 2, 2), ("b", 3, 0), ("c", 3, 0), ("d", 2, 1),
    ]  # fmt: skip
    spread = np.sqrt((0.5 + 2.0) / 3)
    assert found.pilot.gap == pytest.approx((1.5 - 4) / spread)
    assert found.comparison.gap is None


@pytest.mark.parametrize(
    ("most", "apart", "red"), [(0.31, 0.21, False), (0.29, 0.21, True), (0.31, 0.19, True)]
)
def test_attrition_is_red_where_either_limit_is_passed(most, apart, red):
    seen, pilot = flags(0, 0, 1, 1, 1, 1, 1, 1, 1, 0), flags(1, 1, 1, 1, 1, 0, 0, 0, 0, 0)
    found = attrition(
        np.arange(10.0),
        seen,
        pilot,
        np.array(["r"] * 10, dtype=object),
        most=most,
        most_apart=apart,
    )
    assert found.red is red


def test_an_arm_without_children_has_no_attrition():
    with pytest.raises(EstimationError, match="empty_cell"):
        attrition(np.ones(2), flags(1, 1), flags(1, 1), np.array(["a", "b"], dtype=object))


# Shifts


def difference(pilot):
    def analysis(table, endline):
        arms = endline[pilot], endline[~pilot]
        value = arms[0].mean() - arms[1].mean()
        error = np.sqrt(sum(arm.var(ddof=1) / len(arm) for arm in arms))
        return by_t(value, error, 18, level=0.95, null=0.0, method="by hand")

    return analysis


def test_a_shift_moves_the_estimate_in_a_straight_line_and_says_where_it_turns():
    pilot = np.arange(20) < 10
    moved = np.arange(20) < 2
    tables = [np.column_stack([rng(s).normal(size=20) + 0.4 * pilot]) for s in range(5)]
    found = delta_band(tables, moved, 0, difference(pilot), deltas=(0.5, -0.5, 0.0), dof=18)
    values = [one.contrast.value for one in found.shifted]
    assert [one.delta for one in found.shifted] == [-0.5, 0.0, 0.5]
    assert np.diff(values) == pytest.approx([0.1, 0.1])
    assert found.turns_at == pytest.approx(-values[1] / 0.2)
    assert found.low == min(one.contrast.low for one in found.shifted)
    assert found.high == max(one.contrast.high for one in found.shifted)


def test_moving_nobody_turns_nothing_and_one_shift_is_no_band():
    pilot = np.arange(20) < 10
    tables = [np.column_stack([rng(s).normal(size=20)]) for s in range(2)]
    nobody = np.zeros(20, dtype=bool)
    found = delta_band(tables, nobody, 0, difference(pilot), deltas=(-1, 1), dof=18)
    assert found.turns_at is None
    with pytest.raises(EstimationError, match="few_deltas"):
        delta_band(tables, nobody, 0, difference(pilot), deltas=(1,), dof=18)
