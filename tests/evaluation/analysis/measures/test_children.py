"""Who was lost, linked, doubtful, alike: counted again by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from evaluation.analysis import cases_of, measure
from evaluation.analysis.measures.children import doubtful
from evaluation.records.measures import Measures
from tests.evaluation.analysis import given
from tests.evaluation.analysis.test_evidence_table import drawn, lost

PLAN = replace(given.PLAN, covariates=(given.AGE, given.FEMALE))


def found(responses: pd.DataFrame, name: str, plan=PLAN) -> Measures:
    return measure(cases_of(responses, given.study(plan)), name)


def test_losses_are_those_of_the_arm_and_of_each_of_its_regions() -> None:
    responses = lost(given.answers(children=24), 0.3)
    lines = found(responses, "losses").losses
    first = set(responses.loc[responses["wave"] == 0, "respondent"])
    last = set(responses.loc[responses["wave"] == 1, "respondent"])
    by_arm = {line.arm: line for line in lines if not line.region}
    assert by_arm["pilot"].lost == len(first - last) > 0 == by_arm["comparison"].lost
    assert by_arm["pilot"].began == by_arm["comparison"].began == 72
    assert by_arm["comparison"].gap is None and by_arm["pilot"].gap is not None
    regions = {line.region: line for line in lines if line.region}
    assert set(regions) == {*given.PILOT_REGIONS, *given.COMPARISON_REGIONS}
    assert sum(regions[code].lost for code in given.PILOT_REGIONS) == by_arm["pilot"].lost
    assert {regions[code].arm for code in given.COMPARISON_REGIONS} == {"comparison"}


def test_total_loss_of_one_arm_and_none_at_all_are_told_as_they_are() -> None:
    gone = found(lost(given.answers(), 1.1), "losses").losses
    assert next(x for x in gone if (x.arm, x.region) == ("pilot", "")).lost == 36
    none = found(given.answers(), "losses").losses
    assert {(line.lost, line.gap) for line in none} == {(0, None)}


def test_where_an_arm_has_no_child_nobody_is_lost() -> None:
    responses = given.answers()
    one = responses[responses["region"].str.startswith("p")].reset_index(drop=True)
    assert found(one, "losses").losses == ()


def test_links_are_counted_once_for_the_study() -> None:
    rows = ["10-1 p1 0 1 1 5", "10-1 p1 1 2 2 4", "20-3 p1 0 3 3 3", "20-4 p1 1 4 4 2"]
    rows += ["30-1 c1 0 1 2 3", "90-9 c1 1 1 2 3"]
    pilot, comparison = found(drawn(rows), "links", given.PLAN).links
    assert (pilot.exact, pilot.one_slip, pilot.unresolved) == (1, 1, 0)
    assert (comparison.exact, comparison.one_slip, comparison.unresolved) == (0, 0, 1)


def test_doubtful_answers_are_counted_by_arm_and_wave() -> None:
    rows = [f"c{n} {'p1' if n < 2 else 'c1'} {wave} 3 3 3" for n in range(4) for wave in (0, 1)]
    (case,) = cases_of(drawn(rows), given.study())
    lines = doubtful((case,)).doubtful
    assert [(x.arm, x.wave, x.rows) for x in lines] == [
        (arm, wave, 2) for wave in (0, 1) for arm in ("pilot", "comparison")
    ]
    assert {(x.straight, x.repeated) for x in lines} == {(0, 0)}  # three answers are no pattern


def test_covariates_are_compared_at_baseline_in_pooled_deviations() -> None:
    responses = given.answers(children=20)
    age, female = found(responses, "covariate_gaps").covariate_gaps
    first = responses[responses["wave"] == 0]
    pilot = first["region"].str.startswith("p")
    a, b = (first.loc[here, "age"].to_numpy(dtype=float) for here in (pilot, ~pilot))
    pooled = np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / 2)
    assert age.gap == pytest.approx((a.mean() - b.mean()) / pooled)
    assert age.variance_ratio == pytest.approx(a.var(ddof=1) / b.var(ddof=1))
    assert (age.pilot, age.comparison, female.covariate) == (60, 60, "female")
    assert age.fewest is None
    girls = [int((first.loc[here, "sex"] == "F").sum()) for here in (pilot, ~pilot)]
    assert female.fewest == min(*girls, *(60 - each for each in girls)) > 0


def test_a_covariate_that_nobody_has_or_all_share_has_a_reason() -> None:
    responses = given.answers()
    n = len(responses)
    missing = responses.assign(age=pd.array([pd.NA] * n, dtype="Int16"))
    age, female = found(missing, "covariate_gaps").covariate_gaps
    assert (age.gap, age.reason, age.pilot) == (None, "column_empty", 0)
    assert female.gap is not None
    alike = found(responses.assign(age=pd.array([9] * n, dtype="Int16")), "covariate_gaps")
    assert alike.covariate_gaps[0].reason == "no_variation"
