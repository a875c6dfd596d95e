"""Every estimate again under every challenge: equal to the headline where nothing was changed."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from evaluation.analysis import CHALLENGES, cases_of, challenge, compare, evidence_of
from evaluation.analysis.challenges.case import began_of
from evaluation.analysis.challenges.linkage import linkage, slips, with_slips_linked
from evaluation.analysis.challenges.quality import suspect
from evaluation.analysis.cohort import cohort_of
from evaluation.analysis.scoring import answers_of, scores_of
from evaluation.design import Covariate, Field, Level, Need, Outcome
from evaluation.design.challenges import ChallengeRules, Languages
from evaluation.language import Language, languages
from evaluation.records.challenges import Challenge
from tests.evaluation.analysis import given

PLAN = replace(given.PLAN, challenges=ChallengeRules(imputations=6))


def study(plan=PLAN, **changes):
    return given.study(plan=plan, **changes)


def cell(responses, name, plan=PLAN, outcome=0, **changes):
    return challenge(cases_of(responses, study(plan, **changes))[outcome], name)


def lost(responses, share=0.2, seed=1, pilot=True):
    """Some children of one arm are not met again."""
    rng = np.random.default_rng(seed)
    here = responses["region"].str.startswith("p" if pilot else "c") & (responses["wave"] == 1)
    return responses[~(here & (rng.random(len(responses)) < share))].reset_index(drop=True)


def unanswered(responses, share, wave=0, seed=2):
    """Some children answer nothing at a wave."""
    rng = np.random.default_rng(seed)
    silent = (responses["wave"] == wave) & (rng.random(len(responses)) < share)
    responses = responses.copy()
    responses.loc[silent, ["q1", "q2", "q3"]] = pd.NA
    return responses


def test_the_table_has_a_cell_for_every_outcome_and_challenge_and_begins_with_the_headline():
    responses = given.answers(children=20)
    two = replace(
        PLAN, outcomes=(*PLAN.outcomes, Outcome("again", "mood", "primary", "change_score"))
    )
    found = evidence_of(responses, study(two))
    assert [(c.outcome, c.name) for c in found] == [
        (outcome, name) for outcome in ("mood", "again") for name in CHALLENGES
    ]
    estimates, _ = compare(responses=responses, tallies=(), study=study(two))
    heads = [c for c in found if c.name == "headline"]
    for estimate, head in zip(estimates, heads, strict=True):
        assert (head.value, head.low, head.high, head.dof, head.p_value) == pytest.approx(
            (estimate.value, estimate.low, estimate.high, estimate.dof, estimate.p_value)
        )
    regions = [c for c in found if c.name == "each_region"]
    for estimate, band in zip(estimates, regions, strict=True):
        assert (band.low, band.high) == pytest.approx(
            (estimate.left_out.low, estimate.left_out.high)
        )


UNCHANGED = {
    "language_items": "no_language",
    "arm_items": "no_flagged_items",
    "imputed": "nothing_missing",
    "bounds": "nobody_lost",
    "not_at_random": "nobody_lost",
    "slips_linked": "all_linked_exactly",
    "quality_flags": "nothing_flagged",
}


@pytest.mark.parametrize("name", UNCHANGED)
def test_where_there_is_nothing_to_change_the_reason_is_said(name):
    assert cell(given.answers(children=20), name).reason == UNCHANGED[name]


@pytest.mark.parametrize("name", CHALLENGES)
def test_a_study_without_year_end_answers_has_a_reason_in_every_cell(name):
    responses = given.answers(children=20)
    found = cell(responses[responses["wave"] == 0].reset_index(drop=True), name)
    assert found.reason in {"no_endline", "no_language", "under_threshold", *UNCHANGED.values()}


@pytest.mark.parametrize("name", ["imputed", "not_at_random", "bounds"])
def test_missing_children_are_asked_after_in_three_ways(name):
    responses = lost(unanswered(given.answers(children=24), 0.15))
    head, found = (cell(responses, each) for each in ("headline", name))
    assert found.reason is None and found.method
    assert found.low < head.value < found.high
    assert found.children >= head.children
    assert found == cell(responses, name)


def test_imputation_uses_the_children_whom_the_headline_must_leave_out():
    responses = unanswered(given.answers(children=24), 0.2)
    found = cell(responses, "imputed")
    assert found.children == 6 * 24 > cell(responses, "headline").children
    assert found.dof <= cell(given.answers(children=24), "headline").dof + 1
    under = replace(PLAN, challenges=ChallengeRules(baseline_missing=0.5, imputations=6))
    assert cell(responses, "imputed", under).reason == "under_threshold"


@pytest.mark.parametrize("estimator", ["ancova", "change_score", "mixed_model"])
def test_the_shift_of_nobody_is_the_imputation_whatever_the_estimator(estimator):
    """Moved by nothing twice over, the lost have the answer of the imputed table."""
    rules = ChallengeRules(imputations=4, baseline_missing=0.0, deltas=(-1e-12, 1e-12))
    plan = replace(PLAN, challenges=rules, outcomes=(Outcome("o", "mood", "primary", estimator),))
    responses = lost(unanswered(given.answers(children=24), 0.15))
    filled, band = (cell(responses, name, plan) for name in ("imputed", "not_at_random"))
    assert (band.low, band.high) == pytest.approx((filled.low, filled.high), abs=1e-9)


def test_what_the_filled_in_tables_cannot_answer_is_the_cell_s_reason():
    """Two covariates in which only the lost differ, and alike: the headline leaves both out."""
    plan = replace(PLAN, covariates=(given.AGE, given.FEMALE))
    responses = given.answers(children=24).assign(age=10, sex="M")
    gone = responses["respondent"].isin([f"child{number}" for number in range(0, 60, 7)])
    responses.loc[gone, ["age", "sex"]] = [11, "F"]
    responses = given.typed(responses[~(gone & (responses["wave"] == 1))].reset_index(drop=True))
    assert cell(responses, "headline", plan).reason is None
    assert cell(responses, "not_at_random", plan).reason == "collinear"


def test_tables_are_filled_in_once_for_a_case_and_anew_for_another():
    responses = lost(unanswered(given.answers(children=24), 0.15))
    (case,) = cases_of(responses, study())
    assert case.tables.filled is None
    first = challenge(case, "imputed")
    drawn = case.tables.filled
    assert challenge(case, "not_at_random").reason is None and case.tables.filled is drawn
    assert replace(case, suspect=case.suspect).tables.filled is None
    assert first == cell(responses, "imputed")


def test_covariates_go_into_the_imputation_and_one_that_nobody_varies_in_does_not():
    plan = replace(PLAN, covariates=(given.AGE, given.FEMALE))
    responses = lost(unanswered(given.answers(children=24), 0.15))
    responses["sex"] = pd.array(["F"] * len(responses), dtype="str")
    for name in ("imputed", "bounds", "not_at_random"):
        assert cell(responses, name, plan).reason is None
    responses["age"] = pd.array([pd.NA] * len(responses), dtype="Int16")
    assert cell(responses, "imputed", plan).reason == "covariate_absent"


def test_a_lost_arm_s_shift_is_wider_the_larger_the_delta():
    responses = lost(given.answers(children=24), 0.3)
    narrow, wide = (
        cell(
            responses,
            "not_at_random",
            replace(PLAN, challenges=ChallengeRules(imputations=6, deltas=deltas)),
        )
        for deltas in ((-0.1, 0.1), (-1.0, 1.0))
    )
    assert wide.low < narrow.low < narrow.high < wide.high


def test_bounds_with_too_few_regions_to_tell_have_none():
    loose = replace(PLAN, thresholds=PLAN.thresholds | {"regions_per_arm": 1.0, "dof_refuse": 0.1})
    responses = lost(given.answers(children=24), 0.3)
    few = responses[responses["region"].isin(["p1", "c1", "c2"])].reset_index(drop=True)
    assert cell(few, "bounds", loose).reason == "regions_per_arm"


def test_reweighting_makes_the_arms_alike_and_says_so_when_it_cannot():
    responses = given.answers(children=24)
    head = cell(responses, "headline")
    for name in ("reweighted", "by_propensity"):
        found = cell(responses, name)
        assert found.value == pytest.approx(head.value, abs=0.15)
        assert found.method.startswith(("Entropy", "Propensity"))


def test_a_gap_at_baseline_refuses_every_number():
    responses = given.answers(children=24)
    higher = responses["region"].str.startswith("p") & (responses["wave"] == 0)
    responses.loc[higher, ["q1", "q2"]] = 5
    responses.loc[higher, "q3"] = 1
    for name in ("headline", "reweighted", "by_propensity", "each_region"):
        assert cell(responses, name).reason == "baseline_gap"


def test_too_few_degrees_of_freedom_refuse_every_number():
    strict = replace(PLAN, thresholds=PLAN.thresholds | {"dof_refuse": 50.0})
    assert cell(given.answers(children=24), "headline", strict).reason == "dof"


def test_regions_that_cannot_be_spared_leave_no_band():
    loose = {"regions_per_arm": 1.0, "dof_refuse": 0.0, "gap_refuse": 9.0}
    responses = given.answers(children=24)
    pair = responses[responses["region"].isin(["p1", "c1"])].reset_index(drop=True)
    plan = replace(PLAN, thresholds=PLAN.thresholds | loose)
    assert cell(pair, "each_region", plan).reason == "regions_per_arm"


# Questions that work differently


TALK = Field("talk", Level.ROW, given.INSTRUMENT.fields[1].type, Need.EXPECTED, {"en": "talk"})
SPOKEN = Languages("talk", "kk", "ru")


def spoken(by=0.0, children=60):
    """Half of the children asked in each language; q1 is `by` boxes higher in the second."""
    responses = given.answers(children=children)
    number = responses["respondent"].str.removeprefix("child").astype(int)
    responses["talk"] = pd.array(np.where(number % 2 == 0, "kk", "ru"), dtype="str")
    second = (responses["talk"] == "ru").to_numpy()
    moved = np.clip(responses["q1"].to_numpy(dtype=float) + by * second, 1, 5)
    return given.typed(responses.assign(q1=moved.astype(int)))


def test_without_the_questions_that_differ_by_language_the_scale_is_shorter():
    plan = replace(PLAN, challenges=ChallengeRules(languages=SPOKEN))
    assert cell(spoken(0.0), "language_items", plan).reason == "no_flagged_items"
    responses = spoken(1.0, children=120)
    large = replace(PLAN, challenges=ChallengeRules(languages=SPOKEN, item_effect=0.09))
    shorter = cell(responses, "language_items", large)
    assert "removed" in shorter.method
    kept = replace(given.SCALE, items=("q2", "q3"), min_answered=1)
    by_hand = cell(responses, "headline", scales={"mood": kept})
    assert shorter.value == pytest.approx(by_hand.value)


def test_questions_that_all_differ_leave_no_scale():
    plan = replace(
        PLAN, challenges=ChallengeRules(languages=SPOKEN, item_alpha=0.999, item_effect=0.0)
    )
    assert cell(spoken(1.0), "language_items", plan).reason == "too_few_items_left"


def test_a_language_that_the_answers_do_not_have_is_none():
    plan = replace(PLAN, challenges=ChallengeRules(languages=Languages("absent", "kk", "ru")))
    assert cell(given.answers(), "language_items", plan).reason == "no_language"


def test_answers_are_turned_as_for_the_scores():
    responses = given.answers()
    answers = answers_of(responses, given.SCALE, given.INSTRUMENT)
    scores = scores_of(responses, given.SCALE, given.INSTRUMENT)
    assert np.nanmean(answers, axis=1) == pytest.approx(scores, nan_ok=True)


# Links


def drawn(rows):
    return given.responses("respondent region wave q1 q2 q3\n" + "\n".join(rows))


def test_a_child_one_slip_away_is_counted_and_linked_only_in_its_challenge():
    rows = ["10-1 p1 0 1 1 5", "10-1 p1 1 2 2 4", "20-3 p1 0 3 3 3", "20-4 p1 1 4 4 2"]
    rows += ["30-56 c1 0 1 2 3", "30-65 c1 1 1 2 3", "40-0 c1 1 1 1 1", "10-9 c2 1 1 1 1"]
    cohort = cohort_of(drawn(rows), study())
    by_code = list(cohort.respondents)
    assert {(by_code[a], by_code[b]) for a, b in slips(cohort)} == {
        ("20-3", "20-4"),
        ("30-56", "30-65"),
    }
    pilot, comparison = linkage(cohort)
    assert (pilot.arm, pilot.exact, pilot.one_slip, pilot.unresolved) == ("pilot", 1, 1, 0)
    assert (comparison.exact, comparison.one_slip, comparison.unresolved) == (0, 1, 2)
    linked = with_slips_linked(cohort)
    assert int(linked.both.sum()) == 3 and len(linked.first) == len(cohort.first) - 2


def test_where_two_children_could_be_meant_nobody_is_linked():
    rows = ["10-1 p1 0 1 1 5", "10-2 p1 0 1 1 5", "10-3 p1 1 2 2 4"]
    assert slips(cohort_of(drawn(rows), study())) == ()
    rows = ["10-1 p1 0 1 1 5", "10-2 p1 1 1 1 5", "10-3 p1 1 2 2 4"]
    assert slips(cohort_of(drawn(rows), study())) == ()


def test_slips_linked_give_their_children_back():
    responses = given.answers(children=24)
    whole = cell(responses, "headline")
    slipped = responses.copy()
    last = (slipped["wave"] == 1) & (slipped["respondent"] == "child7")
    slipped.loc[last, "respondent"] = "chxld7"
    head, found = (cell(slipped, name) for name in ("headline", "slips_linked"))
    assert head.children == whole.children - 1
    assert found.value == pytest.approx(whole.value) and found.children == whole.children


# Answers not given in earnest


def many_items():
    names = tuple(f"i{number}" for number in range(8))
    fields = tuple(
        Field(
            name,
            Level.ROW,
            given.INSTRUMENT.field("q1").type,
            Need.EXPECTED,
            {"en": name},
            choices=given.AGREE,
            item=True,
        )
        for name in names
    )
    return replace(given.INSTRUMENT, fields=fields), names


def test_the_same_box_all_the_way_and_forms_filled_in_twice_are_flagged():
    instrument, names = many_items()
    rng = np.random.default_rng(1)
    answers = rng.integers(1, 6, (6, 8))
    answers[0], answers[2] = 3, answers[1]
    frame = pd.DataFrame(answers, columns=names).astype("Int16")
    frame["region"], frame["wave"] = ["a", "a", "a", "a", "b", "b"], 0
    assert suspect(frame, instrument).tolist() == [True, True, True, False, False, False]
    elsewhere = frame.assign(region=["a", "a", "b", "a", "b", "b"])
    assert suspect(elsewhere, instrument).tolist() == [True, False, False, False, False, False]
    frame.loc[0, names[0]] = pd.NA
    assert not suspect(frame, instrument)[0]


def test_flagged_answers_are_left_out_of_their_challenge_only():
    responses = given.answers(children=24)
    odd = replace(cases_of(responses, study())[0], suspect=np.arange(len(responses)) < 5)
    found = challenge(odd, "quality_flags")
    assert found.children == cell(responses, "headline").children - 5


# Words


def test_a_cell_has_a_sign_where_it_lies_on_one_side():
    said = [
        Challenge("o", "n", value=0.2, low=-0.1, high=0.5),
        Challenge("o", "n", low=-0.5, high=-0.1),
        Challenge("o", "n", low=0.1, high=0.2),
        Challenge("o", "n", low=-0.1, high=0.2),
        Challenge("o", "n", reason="dof"),
    ]
    assert [one.sign for one in said] == [1, -1, 1, 0, 0]


@pytest.mark.parametrize("code", languages())
def test_every_reason_of_a_cell_can_be_said(code):
    say = Language(code)
    assert all(
        say(f"reason.{rule}").endswith(".")
        for rule in {
            *UNCHANGED.values(),
            "under_threshold",
            "too_few_items_left",
            "few_effective",
            "no_balance",
        }
    )


def test_children_who_began_are_those_of_both_arms_at_baseline():
    responses = lost(given.answers(children=10), 0.5)
    began = began_of(cases_of(responses, study())[0])
    assert len(began.pilot) == 60 and np.isnan(began.endline).any()
    assert not np.isnan(began.only(np.isfinite(began.endline)).endline).any()


def test_the_covariate_s_name_is_kept():
    assert cases_of(given.answers(), study(replace(PLAN, covariates=(Covariate("age", "age"),))))[
        0
    ].names == ("age",)
