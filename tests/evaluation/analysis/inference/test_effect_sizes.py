"""Hedges' g, intraclass correlation and summary index, against R and against definitions."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, settings
from hypothesis import given as drawn
from hypothesis import strategies as st
from scipy import stats

from evaluation.analysis.inference.contrast import by_t
from evaluation.analysis.inference.hedges import (
    clustered_g,
    hedges_g,
    hedges_g_of,
    in_deviations,
    small_sample_factor,
)
from evaluation.analysis.inference.intraclass import intraclass
from evaluation.analysis.inference.summary_index import difference, summary_index
from evaluation.errors import EstimationError
from tests.evaluation.analysis import given
from tests.evaluation.analysis.inference.reference import agrees


def inputs(case):
    return json.loads(given.case_file(f"{case}.json").read_text())["inputs"]


@settings(deadline=None, max_examples=30)
@drawn(d=st.floats(-3, 3), n=st.integers(3, 200), m=st.integers(3, 200), level=st.floats(0.5, 0.99))
def test_the_interval_of_d_is_where_the_noncentral_t_has_the_tails(d, n, m, level):
    # Very near zero the library's tail and its inverse differ from each other by 2e-5.
    assume(abs(d) > 0.01)
    found = hedges_g_of(d, (1.0, 1.0), (n, m), level=level)
    root = np.sqrt(1 / n + 1 / m)
    tail = (1 - level) / 2
    assert stats.nct.sf(d / root, n + m - 2, found.d_low / root) == pytest.approx(tail, abs=1e-6)
    assert stats.nct.cdf(d / root, n + m - 2, found.d_high / root) == pytest.approx(tail, abs=1e-6)
    assert found.g_low / found.d_low == pytest.approx(found.correction)


def test_the_correction_takes_off_the_bias():
    """By drawing: the mean of g is the true difference, that of d is not."""
    rng = np.random.default_rng(1)
    drawn_g = [hedges_g(rng.normal(0.8, 1, 4), rng.normal(0, 1, 4)) for _ in range(4000)]
    assert np.mean([found.g for found in drawn_g]) == pytest.approx(0.8, abs=0.04)
    assert np.mean([found.d for found in drawn_g]) > 0.85


@pytest.mark.parametrize("dof", [3, 10, 50.5, 1000])
def test_the_factor_is_near_its_textbook_approximation(dof):
    assert small_sample_factor(dof) == pytest.approx(1 - 3 / (4 * dof - 1), rel=0.01)


REFUSED_G = {
    "empty_cell": (np.array([1.0]), np.array([1.0, 2.0])),
    "no_variation": (np.array([1.0, 1.0]), np.array([2.0, 2.0])),
    "not_finite": (np.array([1.0, np.nan]), np.array([1.0, 2.0])),
}


@pytest.mark.parametrize("rule", REFUSED_G)
def test_groups_without_an_effect_size_are_refused_with_a_rule(rule):
    with pytest.raises(EstimationError) as refused:
        hedges_g(*REFUSED_G[rule])
    assert refused.value.rule == rule


def test_a_contrast_in_standard_deviations_keeps_its_p_value():
    contrast = by_t(0.4, 0.2, 5.5, level=0.9, null=0.1, method="CR2, Satterthwaite")
    found = in_deviations(contrast, 0.5)
    assert (found.value, found.low, found.high) == pytest.approx(
        (0.8, contrast.low / 0.5, contrast.high / 0.5)
    )
    assert found.p_value == pytest.approx(contrast.p_value)
    with pytest.raises(EstimationError, match="no_variation"):
        in_deviations(contrast, 0.0)


def test_clusters_of_one_need_no_correction_for_clusters():
    found = clustered_g(0.5, 1.0, n=(30, 40), per_cluster=1, icc=0.0)
    assert found.d_total == found.d == 0.5
    assert found.dof == 68
    assert found.variance == pytest.approx(1 / 30 + 1 / 40 + 0.25 / (2 * 68))
    assert found.standard_error == np.sqrt(found.variance)
    with pytest.raises(EstimationError, match="no_variation"):
        clustered_g(0.5, 0.0, n=(30, 40), per_cluster=1, icc=0.0)


def test_hedges_2007():
    found = {}
    for number, name in ((1, "inputs1"), (2, "inputs2")):
        of = inputs("hedges2007_cluster_adjusted_g")[name]
        g = clustered_g(
            of["diff"], of["S_T"], n=(of["N_T"], of["N_C"]), per_cluster=of["n"], icc=of["rho"]
        )
        found |= {
            f"case{number}.d_unadj": g.d,
            f"case{number}.d_T2": g.d_total,
            f"case{number}.h": g.dof,
            f"case{number}.omega": g.correction,
            f"case{number}.g": g.g,
            f"case{number}.var_dT2": g.variance,
            f"case{number}.se_dT2": g.standard_error,
        }
    agrees("hedges2007_cluster_adjusted_g", found)


def test_nine_studies_of_hospital_stay():
    found = {}
    for place, row in pd.read_csv(given.case_file("normand1999.csv")).iterrows():
        g = hedges_g_of(row.m1i - row.m2i, (row.sd1i, row.sd2i), (int(row.n1i), int(row.n2i)))
        found |= {f"yi[{place}]": g.g, f"vi[{place}]": g.variance}
    agrees("hedges_g_normand1999", found)


def test_belonging_in_the_pilot():
    rows = pd.read_csv(given.case_file("pilot_a.csv")).query("endline == 1")
    arms = [rows.e_bel[rows.pilot == arm].to_numpy(dtype=float) for arm in (1, 0)]
    g = hedges_g(*arms)
    agrees(
        "hedges_g_pilot_a",
        {
            "n1": g.n_first,
            "n2": g.n_second,
            "cohen_d": g.d,
            "d_ci[0]": g.d_low,
            "d_ci[1]": g.d_high,
            "hedges_g": g.g,
            "g_ci[0]": g.g_low,
            "g_ci[1]": g.g_high,
            "J": g.correction,
        },
    )


# --- how alike children of one region are ---------------------------------------------------


@settings(deadline=None, max_examples=30)
@drawn(
    seed=st.integers(0, 10_000),
    sizes=st.lists(st.integers(1, 9), min_size=2, max_size=8),
    shift=st.floats(-1e3, 1e3),
)
def test_it_is_the_analysis_of_variance(seed, sizes, shift):
    sizes = [*sizes, 3]
    rng = np.random.default_rng(seed)
    clusters = np.repeat(np.arange(len(sizes)), sizes)
    values = rng.normal(size=len(clusters)) + rng.normal(size=len(sizes))[clusters]
    found = intraclass(values + shift, clusters)
    groups = [values[clusters == g] for g in range(len(sizes))]
    assert found.between / found.within == pytest.approx(stats.f_oneway(*groups).statistic)
    assert found.within == pytest.approx(
        sum(((g - g.mean()) ** 2).sum() for g in groups) / (len(values) - len(sizes))
    )
    assert -1 / (found.typical_size - 1) - 1e-9 <= found.correlation <= 1


REFUSED_ICC = {
    "one_cluster": ([1.0, 2, 3], "aaa"),
    "no_residual": ([1.0, 2, 3], "abc"),
    "no_variation": ([2.0, 2, 2], "aab"),
    "not_finite": ([1.0, np.inf, 2], "aab"),
}


@pytest.mark.filterwarnings("ignore:invalid value")
@pytest.mark.parametrize("rule", REFUSED_ICC)
def test_values_without_a_correlation_are_refused_with_a_rule(rule):
    values, clusters = REFUSED_ICC[rule]
    with pytest.raises(EstimationError) as refused:
        intraclass(np.array(values), list(clusters))
    assert refused.value.rule == rule


def test_nobody_is_in_no_cluster():
    with pytest.raises(EstimationError, match="one_cluster"):
        intraclass(np.array([]), [])


def test_belonging_over_the_pilot_s_regions():
    rows = pd.read_csv(given.case_file("pilot_a.csv"))
    found = intraclass(rows.b_bel.to_numpy(dtype=float), rows.region)
    agrees(
        "icc_region_pilot_a",
        {
            "k": found.clusters,
            "N": found.rows,
            "n0": found.typical_size,
            "MSB": found.between,
            "MSW": found.within,
            "icc_anova": found.correlation,
            "deff": found.design_effect,
        },
    )


# --- several scores in one ------------------------------------------------------------------


def scores(seed=1, n=60, k=3):
    rng = np.random.default_rng(seed)
    outcomes = rng.normal(size=(n, k)) + rng.normal(size=(n, 1))
    return outcomes, np.arange(n) % 2 == 0


def test_an_outcome_said_twice_counts_half():
    outcomes, comparison = scores(n=4000, k=2)
    rng = np.random.default_rng(2)
    same = outcomes[:, [0]] + rng.normal(0, 0.01, (4000, 1))
    weights = summary_index(np.column_stack([outcomes, same]), comparison).weights
    plain = summary_index(outcomes, comparison).weights
    assert weights[0] + weights[2] == pytest.approx(plain[0], abs=0.02)


@settings(deadline=None, max_examples=25)
@drawn(seed=st.integers(0, 1000), scale=st.floats(0.01, 100), shift=st.floats(-100, 100))
def test_the_index_is_the_best_mean_and_has_no_unit(seed, scale, shift):
    outcomes, comparison = scores(seed)
    found = summary_index(outcomes, comparison)
    other = summary_index(outcomes * [scale, 1, 1] + shift, comparison)
    assert other.values == pytest.approx(found.values, abs=1e-6)
    assert found.values[comparison].mean() == pytest.approx(0, abs=1e-12)
    assert found.weights.sum() == pytest.approx(1)
    z = (outcomes - outcomes[comparison].mean(0)) / outcomes[comparison].std(0, ddof=1)
    assert found.mean_z == pytest.approx(z.mean(axis=1))
    # Of all weights that sum to one, these give the mean of smallest variance.
    for step in ([0.1, -0.1, 0], [0, 0.1, -0.1], [-0.1, 0, 0.1]):
        assert (z @ (found.weights + step)).var() > found.values.var()


def test_the_arms_of_an_index_differ_by_the_difference_of_their_means():
    index = np.array([1.0, 2.0, 6.0, 7.0, 8.0])
    assert difference(index, np.array([True, True, False, False, False])) == 7.0 - 1.5


def test_a_missing_outcome_is_passed_over():
    outcomes, comparison = scores()
    gap = outcomes.copy()
    gap[0, 1] = np.nan
    found = summary_index(gap, comparison)
    z = [
        (gap[0, j] - np.nanmean(gap[comparison, j])) / np.nanstd(gap[comparison, j], ddof=1)
        for j in (0, 2)
    ]
    assert found.values[0] == pytest.approx(np.average(z, weights=found.weights[[0, 2]]))
    assert found.mean_z[0] == pytest.approx(np.mean(z))


def test_one_outcome_is_its_own_index():
    outcomes, comparison = scores(k=1)
    found = summary_index(outcomes, comparison)
    assert found.weights == pytest.approx([1.0])
    assert found.values == pytest.approx(found.mean_z)
    assert found.comparison_spread == pytest.approx(1.0)


REFUSED_INDEX = {
    "not_finite": lambda o, c: (np.where(o > 2, np.inf, o), c),
    "not_scored": lambda o, c: (np.where(np.arange(len(o))[:, None] == 4, np.nan, o), c),
    "no_variation": lambda o, c: (o * [1, 0, 1], c),
    "outcomes_repeat": lambda o, c: (o[:, [0, 1, 0]], c),
}


@pytest.mark.parametrize("rule", REFUSED_INDEX)
def test_outcomes_that_make_no_index_are_refused_with_a_rule(rule):
    with pytest.raises(EstimationError) as refused:
        summary_index(*REFUSED_INDEX[rule](*scores()))
    assert refused.value.rule == rule


def test_too_few_complete_rows_have_no_covariance():
    outcomes, comparison = scores(n=3)
    with pytest.raises(EstimationError, match="not_scored"):
        summary_index(outcomes, comparison)


def test_an_arm_of_one_has_no_spread():
    outcomes, _ = scores(n=10)
    with pytest.raises(EstimationError, match="no_variation"):
        summary_index(outcomes, np.arange(10) == 0)


def test_three_scales_of_the_pilot():
    rows = pd.read_csv(given.case_file("pilot_a.csv")).query("endline == 1")
    comparison = (rows.pilot == 0).to_numpy()
    outcomes = rows[["e_bel", "e_civ", "e_tru"]].to_numpy(dtype=float)
    found = summary_index(outcomes, comparison)
    whole = difference(found.values, comparison)
    agrees(
        "icw_index_pilot_a",
        {
            "n": len(found.values),
            **{f"weights_norm[{j}]": found.weights[j] for j in range(3)},
            **{f"index_first3[{i}]": found.values[i] for i in range(3)},
            "diff": whole,
            "diff_restandardised": whole / found.comparison_spread,
            "klk_diff": difference(found.mean_z, comparison),
        },
    )
