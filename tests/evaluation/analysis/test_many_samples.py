"""Many samples at once give what each estimator says of each, and the first refusal."""

from dataclasses import replace

import numpy as np
import pytest

from evaluation.analysis.estimators import ESTIMATORS, LINEAR, REGRESSIONS
from evaluation.analysis.many_samples import answers_of
from evaluation.errors import EstimationError
from tests.evaluation.analysis import given

SHIFTS = np.array([-0.4, 0.0, 0.3])


def samples(number=3):
    return [given.sample(seed) for seed in range(number)]


@pytest.mark.parametrize("estimator", [name for name in ESTIMATORS if name != "ordinal"])
def test_every_estimator_answers_as_one_by_one(estimator):
    drawn = samples()
    moved = np.outer(drawn[0].pilot & (np.arange(len(drawn[0].pilot)) % 3 == 0), SHIFTS)
    found = answers_of(drawn, estimator, level=0.9, shifts=moved)
    assert found.refused is None
    for i, sample in enumerate(drawn):
        for j in range(len(SHIFTS)):
            one = ESTIMATORS[estimator](
                replace(sample, endline=sample.endline + moved[:, j]), level=0.9
            )
            assert found.value[i, j] == pytest.approx(one.value, rel=1e-9)
            assert found.standard_error[i, j] == pytest.approx(one.standard_error, rel=1e-9)
            assert found.dof[i, j] == pytest.approx(one.dof, rel=1e-8)


def test_every_least_squares_estimator_says_what_it_regresses():
    assert set(REGRESSIONS) == set(LINEAR)
    for name, regression in REGRESSIONS.items():
        slopes, outcome, columns = regression(given.sample())
        assert columns[0] == "pilot" and slopes.shape == (len(outcome), len(columns))
        assert LINEAR[name](given.sample()).moments.columns == ("constant", *columns)


def test_without_shifts_there_is_one_answer_a_sample():
    assert answers_of(samples(2), "ancova", level=0.95).value.shape == (2, 1)


@pytest.mark.parametrize("estimator", ["ancova", "mixed_model"])
def test_the_first_refusal_is_named_and_the_others_are_answered(estimator):
    drawn = samples()
    flat = replace(drawn[1], covariates=np.ones_like(drawn[1].covariates))
    empty = replace(drawn[2], endline=np.full_like(drawn[2].endline, np.nan))
    found = answers_of([drawn[0], flat, empty], estimator, level=0.95)
    assert np.isnan(found.value[:, 0]).tolist() == [False, True, True]
    with pytest.raises(EstimationError) as alone:
        ESTIMATORS[estimator](flat, level=0.95)
    assert found.refused == alone.value.rule == "collinear"


def test_what_is_nearly_collinear_is_asked_by_itself_and_answered():
    """Years beside their squares: too near for cross-products, not for the rows."""
    years = np.linspace(1990, 1990.9, len(samples()[0].pilot))
    drawn = [
        replace(s, covariates=np.column_stack([years, years**2]), covariate_names=("y", "yy"))
        for s in samples(2)
    ]
    found = answers_of(drawn, "ancova", level=0.95)
    for i, sample in enumerate(drawn):
        one = ESTIMATORS["ancova"](sample, level=0.95)
        assert found.value[i, 0] == one.value
        assert found.dof[i, 0] == one.dof
