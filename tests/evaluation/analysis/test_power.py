"""Power in closed form against R and by trying; the study's own regions; the chart."""

import json
from dataclasses import replace

import numpy as np
import pytest

from evaluation.analysis import (
    ClusterDesign,
    detectable,
    draw_power,
    power_of,
    questions,
    regions_needed,
    simulate_power,
)
from evaluation.analysis.inference.intraclass import intraclass
from evaluation.analysis.power_scenarios import SCENARIOS, Question, answer_power, assumed_of
from evaluation.analysis.power_simulation import AT_ONCE, Assumed, draw, draw_many
from evaluation.analysis.scoring import scores_of
from evaluation.design import Arm, Outcome
from evaluation.errors import EstimationError
from evaluation.language import Language, languages
from tests.evaluation.analysis import given
from tests.evaluation.analysis.inference.reference import agrees

EQUAL = Assumed((30,) * 4, (30,) * 4, spread=0.8, icc=0.05)


def test_the_reference_s_power():
    agrees(
        "power_cluster_design",
        {
            "p1": power_of(ClusterDesign(16, 16, 10, 0.5 / 5, 5**0.5), 1),
            "nclusters": regions_needed(ClusterDesign(2, 2, 10, 0.1, 5**0.5), 1),
            "p_cv": power_of(ClusterDesign(20, 20, 100, 0.1, 1, unequal=0.5), 0.2),
            "p_pilot_4x25_icc05_d04": power_of(ClusterDesign(4, 4, 25, 0.05), 0.4),
            "mde_4x25_icc05": detectable(ClusterDesign(4, 4, 25, 0.05)),
            "mde_5x40_icc10": detectable(ClusterDesign(5, 5, 40, 0.10)),
        },
    )


def test_the_specification_s_table_of_smallest_effects():
    """statistics.md A.9: regions an arm → ICC .02, .05, .10."""
    table = {
        3: (0.75, 0.91, 1.13),
        4: (0.58, 0.71, 0.88),
        5: (0.49, 0.60, 0.75),
        6: (0.44, 0.53, 0.66),
    }
    for k, row in table.items():
        found = [detectable(ClusterDesign(k, k, 25, icc)) for icc in (0.02, 0.05, 0.10)]
        assert found == pytest.approx(row, abs=0.006)


def test_what_is_detectable_is_found_with_the_power_asked_for():
    design = ClusterDesign(3, 6, 20, 0.08, spread=0.9, unequal=0.4)
    effect = detectable(design, power=0.7, alpha=0.1)
    assert power_of(design, effect, alpha=0.1) == pytest.approx(0.7)
    k = regions_needed(design, 0.4)
    assert power_of(replace(design, pilot=k, comparison=k), 0.4) == pytest.approx(0.8)
    assert regions_needed(design, 1e6, power=0.5, alpha=0.9) == 1.01


DESIGNS = {
    "regions_per_arm": {"pilot": 1},
    "no_design": {"icc": 1.0},
}


@pytest.mark.parametrize("rule", DESIGNS)
def test_designs_that_cannot_be_are_refused(rule):
    with pytest.raises(EstimationError) as refused:
        replace(ClusterDesign(4, 4, 25, 0.05), **DESIGNS[rule])
    assert refused.value.rule == rule


def test_regions_of_all_sizes_at_once_have_no_formula():
    with pytest.raises(EstimationError, match="no_design"):
        power_of(ClusterDesign(4, 4, 20, 0.05, unequal=3.0), 0.5)


@pytest.mark.parametrize(("share", "name"), [({"alpha": 0.0}, "alpha"), ({"power": 0.01}, "power")])
def test_shares_that_are_none_are_refused(share, name):
    with pytest.raises(EstimationError) as refused:
        detectable(ClusterDesign(4, 4, 25, 0.05), **share)
    assert refused.value.values["name"] == name


def test_no_number_of_regions_finds_nothing():
    with pytest.raises(EstimationError, match="no_design"):
        regions_needed(ClusterDesign(4, 4, 25, 0.05), 1e-9)


# By trying


def test_by_trying_agrees_with_the_formula_on_equal_regions():
    """600 studies: one standard error of the power is 1.6 points, of the effect about .01."""
    effect = detectable(EQUAL.analytic)
    found = simulate_power(EQUAL, (effect,), draws=600, seed=1)
    assert found.power[0] == pytest.approx(0.80, abs=3.5 * found.chance(0.8))
    assert found.detectable == pytest.approx(effect, rel=0.08)
    assert found.answered == 1.0 and found.mean_dof == pytest.approx(6, abs=0.1)


@pytest.mark.parametrize("design", [(3, 0.02), (4, 0.10), (6, 0.05)])
def test_by_trying_agrees_with_the_formula_closely(design):
    """4,000 studies of equal regions: one standard error is .6 points, three of these allowed."""
    k, icc = design
    equal = Assumed((20,) * k, (20,) * k, spread=0.8, icc=icc)
    effect = detectable(equal.analytic)
    found = simulate_power(equal, (effect,), draws=4_000, seed=2)
    assert found.power[0] == pytest.approx(0.80, abs=3 * found.chance(0.8))
    assert found.detectable == pytest.approx(effect, rel=0.03)


def test_without_an_effect_the_level_is_kept():
    found = simulate_power(EQUAL, (0.0,), draws=600, seed=3)
    assert 0.02 <= found.power[0] <= 0.08


def test_adding_the_effect_to_the_answers_says_the_same():
    """One study, analysed with the effect in its endline scores."""
    from evaluation.analysis.estimators import ESTIMATORS

    effect, rejected = 0.4, 0
    for number in range(20):
        sample = draw(EQUAL, np.random.default_rng(number))
        moved = replace(sample, endline=sample.endline + effect * sample.pilot)
        rejected += ESTIMATORS["ancova"](moved, level=0.95).p_value < 0.05
    powers = [simulate_power(EQUAL, (effect,), draws=1, seed=n).power[0] for n in range(20)]
    assert sum(powers) == rejected


def test_the_drawn_scores_have_the_assumed_correlations():
    big = Assumed((200,) * 30, (200,) * 30, spread=0.8, icc=0.2, between_waves=0.5)
    sample = draw(big, np.random.default_rng(5))
    assert sample.baseline.std() == pytest.approx(0.8, rel=0.06)
    assert intraclass(sample.endline, sample.regions).correlation == pytest.approx(0.2, abs=0.06)
    assert np.corrcoef(sample.baseline, sample.endline)[0, 1] == pytest.approx(0.5, abs=0.08)


def test_many_studies_are_the_same_as_one_after_the_other():
    odd = Assumed((4, 7), (5, 3, 6), spread=0.7, icc=0.2)
    together, lot = draw_many(odd, 4, np.random.default_rng(9)), np.random.default_rng(9)
    for study in together:
        one = draw(odd, lot)
        for name in ("regions", "pilot", "baseline", "endline"):
            assert np.array_equal(getattr(study, name), getattr(one, name))


def test_drawn_in_blocks_or_one_by_one_power_is_the_same():
    """More studies than are drawn at once, each through the estimator by itself."""
    from evaluation.analysis.estimators import ESTIMATORS

    number, lot, found = AT_ONCE + 30, np.random.default_rng(4), []
    for _ in range(number):
        sample = draw(EQUAL, lot)
        moved = replace(sample, endline=sample.endline + 0.4 * sample.pilot)
        found.append(ESTIMATORS["ancova"](moved, level=0.95))
    simulated = simulate_power(EQUAL, (0.4,), draws=number, seed=4)
    assert simulated.power[0] == np.mean([one.p_value < 0.05 for one in found])
    assert simulated.mean_dof == pytest.approx(np.mean([one.dof for one in found]))


def test_studies_that_the_plan_refuses_find_nothing():
    few = Assumed((10, 10), (10, 10), spread=1, icc=0.0)
    found = simulate_power(few, (5.0,), draws=5, seed=1, dof_refuse=2.5)
    assert (found.answered, found.power, found.detectable, found.mean_dof) == (
        0,
        (0.0,),
        None,
        None,
    )
    refused = simulate_power(EQUAL, (5.0,), draws=2, seed=1, estimator="ordinal")
    assert (refused.answered, refused.detectable) == (0, None)  # too many distinct scores


def test_one_more_region_is_of_middling_size_and_children_can_be_lost():
    odd = Assumed((10, 20, 60), (30, 30), spread=1, icc=0.1)
    assert odd.one_more("pilot").pilot == (10, 20, 60, 20)
    assert odd.one_more("comparison").comparison == (30, 30, 30)
    assert odd.larger(0.5).pilot == (5, 10, 30)
    assert odd.analytic.unequal > 0


@pytest.mark.parametrize(
    ("changed", "rule"),
    [({"pilot": (5,)}, "regions_per_arm"), ({"spread": 0.0}, "no_design"), ({"icc": 1.0}, "no_design"), ({"pilot": (5, 0)}, "no_design")],
)  # fmt: skip
def test_assumptions_that_cannot_be_are_refused(changed, rule):
    with pytest.raises(EstimationError) as refused:
        replace(EQUAL, **changed)
    assert refused.value.rule == rule


# The study's own regions


def test_the_baseline_alone_is_asked():
    study, responses = given.study(), given.answers(children=20)
    asked = questions(responses, study, lost=0.1)
    before = questions(responses[responses["wave"] == 0], study, lost=0.1)
    assert asked == before
    assert [question.scenario for question in asked] == list(SCENARIOS)
    now, more = asked[0].assumed, asked[1].assumed
    assert now.pilot == now.comparison == (18, 18, 18)
    assert more.pilot == (18,) * 4
    rows = responses[responses["wave"] == 0]
    scores = scores_of(rows, given.SCALE, given.INSTRUMENT)
    assert now.spread == pytest.approx(np.nanstd(scores, ddof=1))
    scored = np.isfinite(scores)
    by_hand = intraclass(scores[scored], rows["region"].to_numpy()[scored]).correlation
    assert now.icc == pytest.approx(max(by_hand, 0.0))


def test_an_answer_has_the_formula_beside_the_trying():
    plan = given.PLAN
    (asked, *_) = questions(given.answers(children=20), given.study())
    found = answer_power(asked, plan, draws=20, seed=1)
    assert found.analytic == detectable(asked.assumed.analytic)
    assert found.simulated.draws == 20 and found.reason is None
    assert found == answer_power(asked, plan, draws=20, seed=1)


def test_an_outcome_that_nobody_answered_says_why_under_every_scenario():
    responses = given.answers()
    responses[["q1", "q2", "q3"]] = None
    asked = questions(given.typed(responses), given.study())
    assert {question.reason for question in asked} == {"regions_per_arm"}
    assert answer_power(asked[0], given.PLAN, draws=2, seed=1).reason == "regions_per_arm"


def test_children_of_no_arm_are_no_design():
    arms = np.array([Arm.PILOT] * 6 + [Arm.COMPARISON] * 6 + [Arm.OTHER] * 6, dtype=object)
    regions = np.array(list("aaabbbcccdddeeefff"), dtype=object)
    scores = np.random.default_rng(1).normal(size=18)
    found = assumed_of(scores, arms, regions)
    assert (found.pilot, found.comparison) == ((3, 3), (3, 3))


def test_shares_and_empty_baselines_are_refused():
    with pytest.raises(EstimationError) as refused:
        questions(given.answers(), given.study(), lost=1.0)
    assert refused.value.values["name"] == "lost"
    with pytest.raises(EstimationError) as refused:
        questions(given.answers(), given.study(), between_waves=-0.1)
    assert refused.value.values["name"] == "between_waves"
    responses = given.answers()
    with pytest.raises(EstimationError, match="no_baseline"):
        questions(responses[responses["wave"] == 1], given.study())


@pytest.mark.parametrize("code", languages())
def test_the_chart_has_a_mark_for_every_answer(code):
    plan = replace(
        given.PLAN, outcomes=(*given.PLAN.outcomes, Outcome("other", "mood", "primary", "ancova"))
    )
    asked = questions(given.answers(children=20), given.study(plan=plan))
    answers = [answer_power(question, plan, draws=5, seed=1) for question in asked[:4]]
    none = Question("other", "ancova", "as_it_is", None, "regions_per_arm")
    answers.append(answer_power(none, plan, draws=5, seed=1))
    say = Language(code)
    figure = draw_power(answers, names={"mood": "mood", "other": "other"}, power=0.8, say=say)
    (axes,) = figure.axes
    assert [len(line.get_xdata()) for line in axes.get_lines()] == [1, 1, 1, 1]
    assert axes.get_xlabel() == say("chart.power.axis", power=0.8)
    assert axes.xaxis.get_major_formatter()(0.25, None) == say.number(0.25, 2)
    said = [text.get_text() for text in figure.legends[0].get_texts()]
    assert said == [say(f"cli.powered.scenario.{scenario}") for scenario in SCENARIOS]


def test_the_case_s_inputs_are_those_of_its_text():
    values = json.loads(given.case_file("power_cluster_design.json").read_text())["expected"]
    assert len(values) == 6
