"""What must hold of the public face whatever the data: found by looking, not by examples."""

from functools import reduce
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from evaluation.analysis import compare_regions
from evaluation.analysis.inference.cluster_moments import merge, moments_of
from evaluation.analysis.inference.cluster_robust import robust
from evaluation.analysis.inference.least_squares import fit_moments
from evaluation.analysis.inference.permutation import permute_regions
from evaluation.analysis.inference.wild_bootstrap import wild_bootstrap
from tests.evaluation.analysis import given
from tests.evaluation.analysis.inference import by_hand, wild_by_hand

COLUMNS = {"outcome": "after", "baseline": "before", "arm": "arm", "cluster": "region"}
SEEDS = st.integers(0, 100_000)
SIZES = st.lists(st.integers(3, 9), min_size=4, max_size=8)
NUMBERS = ("value", "standard_error", "degrees_of_freedom", "low", "high", "p_value")


def table(seed, sizes=(9, 6, 12, 7, 8, 10)):
    """Scores in quarters, as from a scale."""
    sample = given.sample(seed, tuple(sizes))
    return pd.DataFrame(
        {
            "after": np.round(sample.endline * 4) / 4,
            "before": np.round(sample.baseline * 4) / 4,
            "arm": sample.pilot,
            "region": sample.regions,
            "z": sample.covariates[:, 0],
        }
    )


def design(rows):
    return np.column_stack([np.ones(len(rows)), rows.arm, rows.before, rows.z]).astype(float)


def numbers(found):
    """Of the headline and of every companion, as far as there is one."""
    frame = found.to_frame().set_index("estimator")
    return frame[list(NUMBERS)].astype(float)


def same(a, b, rel=1e-6):
    pd.testing.assert_frame_equal(numbers(a), numbers(b), rtol=rel, atol=1e-7)


@settings(deadline=None, max_examples=15)
@drawn(seed=SEEDS, order=st.permutations(range(6)))
def test_neither_names_nor_the_order_of_rows_matter(seed, order):
    rows = table(seed)
    names = dict(zip(sorted(set(rows.region)), order, strict=True))
    renamed = rows.assign(region=rows.region.map(names)).sample(frac=1, random_state=seed)
    asked = {**COLUMNS, "covariates": ["z"]}
    same(compare_regions(renamed, **asked), compare_regions(rows, **asked))


@settings(deadline=None, max_examples=15)
@drawn(seed=SEEDS)
def test_exchanging_the_arms_turns_the_sign_of_every_estimator_and_nothing_else(seed):
    rows = table(seed)
    one, other = (compare_regions(t, **COLUMNS) for t in (rows, rows.assign(arm=~rows.arm)))
    turned = numbers(other).assign(
        value=lambda t: -t.value, low=lambda t: -t.high, high=lambda t: -numbers(other).low
    )
    pd.testing.assert_frame_equal(turned, numbers(one), rtol=1e-5, atol=1e-7)


@settings(deadline=None, max_examples=15)
@drawn(seed=SEEDS)
def test_a_scale_that_points_the_other_way_turns_the_sign_and_nothing_else(seed):
    rows = table(seed)
    turned = rows.assign(after=6 - rows.after, before=6 - rows.before)
    one, other = (compare_regions(t, **COLUMNS) for t in (rows, turned))
    assert (other.value, other.low, other.high) == pytest.approx((-one.value, -one.high, -one.low))
    assert other.p_value == pytest.approx(one.p_value, rel=1e-6)
    assert other.degrees_of_freedom == pytest.approx(one.degrees_of_freedom)


@settings(deadline=None, max_examples=20)
@drawn(seed=SEEDS, sizes=SIZES, parts=st.integers(2, 5))
def test_moments_of_parts_in_any_order_give_the_direct_formula(seed, sizes, parts):
    """Rows dealt out at random, each part read elsewhere, and added up in another order."""
    rows = table(seed, sizes)
    X, y, regions = design(rows), rows.after.to_numpy(), rows.region.to_numpy()
    rng = np.random.default_rng(seed)
    dealt = rng.integers(0, parts, len(rows))
    read = [moments_of(X[dealt == k], y[dealt == k], regions[dealt == k]) for k in set(dealt)]
    rng.shuffle(read)
    found = robust(fit_moments(reduce(merge, read)), "x1")
    value, error, dof, _ = by_hand.robust(X, y, regions, np.eye(4)[1], "CR2")
    assert (found.value, found.standard_error) == pytest.approx((value, error), rel=1e-6, abs=1e-9)
    assert found.dof == pytest.approx(dof, rel=1e-6)
    asked = compare_regions(rows, **COLUMNS, covariates=["z"])
    assert (asked.value, asked.standard_error) == pytest.approx((value, error), rel=1e-6, abs=1e-9)


@settings(deadline=None, max_examples=8)
@drawn(seed=SEEDS, sizes=SIZES)
def test_all_sign_vectors_are_counted_as_by_refitting_the_rows_of_each(seed, sizes):
    rows = table(seed, sizes)
    X, y, regions = design(rows), rows.after.to_numpy(), rows.region.to_numpy()
    found = wild_bootstrap(fit_moments(moments_of(X, y, regions)), "x1", level=None)
    t, draws, greater, ties = wild_by_hand.counts(
        X, y, regions, np.eye(4)[1], kind="WCR11", null=0.0
    )
    assert found.statistic == pytest.approx(t)
    assert (found.draws, found.greater, found.ties) == (draws, greater, ties)


@settings(deadline=None, max_examples=10)
@drawn(seed=SEEDS, sizes=SIZES)
def test_all_sets_of_regions_are_counted_as_by_refitting_the_rows_of_each(seed, sizes):
    rows = table(seed, sizes)
    X, y, regions = design(rows), rows.after.to_numpy(), rows.region.to_numpy()
    found = permute_regions(fit_moments(moments_of(X, y, regions)), "x1")
    pilot = len(sizes) // 2
    statistics = []
    for chosen in combinations(sorted(set(regions)), pilot):
        X[:, 1] = np.isin(regions, chosen)
        value, error, _, _ = by_hand.robust(X, y, regions, np.eye(4)[1], "CR1S")
        statistics.append(abs(value / error))
    observed = abs(found.observed)
    assert min(abs(np.array(statistics) - observed)) < 1e-6 * observed
    as_large = sum(t >= observed * (1 - 1e-8) for t in statistics)
    assert (found.permutations, found.as_large) == (len(statistics), as_large)
