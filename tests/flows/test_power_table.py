"""The table of power: a line for every answer, a dash for what there is not, a sentence to end."""

from dataclasses import replace

import pytest

from evaluation.analysis.power_scenarios import SCENARIOS, PowerAnswer, Question
from evaluation.analysis.power_simulation import Assumed, SimulatedPower
from evaluation.design import load_study
from evaluation.language import Language, languages
from evaluation.settings import CHECKOUT
from flows.commands.power import COLUMNS, protected, shown_of, table

STUDY = load_study(CHECKOUT / "evaluation/study")
TERMS = {"draws": 10, "seed": "1", "lost": 0.1, "between": 0.6}
ASSUMED = Assumed((20, 30), (25, 25), spread=0.5, icc=0.05)
FOUND = SimulatedPower(10, 1.0, (0.25,), (0.4,), 0.35, 2.4)


def answers(without=()):
    for outcome in STUDY.plan.outcomes:
        for scenario in SCENARIOS:
            question = Question(outcome.id, "ancova", scenario, ASSUMED)
            if outcome.id in without:
                yield PowerAnswer(
                    replace(question, assumed=None, reason="no_variation"), reason="no_variation"
                )
            else:
                yield PowerAnswer(
                    question, analytic=0.3 if scenario == "as_it_is" else 0.25, simulated=FOUND
                )


@pytest.mark.parametrize("code", languages())
def test_every_answer_has_its_line_and_every_line_every_column(code):
    say = Language(code)
    lines = list(table(protected(list(answers({"sid"})), STUDY), STUDY, say, TERMS))
    rows = [line for line in lines if line.startswith("|")]
    assert len(rows) == 2 + 4 * len(STUDY.plan.outcomes)
    assert {row.count("|") for row in rows} == {len(COLUMNS) + 1}
    # Why nothing can be said of it may tell of a few children: it is hidden with the numbers.
    assert not any(say("reason.no_variation") in row for row in rows)
    first = [cell.strip() for cell in rows[2].split("|")[1:-1]]
    assert first[2:8] == [
        "2v2",
        "100",
        say.number(0.05, 2),
        say.number(0.3, 2),
        say.number(0.35, 2),
        say.number(0.7, 2),
    ]
    ends = lines[len(rows) + 2 :]
    assert len(ends) == len(STUDY.plan.outcomes) - 1
    assert all(say.number(0.25, 2) in end for end in ends)


def test_what_is_found_by_no_effect_is_a_dash():
    say = Language("en")
    none = replace(FOUND, detectable=None, mean_dof=None, answered=0.0, power=(0.0,))
    lines = list(
        table(protected([replace(a, simulated=none) for a in answers()], STUDY), STUDY, say, TERMS)
    )
    assert lines[2].count(say.number(None)) == 3


def test_a_reason_that_tells_of_the_design_alone_is_given():
    say = Language("en")
    asked = [replace(a.question, assumed=None) for a in answers()]
    given = [PowerAnswer(question, reason="regions_per_arm") for question in asked]
    lines = list(table(protected(given, STUDY), STUDY, say, TERMS))
    assert say("reason.regions_per_arm") in lines[2]
    assert not any("[c]" in line for line in lines)


def test_with_too_few_children_nothing_is_said_and_nothing_drawn():
    few = Assumed((5, 4), (25, 25), spread=0.5, icc=0.05)
    small = [replace(a, question=replace(a.question, assumed=few)) for a in answers()]
    released = protected(small, STUDY)
    lines = list(table(released, STUDY, Language("en"), TERMS))
    rows = [line for line in lines[2:] if line.startswith("|")]
    assert all(row.count("[c]") == 8 for row in rows)
    assert len(lines) == 2 + len(rows) + 2  # and no word on what one more region would buy
    assert shown_of(small, released) == []
    assert shown_of(list(answers()), protected(list(answers()), STUDY)) == list(answers())
