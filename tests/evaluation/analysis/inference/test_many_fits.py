"""Many regressions at once: each is what `robust` says of it alone, or is left to it."""

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from evaluation.analysis.inference.cluster_robust import robust
from evaluation.analysis.inference.least_squares import fit_with_constant
from evaluation.analysis.inference.many_fits import AT_ONCE, robust_each
from evaluation.errors import EstimationError
from tests.evaluation.analysis import given

SIZES = (9, 6, 12, 7, 8, 10)


def tables(number, k=2, outcomes=1, sizes=SIZES):
    """Children of one set of regions, other scores in every table; and the regions, mixed."""
    made, regions = [], None
    for seed in range(number):
        sample = given.sample(seed, sizes, k)
        slopes, _ = sample.regressors()
        shift = np.arange(outcomes) * sample.pilot[:, None]
        made.append((slopes, sample.endline[:, None] + shift))
        regions = sample.regions
    order = np.random.default_rng(number).permutation(len(regions))
    return [(slopes[order], y[order]) for slopes, y in made], regions[order]


def alone(table, regions, of=0, outcome=0):
    slopes, outcomes = table
    names = tuple(f"c{j}" for j in range(slopes.shape[1]))
    return robust(fit_with_constant(slopes, outcomes[:, outcome], regions, names), names[of])


@settings(deadline=None, max_examples=20)
@drawn(
    number=st.integers(1, 6),
    k=st.integers(0, 3),
    outcomes=st.integers(1, 3),
    of=st.integers(0, 1),
    sizes=st.lists(st.integers(2, 9), min_size=4, max_size=8),
)
def test_each_table_is_answered_as_by_itself(number, k, outcomes, of, sizes):
    made, regions = tables(number, k, outcomes, tuple(sizes))
    found = robust_each(made, regions, of=of)
    assert found.value.shape == found.standard_error.shape == (number, outcomes)
    for i, table in enumerate(made):
        for j in range(outcomes):
            one = alone(table, regions, of, j)
            assert found.value[i, j] == pytest.approx(one.value, rel=1e-9, abs=1e-11)
            assert found.standard_error[i, j] == pytest.approx(one.standard_error, rel=1e-9)
            assert found.dof[i] == pytest.approx(one.dof, rel=1e-8)


def test_more_tables_than_are_laid_out_at_once():
    sizes = (1_000,) * 6
    made, regions = tables(3, 1, sizes=sizes)
    many = [made[i % 3] for i in range(AT_ONCE // (6_000 * 5) + 5)]
    found = robust_each(iter(many), regions)
    assert len(found.value) == len(many) > AT_ONCE / (6_000 * 5)
    # Blocks of other sizes are multiplied in another order.
    assert found.value[3:, 0] == pytest.approx(found.value[:-3, 0], rel=1e-12)
    assert found.value[-1, 0] == pytest.approx(alone(many[-1], regions).value)


def test_a_region_that_is_a_column_of_its_own_is_left_out_as_there():
    """Its leverage is one: the generalised inverse leaves that direction out."""
    made, regions = tables(2, 1)
    marked = [(np.column_stack([s, regions == "r5"]).astype(float), y) for s, y in made]
    found = robust_each(marked, regions)
    for i, table in enumerate(marked):
        one = alone(table, regions)
        assert found.standard_error[i, 0] == pytest.approx(one.standard_error, rel=1e-9)
        assert found.dof[i] == pytest.approx(one.dof, rel=1e-8)


def spoiled(how, slopes, outcomes):
    slopes, outcomes = slopes.copy(), outcomes.copy()
    if how == "constant":
        slopes[:, 2] = 3.7
    elif how == "twice":
        slopes[:, 2] = 2 * slopes[:, 1]
    elif how == "nearly twice":
        slopes[:, 2] = slopes[:, 1] + 1e-7 * slopes[:, 2]
    elif how == "not a number":
        slopes[3, 1] = np.nan
    elif how == "no end":
        outcomes[3] = np.inf
    elif how == "explained":
        outcomes = 2 * slopes[:, :1] + slopes[:, 1:2]
    return slopes, outcomes


@pytest.mark.parametrize(
    "how", ["constant", "twice", "nearly twice", "not a number", "no end", "explained"]
)
def test_what_is_not_plain_is_left_and_takes_nothing_from_the_others(how):
    made, regions = tables(3, 1)
    found = robust_each([made[0], spoiled(how, *made[1]), made[2]], regions)
    assert np.isnan(found.value[:, 0]).tolist() == [False, True, False]
    assert np.isnan(found.standard_error[:, 0]).tolist() == [False, True, False]
    for i in (0, 2):
        assert found.value[i, 0] == pytest.approx(alone(made[i], regions).value)


def test_too_few_rows_or_one_region_are_left_to_be_refused():
    made, regions = tables(2)
    one = robust_each(made, np.full(len(regions), "r", dtype=object))
    assert np.isnan(one.value).all() and np.isnan(one.dof).all()
    few = robust_each([(s[:4], y[:4]) for s, y in made], regions[:4])
    assert np.isnan(few.value).all()


def test_a_missing_region_is_refused():
    made, regions = tables(1)
    regions[0] = None
    with pytest.raises(EstimationError, match="cluster_missing"):
        robust_each(made, regions)
