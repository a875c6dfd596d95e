from math import sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from evaluation.analysis.inference.cluster_moments import merge, moments_of
from evaluation.analysis.inference.cluster_robust import Formula, robust
from evaluation.analysis.inference.least_squares import fit_moments, fit_rows, fit_with_constant
from evaluation.analysis.inference.wild_bootstrap import wild_bootstrap
from evaluation.analysis.inference.wild_draws import Weights, draws_of
from evaluation.analysis.inference.wild_scores import Kind
from evaluation.errors import EstimationError
from tests.evaluation.analysis.given import case_file
from tests.evaluation.analysis.inference import wild_by_hand
from tests.evaluation.analysis.inference.reference import agrees, pilot_a

COLUMNS = ("constant", "arm", "child")


def rows(seed=0, sizes=(5, 3, 6, 4, 5, 4), effect=0.5):
    """A constant, an arm of half the clusters, something of each child's own."""
    rng = np.random.default_rng(seed)
    clusters = np.repeat(np.arange(len(sizes)), sizes)
    arm = clusters < (len(sizes) + 1) // 2
    X = np.column_stack([np.ones(len(arm)), arm, rng.normal(size=len(arm))])
    shared = rng.normal(0, 0.5, len(sizes))[clusters]
    return X, effect * arm + shared + rng.normal(size=len(arm)), clusters


def fitted(seed=0, sizes=(5, 3, 6, 4, 5, 4)):
    return fit_rows(*rows(seed, sizes), COLUMNS)


# --- the same counts as refitting every draw ----------------------------------------------------


@settings(deadline=None, max_examples=40)
@drawn(
    seed=st.integers(0, 100_000),
    sizes=st.lists(st.integers(2, 6), min_size=4, max_size=6),
    kind=st.sampled_from(list(Kind)),
    null=st.sampled_from([0.0, 0.3, -1.0]),
    column=st.sampled_from(["arm", "child"]),
)
def test_counts_are_those_of_refitting_the_rows_of_every_draw(seed, sizes, kind, null, column):
    X, y, clusters = rows(seed, sizes)
    c = np.eye(3)[COLUMNS.index(column)]
    assume(all(np.linalg.cond(X[clusters != g]) < 100 for g in set(clusters)))
    found = wild_bootstrap(
        fit_rows(X, y, clusters, COLUMNS), column, kind=kind, null=null, level=None
    )
    t, draws, greater, ties = wild_by_hand.counts(X, y, clusters, c, kind=kind, null=null)
    assert found.statistic == pytest.approx(t)
    assert (found.draws, found.greater, found.ties) == (draws, greater, ties)
    assert found.p_value == pytest.approx((greater + ties) / 2 ** len(sizes))


@pytest.mark.parametrize("kind", Kind)
def test_webb_s_six_points_are_all_gone_through(kind):
    X, y, clusters = rows(2, (4, 3, 5, 4))
    points = [sign * sqrt(size) for sign in (-1, 1) for size in (0.5, 1, 1.5)]
    found = wild_bootstrap(
        fit_rows(X, y, clusters, COLUMNS), "arm", kind=kind, weights=Weights.WEBB
    )
    expected = wild_by_hand.counts(X, y, clusters, np.eye(3)[1], kind=kind, null=0.0, points=points)
    assert (found.statistic, found.draws, found.greater, found.ties) == pytest.approx(expected)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("seed", range(3))
def test_schools_may_carry_the_weights_while_regions_carry_the_error(kind, seed):
    X, y, regions = rows(seed, (4, 6, 4, 5))
    schools = np.array([f"{r}-{i % 2}" for i, r in enumerate(regions)])
    by_school = fit_rows(X, y, schools, COLUMNS)
    region_of = [label.split("-")[0] for label in by_school.moments.labels]
    found = wild_bootstrap(by_school, "arm", kind=kind, clusters=region_of)
    expected = wild_by_hand.counts(X, y, regions, np.eye(3)[1], kind=kind, null=0.0, parts=schools)
    assert (found.statistic, found.draws, found.greater, found.ties) == pytest.approx(expected)
    whole = robust(fit_rows(X, y, regions, COLUMNS), "arm", formula=Formula.CR1S)
    assert found.standard_error == pytest.approx(whole.standard_error)


def test_a_region_must_be_named_for_every_school():
    with pytest.raises(AssertionError, match="one cluster for each"):
        wild_bootstrap(fitted(), "arm", clusters=["a", "b"])


def test_a_model_of_one_column_has_nothing_across_it():
    X, y, clusters = rows(3)
    x = X[:, 2:] + 1
    for kind in Kind:
        found = wild_bootstrap(fit_rows(x, y, clusters, ("x",)), "x", kind=kind)
        expected = wild_by_hand.counts(x, y, clusters, np.ones(1), kind=kind, null=0.0)
        assert (found.statistic, found.draws, found.greater, found.ties) == pytest.approx(expected)


# --- what cannot matter -------------------------------------------------------------------------


@settings(deadline=None, max_examples=25)
@drawn(seed=st.integers(0, 100_000), kind=st.sampled_from(list(Kind)))
def test_names_order_scale_and_sign_do_not_matter(seed, kind):
    X, y, clusters = rows(seed)
    plain = wild_bootstrap(fit_rows(X, y, clusters, COLUMNS), "arm", kind=kind)
    order = np.random.default_rng(seed).permutation(len(y))
    renamed = np.array(["zz", "m", "a", "q", "b", "k"])[clusters]
    moved = X @ np.array([[1, 0, 7], [0, 1, 0], [0, 0, 100]])
    other = wild_bootstrap(
        fit_rows(moved[order], 5 - 2 * y[order], renamed[order], COLUMNS), "arm", kind=kind
    )
    assert (other.greater, other.ties) == (plain.greater, plain.ties)
    assert other.statistic == pytest.approx(-plain.statistic)
    ends = plain.interval.high, plain.interval.low
    assert (other.interval.low, other.interval.high) == pytest.approx(
        tuple(-2 * e for e in ends), abs=1e-6
    )


def test_moments_made_in_parts_give_the_same_counts():
    X, y, clusters = rows(5, (9, 8, 7, 6, 9, 5))
    parts = [moments_of(X[i::3], y[i::3], clusters[i::3], COLUMNS) for i in range(3)]
    merged = wild_bootstrap(fit_moments(merge(merge(parts[2], parts[0]), parts[1])), "arm")
    whole = wild_bootstrap(fit_rows(X, y, clusters, COLUMNS), "arm")
    assert (merged.greater, merged.ties) == (whole.greater, whole.ties)
    assert merged.interval.low == pytest.approx(whole.interval.low)


def test_columns_far_from_zero_and_near_collinear_do_not_matter():
    X, y, clusters = rows(7)
    years = 1970.0 + np.arange(len(y)) % 11
    raw = np.column_stack([X, years, years**2])
    near = np.column_stack([X, years - 1976, (years - 1976) ** 2])
    names = (*COLUMNS, "year", "square")
    for kind in Kind:
        a = wild_bootstrap(fit_rows(raw, y, clusters, names), "arm", kind=kind)
        b = wild_bootstrap(fit_rows(near, y, clusters, names), "arm", kind=kind)
        assert (a.greater, a.ties) == (b.greater, b.ties)
        assert a.interval.high == pytest.approx(b.interval.high, rel=1e-5)


# --- the interval -------------------------------------------------------------------------------


@settings(deadline=None, max_examples=40)
@drawn(
    seed=st.integers(0, 100_000),
    kind=st.sampled_from(list(Kind)),
    level=st.sampled_from([0.8, 0.9, 0.95]),
)
def test_the_interval_ends_where_the_test_begins_to_reject(seed, kind, level):
    fit = fitted(seed, (5, 3, 6, 4, 5, 4, 7))
    found = wild_bootstrap(fit, "arm", kind=kind, level=level)
    step = 1e-5 * found.standard_error
    ends = {
        "p_value": (found.interval, {"p_value": 1}),
        "p_strict": (found.interval_strict, {"p_strict": 1}),
    }
    for p, (interval, _) in ends.items():
        assert interval.low <= found.value <= interval.high
        for end, out in ((interval.low, -step), (interval.high, step)):
            if np.isfinite(end):
                inside = wild_bootstrap(fit, "arm", kind=kind, null=end - out, level=None)
                outside = wild_bootstrap(fit, "arm", kind=kind, null=end + out, level=None)
                assert getattr(inside, p) > 1 - level >= getattr(outside, p) - 1e-12
    assert found.interval.low <= found.interval_strict.low
    assert found.interval_strict.high <= found.interval.high


def test_with_five_regions_no_effect_whatever_is_rejected():
    found = wild_bootstrap(fitted(1, (5, 6, 4, 7, 5)), "arm")
    assert found.floor == 2 / 32
    assert (found.interval.low, found.interval.high) == (-np.inf, np.inf)
    assert np.isfinite([found.interval_strict.low, found.interval_strict.high]).all()


def test_an_interval_that_was_not_asked_for_is_not_there():
    found = wild_bootstrap(fitted(), "arm", level=None)
    assert found.interval is None and found.interval_strict is None


# --- floors, ties and draws by lot --------------------------------------------------------------


def test_an_effect_beyond_doubt_reaches_the_floor_and_never_zero():
    X, y, clusters = rows(4)
    fit = fit_rows(X, y + 100 * X[:, 1], clusters, COLUMNS)
    found = wild_bootstrap(fit, "arm", level=None)
    assert found.p_value == found.floor == 2 / 2**6 and found.p_strict == 0
    six = wild_bootstrap(fit, "arm", weights=Weights.WEBB, level=None)
    assert six.floor == 6 / 6**6 == six.ties / six.draws <= six.p_value < 0.001


def test_draws_by_lot_come_near_to_all_draws():
    fit = fitted(11, (4, 5, 3, 6, 5, 4, 5, 4, 6))
    exact = wild_bootstrap(fit, "arm", weights=Weights.RADEMACHER)
    six = wild_bootstrap(
        fit, "arm", weights=Weights.WEBB, draws=9_999, rng=np.random.default_rng(5)
    )
    assert exact.exact and exact.draws == 512
    assert not six.exact and six.draws == 10_000 and six.floor == 1 / 10_000
    assert "drawn" in six.method and "all" in exact.method
    # Two distributions of weights, of which the fewer points are the coarser.
    assert six.p_value == pytest.approx(exact.p_value, abs=0.05)
    assert six.interval.low == pytest.approx(exact.interval.low, abs=0.3 * exact.standard_error)


def test_more_than_twenty_regions_are_drawn_the_same_again_from_the_same_seed():
    fit = fitted(2, (3,) * 30)
    first, again, other = (
        wild_bootstrap(fit, "arm", draws=5_000, rng=np.random.default_rng(seed))
        for seed in (1, 1, 2)
    )
    assert first == again != other
    assert first.p_value == pytest.approx(other.p_value, abs=4 * sqrt(0.25 / 5_000))
    cr2 = robust(fit, "arm")
    assert first.p_value == pytest.approx(cr2.p_value, abs=0.05)


def test_what_must_be_drawn_needs_something_to_draw_from():
    with pytest.raises(AssertionError, match="pass a generator"):
        wild_bootstrap(fitted(2, (3,) * 21), "arm")


@pytest.mark.parametrize("kind", Kind)
def test_p_is_never_zero_where_draws_are_by_lot(kind):
    X, y, clusters = rows(4, (3,) * 24)
    fit = fit_rows(X, y + 100 * X[:, 1], clusters, COLUMNS)
    found = wild_bootstrap(fit, "arm", kind=kind, draws=199, rng=np.random.default_rng(0))
    assert found.p_value >= 1 / 200 == found.floor


@pytest.mark.parametrize(("weights", "H"), [(Weights.RADEMACHER, 13), (Weights.WEBB, 5)])
def test_every_vector_or_its_mirror_is_made_once(weights, H):
    draws = draws_of(weights, H, draws=0, rng=None)
    vectors = np.vstack(list(draws.chunks()))
    both = {tuple(v) for v in vectors} | {tuple(-v) for v in vectors}
    assert len(both) == 2 * len(vectors) == draws.total == len(weights.points) ** H


# --- what cannot be answered --------------------------------------------------------------------


def test_one_region_is_refused():
    X, y, _ = rows()
    with pytest.raises(EstimationError, match="one_cluster"):
        wild_bootstrap(fit_rows(X, y, np.zeros(len(y)), COLUMNS), "arm")


def test_an_outcome_without_chance_is_refused():
    X, _, clusters = rows()
    with pytest.raises(EstimationError, match="no_residual_variation"):
        wild_bootstrap(fit_rows(X, X @ np.ones(3), clusters, COLUMNS), "arm")


def test_one_pilot_region_drives_the_two_kinds_apart_and_only_wcu31_refuses():
    X, y, clusters = rows(9)
    X[:, 1] = clusters == 0
    fit = fit_rows(X, y + 3 * X[:, 1], clusters, COLUMNS)
    restricted, unrestricted = (
        wild_bootstrap(fit, "arm", kind=k) for k in (Kind.WCR11, Kind.WCU11)
    )
    # Far apart, which is the sign of too few treated clusters (MacKinnon & Webb 2017).
    assert unrestricted.p_value < 0.01 < 0.05 < restricted.p_value
    assert wild_bootstrap(fit, "arm", kind=Kind.WCR31).p_value > 0.05
    with pytest.raises(EstimationError, match="cluster_alone"):
        wild_bootstrap(fit, "arm", kind=Kind.WCU31)


def test_a_dummy_for_every_region_leaves_the_jackknife_what_lies_within():
    X, y, clusters = rows(6)
    dummies = (clusters[:, None] == np.arange(6)).astype(float)
    fit = fit_rows(np.column_stack([X[:, 2], dummies]), y, clusters, ("child", *"abcdef"))
    within = X[:, 2:] - dummies @ (dummies.T @ X[:, 2:] / dummies.sum(axis=0)[:, None])
    outcome = y - dummies @ (dummies.T @ y / dummies.sum(axis=0))
    for kind in (Kind.WCR11, Kind.WCR31, Kind.WCU11, Kind.WCU31):
        found = wild_bootstrap(fit, "child", kind=kind, null=0.1, level=None)
        _, _, greater, ties = wild_by_hand.counts(
            within, outcome, clusters, np.ones(1), kind=kind, null=0.1
        )
        assert (found.greater, found.ties) == (greater, ties)


# --- the answers of R's fwildclusterboot and Stata's boottest -----------------------------------


def answers(test, prefix):
    found = {
        f"{prefix}t": test.statistic,
        f"{prefix}n_draws": test.draws,
        f"{prefix}n_greater": test.greater,
        f"{prefix}n_ties": test.ties,
        f"{prefix}p_strict": test.p_strict,
        f"{prefix}p_inclusive": test.p_value,
        "estimate": test.value,
        "se_CR1S": test.standard_error,
    }
    for name, interval in (("inclusive", test.interval), ("strict", test.interval_strict)):
        if interval is not None:
            found |= {
                f"{prefix}ci95_{name}[0]": interval.low,
                f"{prefix}ci95_{name}[1]": interval.high,
            }
    return found


def eight_years(path):
    frame = pd.read_csv(case_file("gruber_poterba_collapsed.csv"))
    names = ("selfemployed", "post", "post_self")
    slopes, y = frame[list(names)].to_numpy(dtype=float), frame.hasinsurance.to_numpy()
    if path == "centred":
        return fit_with_constant(slopes, y, frame.year, names)
    X = np.column_stack([np.ones(len(y)), slopes])
    return fit_moments(moments_of(X, y, frame.year, ("constant", *names)))


@pytest.mark.parametrize("path", ["centred", "moments"])
def test_it_agrees_with_fwildclusterboot_and_boottest_on_eight_years(path):
    fit, found = eight_years(path), {}
    found |= answers(wild_bootstrap(fit, "post"), "post_eq_0.")
    for kind in Kind:
        found |= answers(wild_bootstrap(fit, "post_self", kind=kind, null=0.04), f"{kind}.")
    agrees("wcb_gruber_poterba_enumerated", found)


def test_it_agrees_with_all_of_webb_s_draws_on_eight_years():
    test = wild_bootstrap(
        eight_years("centred"), "post_self", null=0.04, weights=Weights.WEBB, level=None
    )
    agrees("wcb_gruber_poterba_webb_exact", answers(test, ""))


def test_it_agrees_with_fwildclusterboot_on_a_pilot():
    fit, found = pilot_a(), {}
    for kind in Kind:
        found |= answers(wild_bootstrap(fit, "pilot", kind=kind), f"{kind}.")
    agrees("wcb_pilot_a_enumerated", found)
