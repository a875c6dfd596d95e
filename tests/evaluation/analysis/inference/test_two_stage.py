from itertools import combinations

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from scipy import stats

from evaluation.analysis.inference.ibragimov_muller import ibragimov_muller
from evaluation.analysis.inference.least_squares import fit_rows, fit_with_constant
from evaluation.analysis.inference.two_stage import two_stage
from evaluation.errors import EstimationError
from tests.evaluation.analysis.inference.reference import agrees, pilot_a


def rows(seed=0, sizes=(5, 3, 6, 4, 5, 4, 7), pilot=3):
    rng = np.random.default_rng(seed)
    clusters = np.repeat(np.arange(len(sizes)), sizes)
    arm = (clusters < pilot).astype(float)
    child = rng.normal(size=len(arm)) + arm
    y = arm + child + rng.normal(0, 0.5, len(sizes))[clusters] + rng.normal(size=len(arm))
    return np.column_stack([arm, child]), y, clusters


@settings(deadline=None, max_examples=25)
@drawn(seed=st.integers(0, 100_000), pilot=st.integers(2, 5), level=st.sampled_from([0.9, 0.95]))
def test_it_is_scipy_s_t_test_on_the_means_of_residuals(seed, pilot, level):
    slopes, y, clusters = rows(seed, pilot=pilot)
    found = two_stage(fit_with_constant(slopes, y, clusters, ("arm", "child")), "arm", level=level)
    first = np.column_stack([np.ones(len(y)), slopes[:, 1]])
    residuals = y - first @ np.linalg.lstsq(first, y, rcond=None)[0]
    means = np.array([residuals[clusters == g].mean() for g in range(7)])
    assert found.means == pytest.approx(means) and found.labels == tuple("0123456")
    for equal, contrast in ((False, found.welch), (True, found.pooled)):
        test = stats.ttest_ind(means[:pilot], means[pilot:], equal_var=equal)
        interval = test.confidence_interval(level)
        assert (contrast.statistic, contrast.dof) == pytest.approx((test.statistic, test.df))
        assert contrast.p_value == pytest.approx(test.pvalue)
        assert (contrast.low, contrast.high) == pytest.approx((interval.low, interval.high))
    assert found.ibragimov_muller.statistic == pytest.approx(found.welch.statistic)
    assert found.ibragimov_muller.dof == min(pilot, 7 - pilot) - 1
    ranks = stats.mannwhitneyu(means[:pilot], means[pilot:], method="exact")
    assert found.wilcoxon_p == pytest.approx(ranks.pvalue)


def test_ranks_that_tie_are_counted_over_every_choice_of_regions():
    arm, y = np.repeat([1.0, 0.0], 4), np.array([1.0, 2, 2, 3, 0, 1, 2, 1])
    found = two_stage(fit_with_constant(arm[:, None], y, np.arange(8), ("arm",)), "arm")
    ranks = stats.rankdata(y)
    sums = np.array([sum(ranks[list(chosen)]) for chosen in combinations(range(8), 4)])
    assert found.wilcoxon_p == pytest.approx(np.mean(np.abs(sums - 18) >= abs(sums[0] - 18)))


def test_ranks_of_many_regions_follow_the_normal_distribution():
    slopes, y, clusters = rows(3, (2,) * 30, 15)
    found = two_stage(fit_with_constant(slopes, y, clusters, ("arm", "child")), "arm")
    pilot = np.array([int(label) < 15 for label in found.labels])
    exact = stats.mannwhitneyu(found.means[pilot], found.means[~pilot], method="exact").pvalue
    assert found.wilcoxon_p == pytest.approx(exact, abs=0.01)


def test_one_region_in_an_arm_has_no_spread():
    fit = fit_with_constant(*rows(1, pilot=1), ("arm", "child"))
    with pytest.raises(EstimationError, match="regions_per_arm"):
        two_stage(fit, "arm")


def test_regions_that_are_all_alike_say_nothing_about_chance():
    slopes, _, clusters = rows(2)
    fit = fit_with_constant(slopes, slopes.sum(axis=1), clusters, ("arm", "child"))
    alike = fit_rows(
        np.column_stack([np.ones(6), [1, 1, 1, 0, 0, 0]]),
        np.array([3.0, 3, 3, 1, 1, 1]),
        np.arange(6),
        ("constant", "arm"),
    )
    with pytest.raises(EstimationError, match="no_residual_variation"):
        two_stage(alike, "arm")
    assert two_stage(fit, "arm").welch.value > 0


def test_the_fewest_degrees_of_freedom_are_those_of_the_smaller_arm():
    found = ibragimov_muller(
        np.array([1.0, 3.0, 2.0]), np.array([0.0, 1.0, 0.5, 0.5, 1.0]), level=0.9
    )
    welch = stats.ttest_ind([1, 3, 2], [0, 1, 0.5, 0.5, 1], equal_var=False)
    assert found.statistic == pytest.approx(welch.statistic)
    assert found.p_value == pytest.approx(2 * stats.t.sf(welch.statistic, 2))
    assert (found.dof, found.level, found.method) == (2, 0.9, "Ibragimov-Müller")


def test_it_agrees_with_r_on_a_pilot():
    found = two_stage(pilot_a(), "pilot")
    answers = {
        "diff": found.welch.value,
        "t_welch": found.welch.statistic,
        "df_welch": found.welch.dof,
        "p_welch": found.welch.p_value,
        "t_pooled": found.pooled.statistic,
        "df_pooled": found.pooled.dof,
        "p_pooled": found.pooled.p_value,
        "p_IM_df_minG_1": found.ibragimov_muller.p_value,
        "wilcoxon_exact_p": found.wilcoxon_p,
    }
    means = zip(found.labels, found.means, strict=True)
    agrees("two_stage_pilot_a", answers | {f"cluster_residual_means.{g}": m for g, m in means})
