"""Distributions, effect sizes, unseen causes: each against a second way to it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from evaluation.analysis import MEASURES, cases_of, challenge, measure, measures_of
from evaluation.analysis.inference.contrast import t_quantile
from evaluation.design import Outcome
from evaluation.design.challenges import ChallengeRules
from evaluation.records.measures import Measures
from tests.evaluation.analysis import given
from tests.evaluation.analysis.test_evidence_table import lost

PLAN = replace(given.PLAN, covariates=(given.AGE,))
TWO = replace(PLAN, outcomes=(*PLAN.outcomes, Outcome("other", "mood", "secondary", "ancova")))


def found(responses: pd.DataFrame, name: str, plan=PLAN) -> Measures:
    return measure(cases_of(responses, given.study(plan)), name)


def test_bins_hold_the_children_of_the_headline_at_both_waves() -> None:
    responses = given.answers(children=30)
    lines = found(responses, "spreads", TWO).spreads
    assert {line.outcome for line in lines} == {"mood"} and len(lines) == 2 * 2 * 8
    sample = cases_of(responses, given.study(PLAN))[0].sample()
    for line in lines:
        scores = sample.endline if line.wave else sample.baseline
        scores = scores[sample.pilot == (line.arm == "pilot")]
        under = scores <= line.high if line.high == 5 else scores < line.high
        assert line.children == int(np.sum((scores >= line.low) & under))
    assert sum(line.children for line in lines) == 2 * len(sample.endline)


def test_effect_sizes_are_the_headline_in_other_units() -> None:
    responses = given.answers(children=30, effect=0.4)
    (line,) = found(responses, "robustness").robustness
    case = cases_of(responses, given.study(PLAN))[0]
    head, sample = challenge(case, "headline"), case.sample()
    spread = np.std(sample.baseline[~sample.pilot], ddof=1)
    for unit, per_point in (
        ("pomp", 25.0),
        ("glass", 1 / spread),
        ("hedges", line.hedges / head.value),
    ):
        got = [getattr(line, f"{unit}{end}") for end in ("_low", "", "_high")]
        assert got == pytest.approx([end * per_point for end in (head.low, head.value, head.high)])
    assert 0 < line.hedges < line.glass * 2


def test_hedges_g_is_that_of_unrelated_children_where_regions_are_alike() -> None:
    """With no correlation within regions only the factor for small samples is left."""
    responses = given.answers(children=30, effect=0.4)
    (line,) = found(responses, "robustness").robustness
    case = cases_of(responses, given.study(PLAN))[0]
    sample = case.sample()
    arms = [sample.endline[here] for here in (sample.pilot, ~sample.pilot)]
    N = len(sample.endline)
    pooled = np.sqrt(sum(((a - a.mean()) ** 2).sum() for a in arms) / (N - 2))
    plain = challenge(case, "headline").value / pooled
    assert line.hedges == pytest.approx((1 - 3 / (4 * (N - 2) - 1)) * plain, rel=0.05)


def test_what_an_unseen_cause_must_explain_follows_from_t() -> None:
    responses = given.answers(children=30, effect=0.4)
    (line,) = found(responses, "robustness").robustness
    sample = cases_of(responses, given.study(PLAN))[0].sample()
    X = np.column_stack([np.ones(len(sample.endline)), *sample.regressors()[0].T])
    inverse = np.linalg.inv(X.T @ X)
    slopes = inverse @ X.T @ sample.endline
    left = sample.endline - X @ slopes
    dof = len(X) - X.shape[1]
    t = slopes[1] / np.sqrt(left @ left / dof * inverse[1, 1])
    assert line.partial == pytest.approx(t**2 / (t**2 + dof))
    f = abs(t) / np.sqrt(dof)
    assert line.robustness == pytest.approx((np.sqrt(f**4 + 4 * f**2) - f**2) / 2)
    assert 0 <= line.robustness_alpha < line.robustness < 1
    assert line.e_point > line.e_limit >= 1


def test_the_margin_is_the_plan_s_and_none_tests_nothing() -> None:
    responses = given.answers(children=30, effect=0.05)
    (line,) = found(responses, "robustness").robustness
    case = cases_of(responses, given.study(PLAN))[0]
    head, sample = challenge(case, "headline"), case.sample()
    margin = 0.5 * np.std(sample.baseline[~sample.pilot], ddof=1)
    error = (head.high - head.value) / t_quantile(0.975, head.dof)
    half = t_quantile(0.95, head.dof) * error
    inside = bool(head.value - half > -margin and head.value + half < margin)
    assert line.margin == 0.5 and line.equivalent is inside
    assert (line.p_equivalence < 0.05) is inside
    none = replace(PLAN, challenges=ChallengeRules(margin=None))
    (bare,) = found(responses, "robustness", none).robustness
    assert (bare.margin, bare.p_equivalence, bare.equivalent) == (None, None, None)
    assert bare.glass == line.glass


def test_every_regressor_is_a_measure_for_an_unseen_one() -> None:
    responses = given.answers(children=30, effect=0.4)
    lines = found(responses, "seen_causes").seen_causes
    assert [line.column for line in lines] == ["baseline", "age"]
    value = challenge(cases_of(responses, given.study(PLAN))[0], "headline").value
    assert all(abs(line.left) <= abs(value) for line in lines)


def test_a_cause_that_would_explain_the_whole_arm_says_so() -> None:
    responses = given.answers(children=30)
    pilot = responses["region"].str.startswith("p")
    young = np.where(pilot, 16, 8) + np.arange(len(responses)) % 2
    torn = responses.assign(age=pd.array(young, dtype="Int16"))
    lines = {line.column: line for line in found(torn, "seen_causes").seen_causes}
    assert lines["age"].reason == "too_strong" and lines["age"].left is None
    assert lines["baseline"].reason is None


def test_what_the_headline_refuses_has_no_strength_either() -> None:
    gone = lost(given.answers(children=24), 1.1)
    (line,) = found(gone, "robustness").robustness
    assert (line.glass, line.reason) == (None, "regions_per_arm")
    assert found(gone, "seen_causes").seen_causes == ()
    assert sum(x.children for x in found(gone, "spreads").spreads if x.arm == "pilot") == 0


def test_all_measures_are_their_parts_in_any_order() -> None:
    responses = given.answers(children=20)
    study = given.study(PLAN)
    cases = cases_of(responses, study)
    backwards = sum((measure(cases, name) for name in reversed(MEASURES)), Measures())
    assert backwards == measures_of(responses, study)
    assert measure((), "robustness") == Measures()
