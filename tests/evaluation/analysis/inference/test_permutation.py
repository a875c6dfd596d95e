from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import assume, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from evaluation.analysis.inference.assignments import assignments
from evaluation.analysis.inference.cluster_robust import Formula, robust
from evaluation.analysis.inference.least_squares import classical, fit_rows, fit_with_constant
from evaluation.analysis.inference.permutation import permute_regions
from evaluation.analysis.inference.permutation_floor import permutation_floor
from evaluation.analysis.inference.permuted_arm import Statistic, arm_of, permuted, without_arm
from evaluation.errors import EstimationError
from tests.evaluation.analysis.inference import by_hand
from tests.evaluation.analysis.inference.reference import agrees, pilot_a

COLUMNS = ("constant", "arm", "child")


def rows(seed=0, sizes=(5, 3, 6, 4, 5, 4), pilot=3, effect=0.5):
    rng = np.random.default_rng(seed)
    clusters = np.repeat(np.arange(len(sizes)), sizes)
    arm = clusters < pilot
    X = np.column_stack([np.ones(len(arm)), arm, rng.normal(size=len(arm))])
    return (
        X,
        effect * arm + rng.normal(0, 0.5, len(sizes))[clusters] + rng.normal(size=len(arm)),
        clusters,
    )


def refitted(X, y, clusters, chosen, statistic):
    """The statistic with the arm written anew into the rows."""
    X = X.copy()
    X[:, 1] = np.isin(clusters, chosen)
    c = np.eye(X.shape[1])[1]
    if statistic is Statistic.COEFFICIENT:
        return by_hand.robust(X, y, clusters, c, "CR0")[0]
    if statistic is Statistic.CLASSICAL:
        return classical(fit_rows(X, y, clusters, COLUMNS), "arm").statistic
    value, error, _, _ = by_hand.robust(X, y, clusters, c, statistic.value.removeprefix("t, "))
    return value / error


# --- against refitting the rows -----------------------------------------------------------------


@settings(deadline=None, max_examples=30)
@drawn(
    seed=st.integers(0, 100_000),
    sizes=st.lists(st.integers(1, 6), min_size=4, max_size=7),
    pilot=st.integers(1, 3),
    statistic=st.sampled_from(list(Statistic)),
)
def test_every_permutation_gives_what_refitting_its_rows_gives(seed, sizes, pilot, statistic):
    X, y, clusters = rows(seed, sizes, pilot)
    assume(len(y) > 4 and np.linalg.cond(X) < 100)
    found = {}
    fit = fit_rows(X, y, clusters, COLUMNS)
    observed, step = arm_of(fit, "arm")
    arms = assignments(observed, draws=0, rng=None)
    for arm, value in zip(
        arms, permuted(without_arm(fit, "arm", step), arms, statistic), strict=True
    ):
        found[tuple(np.flatnonzero(arm))] = value
    assert tuple(np.flatnonzero(arms[0])) == tuple(range(pilot))
    assert set(found) == set(combinations(range(len(sizes)), pilot))
    for chosen, value in found.items():
        arm = np.isin(clusters, chosen)
        if np.linalg.cond(np.column_stack([X[:, [0, 2]], arm])) < 100:
            expected = refitted(X, y, clusters, chosen, statistic)
            assert value == pytest.approx(expected, rel=1e-6, abs=1e-8)


@pytest.mark.parametrize("statistic", Statistic)
def test_p_counts_permutations_no_smaller_and_ties(statistic):
    X, y, clusters = rows(3)
    test = permute_regions(fit_rows(X, y, clusters, COLUMNS), "arm", statistic=statistic)
    every = [refitted(X, y, clusters, chosen, statistic) for chosen in combinations(range(6), 3)]
    assert test.observed == pytest.approx(every[0])
    assert test.permutations == 20 and test.exact
    assert test.as_large == sum(abs(value) >= abs(every[0]) - 1e-8 for value in every)
    assert test.as_high == sum(value >= every[0] - 1e-8 for value in every)
    assert test.spread == pytest.approx(np.std(every))
    assert str(statistic) in test.method


@pytest.mark.parametrize(
    ("statistic", "formula"), [(Statistic.CR1S, Formula.CR1S), (Statistic.CR2, Formula.CR2)]
)
def test_the_observed_statistic_is_the_estimate_s_own(statistic, formula):
    fit = fit_rows(*rows(4), COLUMNS)
    expected = robust(fit, "arm", formula=formula).statistic
    assert permute_regions(fit, "arm", statistic=statistic).observed == pytest.approx(expected)


# --- what cannot matter, and what cannot be ------------------------------------------------------


@settings(deadline=None, max_examples=25)
@drawn(seed=st.integers(0, 100_000), statistic=st.sampled_from(list(Statistic)))
def test_names_order_scale_and_codes_do_not_matter(seed, statistic):
    X, y, clusters = rows(seed)
    plain = permute_regions(fit_rows(X, y, clusters, COLUMNS), "arm", statistic=statistic)
    order = np.random.default_rng(seed).permutation(len(y))
    renamed = np.array(["zz", "m", "a", "q", "b", "k"])[clusters]
    slopes = np.column_stack([3 - 2 * X[:, 1], 100 * X[:, 2] + 7])
    other = permute_regions(
        fit_with_constant(slopes[order], 5 - 2 * y[order], renamed[order], ("arm", "child")),
        "arm",
        statistic=statistic,
    )
    assert other.as_large == plain.as_large and other.p_value == plain.p_value
    assert abs(other.observed) == pytest.approx(abs(plain.observed))


@pytest.mark.parametrize(("pilot", "G"), [(3, 6), (2, 6), (4, 8), (3, 9), (1, 5)])
def test_an_effect_beyond_doubt_reaches_the_floor(pilot, G):
    X, y, clusters = rows(1, (4,) * G, pilot, effect=1000)
    test = permute_regions(
        fit_rows(X, y, clusters, COLUMNS), "arm", statistic=Statistic.COEFFICIENT
    )
    assert test.p_value == pytest.approx(test.floor)
    assert test.floor == permutation_floor(pilot, G - pilot)


def test_three_against_three_can_never_reject():
    for seed in range(10):
        assert permute_regions(fit_rows(*rows(seed, effect=9), COLUMNS), "arm").p_value >= 0.10


def test_too_many_choices_are_drawn_and_the_observed_one_is_among_them():
    fit = fit_rows(*rows(2, (2,) * 24, 12, effect=50), COLUMNS)
    first, again, other = (
        permute_regions(fit, "arm", draws=499, rng=np.random.default_rng(seed))
        for seed in (1, 1, 2)
    )
    assert first == again and first.spread != other.spread
    assert first.p_value == first.floor == 1 / 500 and not first.exact
    with pytest.raises(AssertionError, match="pass a generator"):
        permute_regions(fit, "arm")


def test_drawn_arms_have_as_many_regions_as_there_were():
    pilot = np.arange(30) < 11
    arms = assignments(pilot, draws=50, rng=np.random.default_rng(1))
    assert arms.shape == (51, 30) and (arms.sum(axis=1) == 11).all()
    assert (arms[0] == pilot).all()


def test_an_arm_that_the_columns_already_tell_counts_as_extreme():
    X, y, clusters = rows(5)
    urban = np.isin(clusters, [0, 1, 4]).astype(float)
    fit = fit_rows(np.column_stack([X, urban]), y, clusters, (*COLUMNS, "urban"))
    for statistic in Statistic:
        test = permute_regions(fit, "arm", statistic=statistic)
        assert test.spread is None
        # The permuted arm that is `urban`, its mirror, and the observed arm.
        assert test.as_large >= 3


def test_many_regions_are_held_in_parts_and_no_permutation_is_lost():
    fit = fit_rows(*rows(1, (2,) * 16, 8), COLUMNS)
    pilot, step = arm_of(fit, "arm")
    arms = assignments(pilot, draws=0, rng=None)
    found = permuted(without_arm(fit, "arm", step), arms, Statistic.CR2)
    assert len(found) == comb(16, 8) and np.isfinite(found).all()
    last = permuted(without_arm(fit, "arm", step), arms[-3:], Statistic.CR2)
    assert found[-3:] == pytest.approx(last)


def test_a_region_with_children_of_both_arms_is_refused():
    X, y, clusters = rows()
    X[2, 1] = 0
    with pytest.raises(EstimationError, match="region_in_both_arms"):
        permute_regions(fit_rows(X, y, clusters, COLUMNS), "arm")
    X[:, 1] = clusters
    with pytest.raises(EstimationError, match="region_in_both_arms"):
        permute_regions(fit_rows(X, y, clusters, COLUMNS), "arm")


@pytest.mark.parametrize("statistic", [Statistic.CLASSICAL, Statistic.CR1S, Statistic.CR2])
def test_an_outcome_without_chance_has_no_t(statistic):
    X, _, clusters = rows()
    fit = fit_rows(X, X @ np.array([1.0, 2.0, 3.0]), clusters, COLUMNS)
    with pytest.raises(EstimationError, match="no_residual_variation"):
        permute_regions(fit, "arm", statistic=statistic)
    assert permute_regions(fit, "arm", statistic=Statistic.COEFFICIENT).observed == pytest.approx(2)


def test_years_beside_their_squares_change_nothing():
    X, y, clusters = rows(7)
    years = 1970.0 + np.arange(len(y)) % 11
    raw = np.column_stack([X, years, years**2])
    near = np.column_stack([X, years - 1976, (years - 1976) ** 2])
    names = (*COLUMNS, "year", "square")
    a, b = (permute_regions(fit_rows(M, y, clusters, names), "arm") for M in (raw, near))
    assert a.as_large == b.as_large and a.observed == pytest.approx(b.observed, rel=1e-6)


# --- the answers of R's ri2 and of a textbook -----------------------------------------------------


def test_it_agrees_with_ri2_on_a_pilot():
    found = {}
    for name, fit in (("ancova", pilot_a()), ("diff", pilot_a(covariates=(), baseline=False))):
        test = permute_regions(fit, "pilot", statistic=Statistic.COEFFICIENT)
        found |= {
            f"{name}.n_perm": test.permutations,
            f"{name}.obs": test.observed,
            f"{name}.n_ge_abs": test.as_large,
            f"{name}.n_ge": test.as_high,
            f"{name}.p_two_sided": test.p_value,
            f"{name}.p_upper": test.p_upper,
            f"{name}.min_p": 1 / test.permutations,
            f"{name}.perm_sd": test.spread,
        }
    agrees("ri_pilot_a", found)


def test_it_agrees_with_gerber_and_green_s_villages():
    treated = np.array([1.0, 0, 0, 0, 0, 0, 1])
    budget = np.array([15.0, 15, 20, 20, 10, 15, 30])
    fit = fit_with_constant(treated[:, None], budget, np.arange(7), ("arm",))
    test = permute_regions(fit, "arm", statistic=Statistic.COEFFICIENT)
    agrees(
        "ri_gerber_green_villages",
        {
            "ate": test.observed,
            "p_two": test.p_value,
            "p_upper": test.p_upper,
            "n_perm": test.permutations,
        },
    )
