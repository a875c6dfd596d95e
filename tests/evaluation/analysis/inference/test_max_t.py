from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from evaluation.analysis.inference.least_squares import fit_rows, fit_with_constant
from evaluation.analysis.inference.max_t import max_t, step_down
from evaluation.analysis.inference.permutation import permute_regions
from evaluation.analysis.inference.permuted_arm import Statistic
from evaluation.errors import EstimationError
from tests.evaluation.analysis.given import case_file
from tests.evaluation.analysis.inference.reference import agrees, pilot_a
from tests.evaluation.analysis.inference.wild_by_hand import cr1s


def outcomes(seed=0, m=3, G=6, n=4):
    rng = np.random.default_rng(seed)
    clusters = np.repeat(np.arange(G), n)
    X = np.column_stack([np.ones(G * n), clusters < G // 2, rng.normal(size=G * n)]).astype(float)
    shared = rng.normal(size=G * n)
    return X, [shared + rng.normal(size=G * n) + j * X[:, 1] for j in range(m)], clusters


def by_the_book(X, outcomes, clusters):
    """Westfall & Young's algorithm 2.8, one permutation and one outcome after the other."""
    G = clusters.max() + 1
    found = []
    for chosen in combinations(range(G), G // 2):
        M = X.copy()
        M[:, 1] = np.isin(clusters, chosen)
        found.append([abs(np.divide(*cr1s(M, y, clusters, np.eye(3)[1]))) for y in outcomes])
    observed, p = found[0], {}
    order = sorted(range(len(outcomes)), key=lambda j: -observed[j])
    for k, j in enumerate(order):
        p[j] = np.mean([max(row[i] for i in order[k:]) >= observed[j] - 1e-9 for row in found])
        p[j] = max([p[j], *(p[i] for i in order[:k])])
    return [p[j] for j in range(len(outcomes))]


@settings(deadline=None, max_examples=15)
@drawn(seed=st.integers(0, 100_000), m=st.integers(1, 4))
def test_it_is_the_book_s_algorithm(seed, m):
    X, ys, clusters = outcomes(seed, m)
    fits = [fit_rows(X, y, clusters, ("constant", "arm", "child")) for y in ys]
    found = max_t(fits, "arm")
    assert found.p_adjusted == pytest.approx(by_the_book(X, ys, clusters))
    assert found.permutations == 20
    for fit, t, raw, adjusted in zip(
        fits, found.statistics, found.p_raw, found.p_adjusted, strict=True
    ):
        alone = permute_regions(fit, "arm")
        assert (t, raw) == pytest.approx((abs(alone.observed), alone.p_value))
        assert adjusted >= raw - 1e-12


def test_the_order_of_the_outcomes_does_not_matter():
    X, ys, clusters = outcomes(4)
    fits = [fit_rows(X, y, clusters, ("constant", "arm", "child")) for y in ys]
    assert max_t(fits[::-1], "arm").p_adjusted == max_t(fits, "arm").p_adjusted[::-1]


def test_the_same_outcome_twice_costs_nothing():
    X, ys, clusters = outcomes(5)
    fit = fit_rows(X, ys[1], clusters, ("constant", "arm", "child"))
    twice = max_t([fit, fit], "arm")
    assert twice.p_adjusted == twice.p_raw


def test_a_later_outcome_is_never_more_certain_than_an_earlier_one():
    found = np.array([[3.0, 2.0], [1.0, 1.0], [3.5, 0.5], [0.5, 1.5]])
    assert step_down(found).tolist() == [0.5, 0.5]


def test_children_may_differ_between_outcomes_and_regions_may_not():
    X, ys, clusters = outcomes(6)
    names = ("constant", "arm", "child")
    whole = fit_rows(X, ys[0], clusters, names)
    fewer = fit_rows(X[3:], ys[1][3:], clusters[3:], names)
    assert len(max_t([whole, fewer], "arm").p_raw) == 2
    without = fit_rows(X[4:], ys[1][4:], clusters[4:], names)
    with pytest.raises(EstimationError, match="regions_differ"):
        max_t([whole, without], "arm")
    turned = fit_rows(X * [1, -1, 1], ys[1], clusters, names)
    with pytest.raises(EstimationError, match="regions_differ"):
        max_t([whole, turned], "arm")


def test_an_outcome_without_chance_is_refused():
    X, ys, clusters = outcomes(7)
    names = ("constant", "arm", "child")
    exact = fit_rows(X, X.sum(axis=1), clusters, names)
    with pytest.raises(EstimationError, match="no_residual_variation"):
        max_t([fit_rows(X, ys[0], clusters, names), exact], "arm")


def test_many_regions_are_drawn():
    X, ys, clusters = outcomes(8, 2, G=24, n=2)
    fits = [fit_rows(X, y, clusters, ("constant", "arm", "child")) for y in ys]
    found = max_t(fits, "arm", draws=199, rng=np.random.default_rng(1))
    assert found.permutations == 200 and min(found.p_adjusted) >= 1 / 200


# --- the answers of R's multtest and clubSandwich -------------------------------------------------


def listed(names, **answers):
    found = {f"outcomes[{i}]": name for i, name in enumerate(names)}
    return found | {
        f"{key}[{i}]": v for key, values in answers.items() for i, v in enumerate(values)
    }


def test_it_agrees_with_multtest_on_region_means():
    rows, names = pd.read_csv(case_file("pilot_a_cluster_change.csv")), ("bel", "civ", "tru")
    arm = rows[["pilot"]].to_numpy(dtype=float)
    fits = [
        fit_with_constant(arm, rows[f"e_{n}"].to_numpy(), rows.region, ("pilot",)) for n in names
    ]
    found = max_t(fits, "pilot", statistic=Statistic.CLASSICAL)
    agrees(
        "maxt_cluster_change_multtest",
        listed(names, teststat=found.statistics, rawp=found.p_raw, adjp=found.p_adjusted),
    )


def test_it_agrees_with_romano_and_wolf_over_all_permutations_of_a_pilot():
    names = ("bel", "civ", "tru")
    found = max_t([pilot_a(name) for name in names], "pilot")
    answers = listed(names, abs_t=found.statistics, p_raw=found.p_raw, p_maxT=found.p_adjusted)
    agrees("maxt_pilot_a", answers | {"n_perm": found.permutations})
