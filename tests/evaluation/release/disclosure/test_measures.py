"""What leaves of the measures: nothing of few children, nothing of a region, bars that are merged."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from evaluation.errors import DisclosureError
from evaluation.records.challenges import Linkage
from evaluation.records.measures import CovariateGap, Doubtful, Measures, Reliability
from evaluation.release.disclosure import EarlierReport, Mark, ReleasedMeasures, protect
from evaluation.release.disclosure.bars import merged_bars
from evaluation.release.disclosure.cells import written
from evaluation.release.disclosure.reasons import reasons_of
from evaluation.release.disclosure.tables.rules import Rule
from evaluation.release.report.facts import Facts
from tests.evaluation.release import given
from tests.evaluation.release.given_measures import MEASURES, RELIABLE, SPREADS, bins

ENOUGH = given.flow(
    given.arm("pilot", 240, 225, 205, 193, 182, 171),
    given.arm("comparison", 235, 220, 200, 188, 177, 166),
)
"""Ten or more are lost from each step to the next."""


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
    assert (strong["pomp"], strong["glass"], strong["e_point"]) == ("8", "0.39", "2.19")
    assert (strong["robustness"], strong["p_equivalence"]) == ("16%", "0.231")
    assert texts(found.seen_causes[0]) == {"left": "0.25", "with_arm": "0%", "with_outcome": "42%"}
    assert texts(found.covariate_gaps[0]) == {"gap": "-0.13", "variance_ratio": "0.96"}


@pytest.mark.parametrize(
    ("complete", "shown", "crowded"),
    [(9, False, ""), (10, True, ""), (66, True, ""), (67, True, "yes"), (120, True, "yes")],
)
def test_a_scale_s_reliability_needs_the_minimum_of_whole_rows(
    complete: int, shown: bool, crowded: str
) -> None:
    """15 % of 66 are 9.9: that not so many stand at the end would say that fewer than 10 do."""
    (line,) = released(
        Measures(reliabilities=(replace(RELIABLE, complete=complete),))
    ).reliabilities
    assert (line.number("alpha") is not Mark.CONFIDENTIAL) is shown
    assert (line.word("judged") == "good") is shown
    assert line.word("crowded") == crowded


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
        {"one_slip": "10%", "unresolved": "8%"},  # 20 and 15 of 195
        {"one_slip": "8%", "unresolved": "8%"},  # 15 and 15 of 190
    ]
    few = (Linkage("pilot", 150, 20, 16), Linkage("comparison", 162, 14, 9))
    hidden = released(replace(MEASURES, links=few)).links
    assert {text for line in hidden for text in texts(line).values()} == {"[c]"}


def test_links_stay_in_where_the_flow_keeps_a_secret_that_they_add_up_with() -> None:
    """Of 182 met again 173 are in the results. 193 less the links' 36 would say how many were met
    again, and so that 9 were lost."""
    few_lost = replace(ENOUGH, arms=(replace(ENOUGH.arms[0], analysed=173), ENOUGH.arms[1]))
    hidden = released(participants=few_lost).links
    assert {text for line in hidden for text in texts(line).values()} == {"[c]"}


def test_doubtful_answers_need_the_minimum_and_as_many_others() -> None:
    found = {line.key: texts(line) for line in released().doubtful}
    assert found["pilot", "0"] == {"straight": "5%", "repeated": "[c]"}  # 10 of 205
    assert found["pilot", "1"] == {"straight": "[c]", "repeated": "15%"}  # 30 of 195
    assert found["comparison", "0"] == {"straight": "[c]", "repeated": "5%"}


@pytest.mark.parametrize("children", range(28, 33))
def test_a_share_of_a_few_dozen_does_not_say_how_many_they_are(children: int) -> None:
    """12 of 28 are 43 %, of 29 41 %, of 30 40 %; all of them leave as 10 of 30."""
    small = given.flow(
        given.arm("pilot", 200, 100, children, 60, children - 10, 15), ENOUGH.arms[1]
    )
    found = Measures(doubtful=(Doubtful("pilot", 0, children, 12, 0),))
    shown = texts(released(found, participants=small).doubtful[0])["straight"]
    assert shown in ("33%", "[c]")  # where the flow hides how many they are, so does the share


def test_where_the_flow_does_not_show_how_many_they_are_there_is_no_share_of_them() -> None:
    hidden = given.flow(given.arm("pilot", 240, 225, 205, 8, 7, 6), ENOUGH.arms[1])
    found = Measures(doubtful=(Doubtful("pilot", 1, 193, 30, 30), Doubtful("third", 0, 50, 20, 20)))
    made = protect(facts(found, participants=hidden), given.RULES)
    assert dict(made.ledger())["flow/pilot/endline"] == "[c]" and made.measures is not None
    assert [texts(line)["straight"] for line in made.measures.doubtful] == ["[c]", "[c]"]


def test_a_hidden_result_takes_its_strength_and_distribution_along() -> None:
    found = released(n_pilot=9)
    marks = set(texts(found.robustness[0]).values()) | set(texts(found.seen_causes[0]).values())
    assert marks == {"[c]"} and found.robustness[0].word("equivalent") == ""
    assert found.spreads == ()


def test_covariates_need_the_minimum_in_both_arms() -> None:
    few = replace(MEASURES.covariate_gaps[0], comparison=9)
    (line,) = released(Measures(covariate_gaps=(few,))).covariate_gaps
    assert set(texts(line).values()) == {"[c]"}


@pytest.mark.parametrize(("fewest", "shown"), [(10, True), (9, False), (0, False)])
def test_a_yes_or_no_needs_the_minimum_on_both_sides(fewest: int, shown: bool) -> None:
    one = replace(MEASURES.covariate_gaps[0], fewest=fewest)
    (line,) = released(Measures(covariate_gaps=(one,))).covariate_gaps
    assert ("[c]" not in texts(line).values()) is shown


def test_the_gap_and_the_ratio_of_a_yes_or_no_say_how_many_there_are() -> None:
    """So the rule above is needed: of all pairs of shares only 4 in 205 fits what would stand."""
    arms = np.array([205, 200])

    def printed(yes: tuple[int, int]) -> tuple[float, float]:
        p = np.array(yes) / arms
        spread = p * (1 - p)
        gap = (p[0] - p[1]) / np.sqrt(spread.mean())
        return round(float(gap), 2), round(float(spread[0] / spread[1]), 2)

    fits = [
        (a, b) for a in range(1, 205) for b in range(1, 200) if printed((a, b)) == printed((4, 60))
    ]
    assert {a for a, _ in fits} == {4}


def test_that_all_are_alike_in_something_does_not_leave() -> None:
    alike = CovariateGap("age", 204, 198, reason="no_variation")
    (line,) = released(Measures(covariate_gaps=(alike,))).covariate_gaps
    assert set(texts(line).values()) == {"[c]"} and line.reason is None


# Bars


def test_bars_are_merged_until_each_stands_for_enough_children_everywhere() -> None:
    bars = merged_bars(SPREADS, minimum=10, base=5, earlier=())
    ends = list(dict.fromkeys((bar.low, bar.high) for bar in bars))
    assert ends == [(1.0, 2.0), (2.0, 2.5), (2.5, 3.0), (3.0, 3.5), (3.5, 4.0), (4.0, 5.0)]
    pilot = [written(b.cell) for b in bars if (b.arm, b.wave) == ("pilot", 0)]
    assert pilot == ["6%", "12%", "24%", "35%", "12%", "12%"]


@pytest.mark.parametrize("minimum", [5, 10, 30, 60, 200])
def test_no_bar_stands_for_fewer_than_the_minimum_nor_does_the_rest(minimum: int) -> None:
    bars = merged_bars(SPREADS, minimum=minimum, base=5, earlier=())
    for bar in bars:
        own = [s for s in SPREADS if (s.arm, s.wave) == (bar.arm, bar.wave)]
        inside = sum(s.children for s in own if bar.low <= s.low and s.high <= bar.high)
        assert inside >= minimum and sum(s.children for s in own) - inside >= minimum
    assert not bars or len({bar.low for bar in bars}) >= 2


def test_a_distribution_that_would_be_one_bar_or_of_nobody_stays_in() -> None:
    thin = (*bins("pilot", 0, 9, 9, 9), *bins("pilot", 1, 9, 9, 9))
    assert merged_bars(thin, minimum=10, base=5, earlier=()) == ()
    assert merged_bars(bins("pilot", 0, 0, 0), minimum=10, base=5, earlier=()) == ()


@pytest.mark.parametrize("first", range(10, 16))
@pytest.mark.parametrize("second", range(10, 16))
def test_bars_of_few_children_do_not_say_how_many_there_are(first: int, second: int) -> None:
    """Of 24 children 11 would be 46 %, of 25 44 %: two outcomes of the same arm, one child apart."""
    drawn = tuple(b for arm in ("pilot", "comparison") for b in bins(arm, 0, first, second))
    shown = written(merged_bars(drawn, minimum=10, base=5, earlier=())[0].cell)
    near = {f"{a / (a + b):.0%}" for a in (10, 15) for b in (10, 15)}
    assert shown in near


def test_each_outcome_has_bars_of_its_own() -> None:
    other = tuple(replace(spread, outcome="telling", children=20) for spread in SPREADS)
    bars = merged_bars((*SPREADS, *other), minimum=10, base=5, earlier=())
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
    links = released(earlier=left(171, endline=194)).links  # 193 now
    assert {text for line in links for text in texts(line).values()} == {"[c]"}
    doubtful = released(earlier=left(171, baseline=203)).doubtful  # 204 now
    assert texts(doubtful[0])["straight"] == "[c]"
    shown = released(earlier=left(171, baseline=204))
    assert texts(shown.doubtful[0])["straight"] == "5%"
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


def test_shares_that_stay_in_for_the_sake_of_the_flow_say_so_to_the_evaluator() -> None:
    few_lost = replace(ENOUGH, arms=(replace(ENOUGH.arms[0], analysed=173), ENOUGH.arms[1]))
    asked = facts(participants=few_lost)
    earlier = left(171, baseline=203)  # 204 now
    made = protect(asked, given.RULES, earlier=earlier)
    rules = {reason.key: reason.rule for reason in reasons_of(made, asked, earlier=earlier)}
    assert rules["measure/links/pilot/one_slip"] is Rule.SECONDARY
    assert rules["measure/doubtful/pilot/0/straight"] is Rule.SECONDARY
    assert rules["measure/doubtful/pilot/0/repeated"] is Rule.SMALL
    few = facts(replace(MEASURES, links=(Linkage("pilot", 150, 20, 9),)))
    hidden = reasons_of(protect(few, given.RULES), few)
    assert {r.rule for r in hidden if r.key.startswith("measure/links")} == {Rule.SMALL}


def test_a_run_without_measures_has_no_lines_and_nobody_else_makes_any() -> None:
    empty = released(Measures())
    assert not any(getattr(empty, field.name) for field in fields(empty))
    with pytest.raises(DisclosureError):
        replace(released().links[0], seal=None)  # type: ignore[arg-type]
    with pytest.raises(DisclosureError):
        replace(empty, seal=None)  # type: ignore[arg-type]
