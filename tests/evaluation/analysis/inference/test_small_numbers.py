"""The one-line ideas: t, permutation floor, smallest effect, standard deviations, multiplicity."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from scipy import stats

from evaluation.analysis.inference.contrast import by_t, t_quantile
from evaluation.analysis.inference.multiplicity import adjust
from evaluation.analysis.inference.permutation_floor import permutation_floor
from evaluation.analysis.inference.smallest_effect import smallest_effect
from evaluation.analysis.inference.standardised import in_standard_deviations, standardised_gap


@pytest.mark.parametrize("dof", [1, 1.7, 2.5, 3.4, 5.48, 24.58, 700.0, 1e6])
@pytest.mark.parametrize("value", [-3.1, 0.0, 0.4, 12.0])
def test_intervals_and_p_values_are_student_s(dof, value):
    found = by_t(value, 0.7, dof, level=0.9, null=0.2, method="any")
    low, high = stats.t.interval(0.9, dof, loc=value, scale=0.7)
    assert (found.low, found.high) == pytest.approx((low, high))
    assert found.p_value == pytest.approx(2 * stats.t.sf(abs(value - 0.2) / 0.7, dof))
    assert found.statistic == pytest.approx((value - 0.2) / 0.7)


@settings(deadline=None)
@drawn(share=st.floats(0.5, 0.999), dof=st.floats(1, 500))
def test_quantiles_are_those_of_scipy_s_distribution(share, dof):
    assert t_quantile(share, dof) == pytest.approx(stats.t.ppf(share, dof), rel=1e-6, abs=1e-9)


def floor_by_hand(pilot, comparison):
    """Let the pilot regions stand out as far as can be, and try every choice of regions."""
    scores = np.array([10.0**rank for rank in range(pilot + comparison)])
    observed = scores[comparison:].mean() - scores[:comparison].mean()
    everywhere = range(pilot + comparison)
    differences = []
    for chosen in combinations(everywhere, pilot):
        others = [region for region in everywhere if region not in chosen]
        differences.append(scores[list(chosen)].mean() - scores[others].mean())
    return np.mean(np.abs(differences) >= abs(observed) * (1 - 1e-9))


@pytest.mark.parametrize(
    ("pilot", "comparison", "printed"),
    [(3, 3, 0.10), (2, 4, 0.067), (4, 4, 0.029), (3, 6, 0.012), (5, 6, 0.0022)],
)
def test_the_floor_is_that_of_the_table_and_of_trying_all(pilot, comparison, printed):
    assert permutation_floor(pilot, comparison) == pytest.approx(printed, rel=0.03)
    assert permutation_floor(pilot, comparison) == pytest.approx(floor_by_hand(pilot, comparison))


def test_one_region_against_one_can_never_say_anything():
    assert permutation_floor(1, 1) == 1.0


def test_an_effect_of_the_smallest_size_is_found_with_the_stated_power():
    """By drawing: at many degrees of freedom the rule is exact, and at few it is close."""
    rng = np.random.default_rng(1)
    for dof, tolerance in ((200.0, 0.01), (5.0, 0.06)):
        effect = smallest_effect(0.3, dof, alpha=0.05, power=0.8)
        spread = 0.3 * np.sqrt(rng.chisquare(dof, 40_000) / dof)
        found = np.abs(rng.normal(effect, 0.3, 40_000)) / spread > stats.t.ppf(0.975, dof)
        assert found.mean() == pytest.approx(0.8, abs=tolerance)


def test_the_gap_is_by_the_pooled_spread():
    pilot, comparison = np.array([1.0, 2, 3, 6]), np.array([2.0, 2, 5])
    pooled = (3 * pilot.var(ddof=1) + 2 * comparison.var(ddof=1)) / 5
    assert standardised_gap(pilot, comparison) == pytest.approx(0 / np.sqrt(pooled))
    assert standardised_gap(pilot + 1, comparison) == pytest.approx(1 / np.sqrt(pooled))
    assert standardised_gap(comparison, pilot + 1) == pytest.approx(-1 / np.sqrt(pooled))


@pytest.mark.parametrize(
    ("pilot", "comparison"), [([1.0], [2.0, 3.0]), ([1.0, 2.0], []), ([2.0, 2.0], [3.0, 3.0])]
)
def test_without_spread_there_is_no_gap_to_speak_of(pilot, comparison):
    assert standardised_gap(np.array(pilot), np.array(comparison)) is None


def test_an_effect_is_by_the_spread_of_the_comparison_arm():
    assert in_standard_deviations(1.5, np.array([1.0, 2.0, 3.0])) == pytest.approx(1.5)
    assert in_standard_deviations(1.5, np.array([2.0, 2.0])) is None
    assert in_standard_deviations(1.5, np.array([2.0])) is None


def holm_by_hand(p_values):
    adjusted, running = {}, 0.0
    for place, index in enumerate(np.argsort(p_values)):
        running = max(running, min(1.0, (len(p_values) - place) * p_values[index]))
        adjusted[index] = running
    return [adjusted[index] for index in range(len(p_values))]


def bh_by_hand(p_values):
    m = len(p_values)
    ranks = {p: sum(q <= p for q in p_values) for p in p_values}
    return [min(min(1.0, m * q / ranks[q]) for q in p_values if q >= p) for p in p_values]


@settings(deadline=None, max_examples=40)
@drawn(st.lists(st.floats(1e-6, 1.0), min_size=1, max_size=8))
def test_families_are_adjusted_as_by_hand(p_values):
    assert adjust(p_values, "holm") == pytest.approx(holm_by_hand(p_values))
    assert adjust(p_values, "fdr_bh") == pytest.approx(bh_by_hand(p_values))
    assert adjust(p_values, "none") == tuple(p_values)


def test_no_p_values_need_no_adjusting():
    assert adjust([], "holm") == ()
