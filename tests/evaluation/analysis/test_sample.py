from dataclasses import replace

import numpy as np
import pytest

from evaluation.analysis.cohort import cohort_of
from evaluation.analysis.covariates import covariate_table
from evaluation.analysis.sample import sample_of
from evaluation.analysis.scoring import scores_of
from evaluation.design import Choice, Choices, Covariate
from tests.evaluation.analysis import given

ROWS = """
    respondent region    wave age sex q1 q2 q3
    both       p1        0    10  F   2  2  4
    ageless    p1        0    -   M   2  2  4
    unscored   c1        0    11  M   2  -  -
    alone      c1        0    12  F   2  2  2
    other      elsewhere 0    13  F   2  2  2
    fine       c2        0    14  M   5  5  1
    sexless    c2        0    15  -   5  5  1
    both       p1        1    99  M   4  4  2
    ageless    p1        1    10  M   4  4  2
    unscored   c1        1    11  M   4  4  2
    other      elsewhere 1    13  F   4  4  2
    fine       c3        1    14  M   1  1  5
    sexless    c2        1    15  M   1  1  5
"""


def sample(*covariates):
    rows, study = given.responses(ROWS), given.study()
    scores = scores_of(rows, given.SCALE, given.INSTRUMENT)
    table = covariate_table(rows, covariates, given.INSTRUMENT)
    return sample_of(
        cohort_of(rows, study), scores, covariates=table, names=tuple(c.name for c in covariates)
    )


def test_children_scored_twice_in_a_region_of_the_study_are_analysed():
    found = sample()
    assert list(found.respondents) == ["both", "ageless", "fine", "sexless"]
    assert list(found.regions) == ["p1", "p1", "c2", "c2"]
    assert list(found.pilot) == [True, True, False, False]
    assert found.baseline == pytest.approx([2, 2, 5, 5])
    assert found.endline == pytest.approx([4, 4, 1, 1])
    assert (found.children(pilot=True), found.regions_in(pilot=False)) == (2, 1)


def test_covariates_are_the_baseline_s_and_a_missing_one_leaves_the_child_out():
    found = sample(given.AGE, given.FEMALE)
    assert list(found.respondents) == ["both", "fine"]
    assert found.covariates.tolist() == [[10, 1], [14, 0]]
    assert found.covariate_names == ("age", "female")
    assert found.incomplete == 2


def test_a_covariate_of_one_value_is_left_out_and_named():
    found = sample(given.AGE, Covariate("old", "age", "77"))
    assert found.covariate_names == ("age",)
    assert found.constant == ("old",)
    assert found.covariates.shape == (3, 1)


def test_a_covariate_that_nobody_has_empties_the_sample_and_is_named():
    nobody = given.responses(ROWS).assign(age=lambda rows: rows.age.where(rows.wave == 1))
    study = given.study()
    scores = scores_of(nobody, given.SCALE, given.INSTRUMENT)
    table = covariate_table(nobody, (given.AGE,), given.INSTRUMENT)
    found = sample_of(cohort_of(nobody, study), scores, covariates=table, names=("age",))
    assert (len(found.endline), found.unreported, found.incomplete) == (0, ("age",), 4)


def test_a_legal_non_answer_is_a_missing_covariate():
    sex = Choices("sex", (*given.SEX.choices, Choice("M", {"en": "unsaid"}, missing=True)))
    fields = tuple(
        replace(f, choices=sex) if f.name == "sex" else f for f in given.INSTRUMENT.fields
    )
    form = replace(given.INSTRUMENT, fields=fields)
    rows = given.responses(ROWS)
    found = covariate_table(rows, (given.FEMALE,), form)[:, 0]
    expected = [1.0 if said == "F" else np.nan for said in rows.sex]
    assert found == pytest.approx(expected, nan_ok=True)
