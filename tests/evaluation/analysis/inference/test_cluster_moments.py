from functools import reduce
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from evaluation.analysis.inference.cluster_moments import BLOCK, merge, moments_of
from evaluation.errors import EstimationError

PARTS = ("n", "S", "s", "yy", "x_sums", "y_sums")


def rows(n, seed=0, p=3, clusters=4):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, p)), rng.normal(size=n), rng.integers(0, clusters, n)


def by_hand(X, y, clusters):
    """label → every cross-product, one row after the other."""
    found = {}
    for x, value, label in zip(X, y, clusters, strict=True):
        part = found.setdefault(str(label), dict.fromkeys(PARTS, 0))
        part["n"] += 1
        part["S"] = part["S"] + np.outer(x, x)
        part["s"] = part["s"] + x * value
        part["yy"] += value**2
        part["x_sums"] = part["x_sums"] + x
        part["y_sums"] += value
    return found


def same(a, b):
    assert a.labels == b.labels
    for part in PARTS:
        np.testing.assert_allclose(getattr(a, part), getattr(b, part), rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("n", [1, 50, 2 * BLOCK + 7])
@pytest.mark.parametrize("ordered", [True, False])
def test_moments_are_the_sums_over_each_cluster_s_rows(n, ordered):
    X, y, clusters = rows(n)
    clusters = np.sort(clusters) if ordered else clusters
    moments = moments_of(X, y, clusters)
    expected = by_hand(X, y, clusters)
    assert moments.labels == tuple(sorted(expected))
    assert moments.rows == n
    for g, label in enumerate(moments.labels):
        for part in PARTS:
            np.testing.assert_allclose(getattr(moments, part)[g], expected[label][part])


@pytest.mark.parametrize(
    "labels",
    [
        np.array([10, 9, 10, 9]),
        ["10", "9", "10", "9"],
        pd.Categorical(["10", "9", "10", "9"], categories=["9", "10", "never"]),
        pd.Series([10, 9, 10, 9], index=[7, 7, 7, 7], dtype="Int16"),
    ],
    ids=["numbers", "text", "categories", "repeated index"],
)
def test_labels_of_any_kind_mean_the_same_clusters(labels):
    X, y, _ = rows(4)
    same(moments_of(X, y, labels), moments_of(X, y, ["10", "9", "10", "9"]))


@settings(deadline=None, max_examples=20)
@drawn(seed=st.integers(0, 10_000), cuts=st.tuples(st.integers(1, 19), st.integers(20, 39)))
def test_parts_merge_in_any_order_into_the_whole(seed, cuts):
    X, y, clusters = rows(40, seed)
    parts = [
        moments_of(X[a:b], y[a:b], clusters[a:b])
        for a, b in zip((0, *cuts), (*cuts, 40), strict=True)
    ]
    for order in permutations(parts):
        same(reduce(merge, order), moments_of(X, y, clusters))


def test_parts_of_other_regressors_do_not_merge():
    X, y, clusters = rows(8)
    a, b = moments_of(X, y, clusters, ("a", "b", "c")), moments_of(X, y, clusters)
    with pytest.raises(AssertionError):
        merge(a, b)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_what_is_not_a_number_is_refused(bad):
    X, y, clusters = rows(8)
    y[3] = bad
    with pytest.raises(EstimationError, match="not_finite"):
        moments_of(X, y, clusters)
    with pytest.raises(EstimationError, match="not_finite"):
        moments_of(np.where(X[2, 1] == X, bad, X), np.zeros(8), clusters)


def test_a_row_without_a_cluster_is_refused():
    X, y, _ = rows(2)
    with pytest.raises(EstimationError, match="cluster_missing"):
        moments_of(X, y, ["a", None])
