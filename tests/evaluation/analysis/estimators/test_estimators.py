from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from evaluation.analysis import estimators
from evaluation.analysis.estimators import ESTIMATORS
from evaluation.analysis.estimators.ancova import estimate as ancova
from evaluation.analysis.estimators.change_score import estimate as change_score
from evaluation.errors import EstimationError
from tests.evaluation.analysis import given
from tests.evaluation.analysis.inference import by_hand


def as_frame(sample):
    return pd.DataFrame(
        {
            "child": sample.respondents,
            "region": sample.regions,
            "pilot": sample.pilot.astype(float),
            "y0": sample.baseline,
            "y1": sample.endline,
            **{name: sample.covariates[:, j] for j, name in enumerate(sample.covariate_names)},
        }
    )


def test_the_folder_is_the_registry():
    files = {path.stem for path in Path(estimators.__file__).parent.glob("[!_]*.py")}
    assert set(ESTIMATORS) == files
    assert ESTIMATORS["ancova"] is ancova and ESTIMATORS["change_score"] is change_score


@settings(deadline=None, max_examples=15)
@drawn(seed=st.integers(0, 10_000), k=st.integers(0, 2))
def test_ancova_is_the_regression_written_as_a_formula_with_direct_errors(seed, k):
    sample = given.sample(seed, k=k)
    rows = as_frame(sample)
    formula = " + ".join(["y1 ~ pilot + y0", *sample.covariate_names])
    X = np.asarray(smf.ols(formula, rows).exog)
    value, error, dof, _ = by_hand.robust(
        X, sample.endline, sample.regions, np.eye(X.shape[1])[1], "CR2"
    )
    found = ancova(sample, level=0.95)
    assert found.value == pytest.approx(smf.ols(formula, rows).fit().params["pilot"])
    assert found.value == pytest.approx(value)
    assert (found.standard_error, found.dof) == pytest.approx((error, dof))
    assert found.method == "CR2, Satterthwaite"


def test_a_change_score_is_the_regression_with_a_fixed_effect_for_every_child():
    sample = given.sample(k=0)
    rows = as_frame(sample)
    long = pd.concat([rows.assign(y=rows.y0, after=0.0), rows.assign(y=rows.y1, after=1.0)])
    twoway = smf.ols("y ~ C(child) + after + pilot:after", long).fit()
    means = rows.assign(change=rows.y1 - rows.y0).groupby("pilot").change.mean()
    found = change_score(sample, level=0.95)
    assert found.value == pytest.approx(twoway.params["pilot:after"])
    assert found.value == pytest.approx(means[1.0] - means[0.0])


def test_covariates_enter_the_change_score_too():
    sample = given.sample(k=2)
    model = smf.ols("I(y1 - y0) ~ pilot + z0 + z1", as_frame(sample)).fit()
    assert change_score(sample, level=0.95).value == pytest.approx(model.params["pilot"])


@pytest.mark.parametrize("name", ESTIMATORS)
def test_exchanging_the_arms_turns_the_sign_and_nothing_else(name):
    plain = given.sample()
    # In quarters, as scales are: the ordinal estimator needs answers that repeat.
    sample = replace(plain, endline=np.round(plain.endline * 4) / 4)
    one = ESTIMATORS[name](sample, level=0.9)
    other = ESTIMATORS[name](replace(sample, pilot=~sample.pilot), level=0.9)
    assert other.value == pytest.approx(-one.value)
    assert other.p_value == pytest.approx(one.p_value)
    assert (other.low, other.high) == pytest.approx((-one.high, -one.low))


def test_a_covariate_that_is_the_arm_is_named():
    sample = given.sample()
    aliased = replace(sample, covariates=sample.pilot[:, None] * 2.0)
    with pytest.raises(EstimationError, match="collinear") as refused:
        ancova(aliased, level=0.95)
    assert refused.value.values == {"column": "z0"}
