from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from evaluation.analysis import compare, fields_needed
from evaluation.analysis.estimators import ESTIMATORS, HEADLINES
from evaluation.analysis.inference.contrast import by_t
from evaluation.design import Covariate, Identity, Outcome, Resampling, VerdictRules
from evaluation.errors import StudyError
from evaluation.records.opinions import Word
from tests.evaluation.analysis import given
from tests.evaluation.analysis.inference import by_hand
from tests.evaluation.analysis.test_scoring import by_hand as score_by_hand


def estimate(rows, plan=given.PLAN):
    (found,), _ = compare(responses=rows, tallies=(), study=given.study(plan))
    return found


def plan(**changes):
    return replace(given.PLAN, **changes)


def limits(**changes):
    return plan(thresholds=given.THRESHOLDS | changes)


def wave(rows, number, **changes):
    """The rows with some columns of one wave changed."""
    here = rows.wave == number
    return rows.assign(**{name: rows[name].mask(here, value) for name, value in changes.items()})


def test_an_outcome_is_compared_as_one_would_by_hand():
    rows = given.answers(effect=1.0)
    found = estimate(rows, plan(covariates=(given.AGE, given.FEMALE)))
    scored = rows.assign(score=[score_by_hand(r, given.SCALE) for r in rows.to_dict("records")])
    first = scored[scored.wave == 0].set_index("respondent")
    last = scored[scored.wave == 1].set_index("respondent").loc[first.index]
    pilot = first.region.isin(given.PILOT_REGIONS)
    X = np.column_stack([np.ones(len(first)), pilot, first.score, first.age, first.sex == "F"])
    value, error, dof, _ = by_hand.robust(
        X.astype(float), last.score.to_numpy(), first.region.to_numpy(), np.eye(5)[1], "CR2"
    )
    expected = by_t(value, error, dof, level=0.95, null=0.0, method="CR2, Satterthwaite")
    for name in ("value", "standard_error", "dof", "low", "high", "p_value"):
        assert getattr(found, name) == pytest.approx(getattr(expected, name)), name
    assert found.method == expected.method
    assert found.standardised == pytest.approx(value / first.score[~pilot].std())
    means = (found.baseline_pilot, found.baseline_comparison)
    assert means == pytest.approx((first.score[pilot].mean(), first.score[~pilot].mean()))
    means = (found.endline_pilot, found.endline_comparison)
    assert means == pytest.approx((last.score[pilot].mean(), last.score[~pilot].mean()))
    assert (found.n_pilot, found.n_comparison) == (36, 36)
    assert (found.regions_pilot, found.regions_comparison) == (3, 3)
    assert found.smallest_p == pytest.approx(0.1)
    assert found.smallest_effect > error
    assert (found.level, found.p_adjusted, found.adjusted_by) == (0.95, found.p_value, "holm")


@settings(deadline=None, max_examples=10)
@drawn(seed=st.integers(0, 10_000))
def test_the_order_of_the_rows_changes_nothing(seed):
    rows = given.answers()
    found = estimate(rows.sample(frac=1, random_state=seed))
    expected = estimate(rows)
    assert found.value == pytest.approx(expected.value)
    assert found.p_value == pytest.approx(expected.p_value)


def test_families_are_adjusted_apart_and_none_means_none():
    twice = plan(
        outcomes=tuple(
            Outcome(id_, "mood", family, "ancova")
            for id_, family in [
                ("a", "one"),
                ("b", "one"),
                ("c", "two"),
                ("d", "two"),
                ("e", "free"),
            ]
        ),
        families={"one": "holm", "two": "fdr_bh", "free": "none"},
    )
    found, _ = compare(responses=given.answers(), tallies=(), study=given.study(twice))
    p = found[0].p_value
    assert [e.outcome for e in found] == ["a", "b", "c", "d", "e"]
    assert [e.p_adjusted for e in found] == pytest.approx([2 * p, 2 * p, p, p, None])
    assert [e.adjusted_by for e in found] == ["holm", "holm", "fdr_bh", "fdr_bh", None]


def test_an_outcome_without_an_answer_does_not_cost_the_others_anything():
    two = plan(
        outcomes=(
            Outcome("a", "mood", "primary", "ancova"),
            Outcome("b", "silent", "primary", "ancova"),
        )
    )
    silent = replace(given.SCALE, id="silent", items=("q1",), min_answered=2)
    study = given.study(two, scales={"mood": given.SCALE, "silent": silent})
    (answered, refused), flow = compare(responses=given.answers(), tallies=(), study=study)
    assert answered.p_adjusted == answered.p_value
    assert (refused.reason, refused.p_adjusted) == ("not_scored", None)
    assert flow.arms[0].analysed == 36


def only(rows, *regions):
    return rows[rows.region.isin(regions)]


ROWS = given.answers()
REFUSED = {
    "no_baseline": (ROWS[ROWS.wave == 1], given.PLAN),
    "no_endline": (ROWS[ROWS.wave == 0], given.PLAN),
    "no_pairs": (ROWS.assign(respondent=ROWS.respondent + ROWS.wave.astype("str")), given.PLAN),
    "not_scored": (wave(ROWS, 1, q1=8, q2=8), given.PLAN),
    "covariate_absent": (wave(ROWS, 0, age=pd.NA), plan(covariates=(given.AGE,))),
    "covariates_missing": (
        ROWS.assign(
            age=ROWS.age.where(ROWS.region.isin(given.PILOT_REGIONS)),
            sex=ROWS.sex.mask(ROWS.region.isin(given.PILOT_REGIONS)),
        ),
        plan(covariates=(given.AGE, given.FEMALE)),
    ),
    "regions_per_arm": (only(ROWS, "p1", "c1", "c2", "c3"), given.PLAN),
    "children_per_arm": (ROWS, limits(children_per_arm=37)),
    "no_variation": (wave(ROWS, 1, q1=3, q2=3, q3=3), given.PLAN),
    "baseline_gap": (wave(ROWS, 0, q1=ROWS.region.isin(given.PILOT_REGIONS) * 4 + 1), given.PLAN),
    "dof": (ROWS, limits(dof_refuse=20)),
    "collinear": (
        ROWS,
        plan(covariates=(given.FEMALE, Covariate("male", "sex", "M"))),
    ),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_where_the_data_cannot_answer_there_is_a_reason_and_no_number(reason):
    found = estimate(*REFUSED[reason])
    assert found.reason == reason
    assert (found.value, found.p_value, found.p_adjusted, found.cautions) == (None, None, None, ())


def test_a_refusal_for_the_gap_still_shows_the_means():
    found = estimate(*REFUSED["baseline_gap"])
    assert found.baseline_gap > 0.25
    assert found.endline_pilot is not None and found.smallest_p == pytest.approx(0.1)


def test_an_outcome_with_nobody_has_no_means():
    found = estimate(*REFUSED["not_scored"])
    assert (found.n_pilot, found.endline_pilot, found.baseline_gap, found.smallest_p) == (
        0,
        None,
        None,
        None,
    )


def without_some(rows, children):
    return rows[~((rows.wave == 1) & rows.respondent.isin([f"child{i}" for i in children]))]


CAUTIOUS = {
    "low_precision": (ROWS, limits(dof_low=20)),
    "baseline_gap": (ROWS, limits(gap_adjust=-1.0)),
    "permutation_floor": (ROWS, given.PLAN),
    "attrition": (without_some(ROWS, range(0, 72, 4)), limits(gap_refuse=1.0)),
    "covariate_constant": (ROWS, plan(covariates=(Covariate("old", "age", "77"),))),
    "covariates_incomplete": (
        ROWS.assign(age=ROWS.age.mask(ROWS.respondent == "child3")),
        plan(covariates=(given.AGE,)),
    ),
}


@pytest.mark.parametrize("caution", CAUTIOUS)
def test_what_to_hold_against_a_number_stands_beside_it(caution):
    found = estimate(*CAUTIOUS[caution])
    assert found.value is not None
    assert caution in found.cautions


def test_a_good_design_has_nothing_against_it():
    calm = replace(limits(dof_low=1, gap_adjust=0.2), alpha=0.11)
    assert estimate(ROWS, calm).cautions == ()


def test_attrition_in_the_red_leaves_the_number_and_forbids_the_claim():
    found = estimate(*CAUTIOUS["attrition"])
    assert (found.verdict, found.verdict_reasons) == (Word.NOT_ESTIMABLE, ("attrition",))
    assert found.value is not None and found.wild_bootstrap is not None
    kind = replace(CAUTIOUS["attrition"][1], verdict=VerdictRules(not_estimable=("dof",)))
    assert estimate(CAUTIOUS["attrition"][0], kind).verdict is not Word.NOT_ESTIMABLE


@pytest.mark.parametrize("reason", REFUSED)
def test_a_reason_is_the_verdict_s_too_and_leaves_nothing_to_doubt(reason):
    found = estimate(*REFUSED[reason])
    assert (found.verdict, found.verdict_reasons) == (Word.NOT_ESTIMABLE, (reason,))
    assert (found.bootstraps, found.companions, found.permutation) == ((), (), None)


def test_every_estimate_stands_with_its_second_opinions():
    found = estimate(ROWS)
    assert [b.kind for b in found.bootstraps] == ["WCR11", "WCR31", "WCU11"]
    assert {c.estimator for c in found.companions} == set(ESTIMATORS) - {"ancova"}
    assert found.permutation.floor == found.smallest_p
    assert found.p_max_t == found.permutation.p_value  # one outcome is its own largest
    assert found.left_out.low <= found.value <= found.left_out.high
    assert 0 < found.leverage.largest < 1 < found.leverage.effective < 6
    assert found.verdict is not None and found.verdict is not Word.NOT_ESTIMABLE


def test_schools_are_drawn_where_the_plan_says_so():
    schools = ROWS.assign(site=ROWS.region + ROWS.respondent.str[-1].isin(list("01234")).map(str))
    by_site = replace(given.PLAN, resampling=Resampling(by_site=True))
    found = estimate(schools, by_site)
    assert found.bootstraps[-1].drawn_by == "site"
    assert found.bootstraps[-1].draws == 2**12
    assert len(estimate(schools).bootstraps) == 3
    nowhere = replace(given.INSTRUMENT, identity=Identity(respondent="code"))
    study = given.study(by_site, instruments={"form": nowhere})
    (alone,), _ = compare(responses=ROWS, tallies=(), study=study)
    assert ("WCR11 by site", "no_sites") in alone.unavailable


def test_losing_one_arm_s_children_is_attrition_even_if_few_were_lost():
    few = without_some(ROWS, [0, 12])
    assert "attrition" in estimate(few).cautions
    assert "attrition" not in estimate(without_some(ROWS, [0, 36])).cautions


def test_the_change_score_is_another_estimator_of_the_same_outcome():
    changed = plan(outcomes=(Outcome("mood", "mood", "primary", "change_score"),))
    found = estimate(ROWS, changed)
    change_pilot = found.endline_pilot - found.baseline_pilot
    change_comparison = found.endline_comparison - found.baseline_comparison
    assert found.value == pytest.approx(change_pilot - change_comparison)


@pytest.mark.parametrize("name", ["magic", "ordinal"], ids=["unknown", "not in points"])
def test_a_plan_that_names_no_headline_is_refused_before_anything_runs(name):
    wrong = plan(outcomes=(Outcome("mood", "mood", "primary", name),))
    with pytest.raises(StudyError, match="unknown_reference") as refused:
        estimate(ROWS, wrong)
    assert refused.value.values["key"] == "outcomes.mood.estimator"
    assert refused.value.values["known"] == ", ".join(sorted(HEADLINES))


def test_only_the_fields_that_count_are_asked_for():
    with_age = given.study(plan(covariates=(given.AGE,)))
    assert fields_needed(with_age) == ("site", "age", "q1", "q2", "q3")
    assert fields_needed(given.study()) == ("site", "q1", "q2", "q3")
    rows = given.answers()[["batch", "respondent", "region", "wave", "age", "q1", "q2", "q3"]]
    assert estimate(rows, with_age.plan).value is not None
