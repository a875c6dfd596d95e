"""What must hold of bounds and imputation whatever the data, found by looking."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from evaluation.analysis.estimators import ESTIMATORS
from evaluation.analysis.many_samples import answers_of
from evaluation.analysis.sensitivity.delta_band import band_of
from evaluation.analysis.sensitivity.imputation import impute
from evaluation.analysis.sensitivity.lee_bounds import lee_bounds
from evaluation.analysis.sensitivity.pooling import pool
from tests.evaluation.analysis import given

SEEDS = st.integers(0, 10**6)
SCORES = st.lists(st.integers(4, 20).map(lambda quarters: quarters / 4), min_size=2, max_size=40)


@settings(deadline=None, max_examples=150)
@drawn(scores=SCORES, effect=st.floats(-2, 2), data=st.data())
def test_bounds_contain_the_truth_whoever_is_lost_because_of_the_arm(scores, effect, data):
    """Every child has a twin in the other arm who differs by the effect alone; any of one arm's
    are lost and none of the other's. The truth of those who stay in either arm is the effect."""
    count = len(scores)
    kept = np.array(data.draw(st.lists(st.booleans(), min_size=count, max_size=count)))
    kept[data.draw(st.integers(0, count - 1))] = True
    pilot = np.arange(2 * count) < count
    outcome = np.array([*scores, *scores]) + effect * pilot
    of_pilot = data.draw(st.booleans())
    seen = np.where(pilot == of_pilot, np.tile(kept, 2), True)
    found = lee_bounds(outcome, seen, pilot)
    assert found.lower - 1e-9 <= effect <= found.upper + 1e-9
    assert found.trimmed == ("" if kept.all() else "comparison" if of_pilot else "pilot")


@settings(deadline=None, max_examples=25)
@drawn(seed=SEEDS, tables=st.integers(2, 6), estimator=st.sampled_from(["ancova", "change_score"]))
def test_where_nothing_is_missing_imputation_is_the_complete_answer(seed, tables, estimator):
    sample = given.sample(seed)
    whole = np.column_stack([sample.endline, sample.baseline, sample.covariates])
    filled = impute(
        pd.DataFrame(whole, columns=list("abc")), rng=np.random.default_rng(seed), tables=tables
    )
    samples = [
        replace(sample, endline=t[:, 0], baseline=t[:, 1], covariates=t[:, 2:]) for t in filled
    ]
    each = answers_of(samples, estimator, level=0.95)
    complete = ESTIMATORS[estimator](sample, level=0.95)
    found = pool(each.value[:, 0], each.standard_error[:, 0] ** 2, dof=complete.dof)
    for name in ("value", "standard_error", "dof", "low", "high", "p_value"):
        assert getattr(found.contrast, name) == pytest.approx(getattr(complete, name), rel=1e-9)
    assert found.missing_share == 0


@settings(deadline=None, max_examples=25)
@drawn(seed=SEEDS, share=st.floats(0.05, 0.3))
def test_what_is_known_is_never_changed_and_what_is_missing_always_filled_in(seed, share):
    lot = np.random.default_rng(seed)
    whole = lot.normal(size=(60, 4))
    values = np.where(lot.random(whole.shape) < share, np.nan, whole)
    for filled in impute(pd.DataFrame(values, columns=list("abcd")), rng=lot, tables=2, rounds=2):
        assert np.isfinite(filled).all()
        assert np.array_equal(filled[~np.isnan(values)], whole[~np.isnan(values)])


@settings(deadline=None, max_examples=25)
@drawn(seed=SEEDS, deltas=st.lists(st.floats(-1, 1), min_size=2, max_size=5, unique=True))
def test_a_wider_shift_never_narrows_the_band(seed, deltas):
    """And every answer within lies between those at its ends."""
    sample = given.sample(seed)
    moved = np.outer(sample.pilot & (np.arange(len(sample.pilot)) % 4 == 0), deltas)
    each = answers_of([sample, given.sample(seed, k=1)], "ancova", level=0.95, shifts=moved)
    wide = band_of(each.value, each.standard_error, deltas=deltas, dof=4.0)
    order = np.argsort(deltas)
    inner = [order[0], order[1]]
    narrow = band_of(
        each.value[:, inner], each.standard_error[:, inner], deltas=sorted(deltas)[:2], dof=4.0
    )
    assert wide.low <= narrow.low and narrow.high <= wide.high
    values = [one.contrast.value for one in wide.shifted]
    assert values == sorted(values)
    assert wide.low < values[0] and values[-1] < wide.high
