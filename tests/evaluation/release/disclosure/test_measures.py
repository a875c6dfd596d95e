"""What leaves of the measures: nothing of few children, nothing of a region, bars that are merged."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from evaluation.errors import DisclosureError
from evaluation.records.challenges import Linkage
from evaluation.records.measures import Doubtful, Measures, Reliability
from evaluation.release.disclosure import EarlierReport, Mark, ReleasedMeasures, protect
from evaluation.release.disclosure.bars import merged_bars
from evaluation.release.disclosure.cells import written
from evaluation.release.disclosure.reasons import reasons_of
from evaluation.release.disclosure.tables.rules import Rule
from evaluation.release.report.facts import Facts
from tests.evaluation.release import given
from tests.evaluation.release.given_measures import MEASURES, RELIABLE, SPREADS, bins

ENOUGH = given.flow(
    given.arm("pilot", 240, 225, 205, 190, 180, 171),
    given.arm("comparison", 235, 220, 200, 185, 175, 166),
)


def facts(measures: Measures = MEASURES, participants=ENOUGH, **changes: object) -> Facts:
    found = given.comparison(given.estimate(**changes), participants=participants)
    return Facts(found, given.study(), measures=measures)


def released(
    measures: Measures = MEASURES, earlier: tuple[EarlierReport, ...] = (), **changes: object
) -> ReleasedMeasures:
    made = protect(facts(measures, **changes), given.RULES, earlier=earlier)
    assert made.measures is not None
    return made.measures


def texts(line) -> dict[str, str]:
    return {name: written(cell) for name, cell in line.numbers}


def test_coefficients_leave_with_two_decimals_and_shares_in_whole_percent() -> None:
    found = released()
    assert texts(found.reliabilities[0]) == {
        "alpha": "0.74",
        "low": "0.65",
        "high": "0.80",
        "omega": "0.74",
        "ordinal_alpha": "0.77",
        "rest_low": "0.41",
        "rest_high": "0.52",
    }
    strong = texts(found.robustness[0])
    assert (strong["pomp"], strong["glass"], strong["e_point"]) == ("7.8", "0.39", "2.19")
    assert (strong["robustness"], strong["p_equivalence"]) == ("16%", "0.231")
    assert texts(found.seen_causes[0]) == {"left": "0.25", "with_arm": "0%", "with_outcome": "42%"}
    assert texts(found.covariate_gaps[0]) == {"gap": "-0.13", "variance_ratio": "0.96"}


@pytest.mark.parametrize(("complete", "shown"), [(10, True), (9, False)])
def test_a_scale_s_reliability_needs_the_minimum_of_whole_rows(complete: int, shown: bool) -> None:
    (line,) = released(
        Measures(reliabilities=(replace(RELIABLE, complete=complete),))
    ).reliabilities
    assert (line.number("alpha") is not Mark.CONFIDENTIAL) is shown
    assert (line.word("crowded") == "yes") is shown


def test_a_reason_of_few_children_stays_in() -> None:
    few = Reliability("reading", 0, "ru", 4, 2, reason="few_answers", caution="reliability_unknown")
    (line,) = released(Measures(reliabilities=(few,))).reliabilities
    assert (line.reason, line.word("caution")) == (None, "")
    assert set(texts(line).values()) == {"[x]"}
    assert released().reliabilities[2].reason == "one_item"


def test_questions_are_named_only_with_enough_children_in_both_groups() -> None:
    words = {line.key: line.word("flagged") for line in released().item_differences}
    assert words["reading", "reading_1", "language"] == "yes"
    assert words["reading", "reading_2", "language"] == "no"
    assert words["telling", "telling_1", "arm"] == ""
    assert released().item_differences[-1].reason == "item_unanswered"


def test_of_losses_by_region_nothing_leaves() -> None:
    assert [line.key for line in released().losses] == [
        ("reading", "pilot"),
        ("reading", "comparison"),
    ]
    ledger = dict(protect(facts(), given.RULES).ledger())
    assert ledger["measure/losses/reading/pilot/gap"] == "-0.14"
    assert "-0.78" not in ledger.values()


@pytest.mark.parametrize(("both", "shown"), [(190, True), (192, True), (193, False), (203, False)])
def test_the_lost_are_described_where_the_flow_as_shown_has_enough_of_them(
    both: int, shown: bool
) -> None:
    """205 began: minus 190 is 15 in print, the minimum and what rounding may hide."""
    flow = given.flow(given.arm("pilot", 240, 225, 205, 210, both, 171), given.COMPARISON)
    line = released(participants=flow).losses[0]
    assert (written(line.number("gap")) == "-0.14") is shown


def test_links_leave_for_all_arms_or_for_none() -> None:
    assert [texts(line) for line in released().links] == [
        {"one_slip": "11%", "unresolved": "9%"},
        {"one_slip": "8%", "unresolved": "9%"},
    ]
    few = (Linkage("pilot", 150, 20, 16), Linkage("comparison", 162, 14, 9))
    hidden = released(replace(MEASURES, links=few)).links
    assert {text for line in hidden for text in texts(line).values()} == {"[c]"}


def test_doubtful_answers_need_the_minimum_and_as_many_others() -> None:
    found = {line.key: texts(line) for line in released().doubtful}
    assert found["pilot", "0"] == {"straight": "6%", "repeated": "[c]"}
    assert found["pilot", "1"] == {"straight": "[c]", "repeated": "16%"}
    assert found["comparison", "0"] == {"straight": "[c]", "repeated": "5%"}


def test_a_hidden_result_takes_its_strength_and_distribution_along() -> None:
    found = released(n_pilot=9)
    marks = set(texts(found.robustness[0]).values()) | set(texts(found.seen_causes[0]).values())
    assert marks == {"[c]"} and found.robustness[0].word("equivalent") == ""
    assert found.spreads == ()


def test_covariates_need_the_minimum_in_both_arms() -> None:
    few = replace(MEASURES.covariate_gaps[0], comparison=9)
    (line,) = released(Measures(covariate_gaps=(few,))).covariate_gaps
    assert set(texts(line).values()) == {"[c]"}


# Bars


def test_bars_are_merged_until_each_stands_for_enough_children_everywhere() -> None:
    bars = merged_bars(SPREADS, minimum=10, earlier=())
    ends = list(dict.fromkeys((bar.low, bar.high) for bar in bars))
    assert ends == [(1.0, 2.0), (2.0, 2.5), (2.5, 3.0), (3.0, 3.5), (3.5, 4.0), (4.0, 5.0)]
    pilot = [written(b.cell) for b in bars if (b.arm, b.wave) == ("pilot", 0)]
    assert pilot == ["7%", "12%", "23%", "35%", "12%", "12%"]


@pytest.mark.parametrize("minimum", [5, 10, 30, 60, 200])
def test_no_bar_stands_for_fewer_than_the_minimum_nor_does_the_rest(minimum: int) -> None:
    bars = merged_bars(SPREADS, minimum=minimum, earlier=())
    for bar in bars:
        own = [s for s in SPREADS if (s.arm, s.wave) == (bar.arm, bar.wave)]
        inside = sum(s.children for s in own if bar.low <= s.low and s.high <= bar.high)
        assert inside >= minimum and sum(s.children for s in own) - inside >= minimum
    assert not bars or len({bar.low for bar in bars}) >= 2


def test_a_distribution_that_would_be_one_bar_or_of_nobody_stays_in() -> None:
    thin = (*bins("pilot", 0, 9, 9, 9), *bins("pilot", 1, 9, 9, 9))
    assert merged_bars(thin, minimum=10, earlier=()) == ()
    assert merged_bars(bins("pilot", 0, 0, 0), minimum=10, earlier=()) == ()


def test_each_outcome_has_bars_of_its_own() -> None:
    other = tuple(replace(spread, outcome="telling", children=20) for spread in SPREADS)
    bars = merged_bars((*SPREADS, *other), minimum=10, earlier=())
    assert {
        (bar.outcome, len({b.low for b in bars if b.outcome == bar.outcome})) for bar in bars
    } == {
        ("reading", 6),
        ("telling", 8),
    }


# Earlier reports


def left(children: int, **flow: int) -> tuple[EarlierReport, ...]:
    """A report of so many pilot children that showed everything."""
    arm = replace(ENOUGH.arms[0], **flow)
    found = given.comparison(
        given.estimate(n_pilot=children),
        given.unclear(),
        participants=replace(ENOUGH, arms=(arm, ENOUGH.arms[1])),
    )
    cells = dict(protect(facts(), given.RULES).ledger())
    return (EarlierReport(found, cells, 10),)


@pytest.mark.parametrize(
    ("before", "shown"), [(171, True), (172, False), (180, False), (181, True)]
)
def test_beside_a_distribution_of_nearly_the_same_children_none_leaves(
    before: int, shown: bool
) -> None:
    now = sum(s.children for s in SPREADS if (s.arm, s.wave) == ("pilot", 0))
    assert now == 171
    assert bool(released(earlier=left(before)).spreads) is shown


def test_beside_a_report_that_showed_no_distribution_it_leaves() -> None:
    (then,) = left(172)
    silent = replace(then, cells={})
    assert released(earlier=(silent,)).spreads


def test_shares_of_nearly_the_same_children_stay_in() -> None:
    links = released(earlier=left(171, endline=187)).links  # 186 now
    assert set(texts(links[0]).values()) == {"[c]"} and "[c]" not in texts(links[1]).values()
    doubtful = released(earlier=left(171, baseline=203)).doubtful  # 204 now
    assert texts(doubtful[0])["straight"] == "[c]"
    shown = released(earlier=left(171, endline=186, baseline=204))
    assert texts(shown.links[0])["one_slip"] == "11%"
    none = Measures(doubtful=(Doubtful("pilot", 0, 204, 0, 0),))
    assert set(texts(released(none, earlier=left(171)).doubtful[0]).values()) == {"[c]"}


# The whole


def test_every_cell_stands_in_the_ledger_under_its_own_name() -> None:
    asked = facts()
    made = protect(asked, given.RULES)
    assert made.measures is not None
    keys = [key for key, _ in made.measures.cells()]
    assert (
        len(keys) == len(set(keys)) == sum(key.startswith("measure/") for key, _ in made.ledger())
    )
    hidden = [r for r in reasons_of(made, asked) if r.key.startswith("measure/")]
    assert hidden and {reason.rule for reason in hidden} == {Rule.SMALL}


def test_a_run_without_measures_has_no_lines_and_nobody_else_makes_any() -> None:
    empty = released(Measures())
    assert not any(getattr(empty, field.name) for field in fields(empty))
    with pytest.raises(DisclosureError):
        replace(released().links[0], seal=None)  # type: ignore[arg-type]
    with pytest.raises(DisclosureError):
        replace(empty, seal=None)  # type: ignore[arg-type]
