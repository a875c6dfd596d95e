"""For every [c] of a report the rule that hid it; for no other number any."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.records.estimates import Comparison
from evaluation.release.disclosure import EarlierReport, protect
from evaluation.release.disclosure.reasons import HIDDEN, reasons_of
from evaluation.release.disclosure.tables.rules import Rule
from evaluation.release.report.facts import Facts
from tests.evaluation.release import given

LOST_FEW = given.arm("pilot", 236, 220, 204, 193, 181, 178)


def reasons(found: Comparison, *before: Comparison) -> dict[str, Rule]:
    study = given.study()
    earlier = [
        EarlierReport(then, dict(given.released(then).ledger()), study.disclosure.minimum_cell)
        for then in before
    ]
    facts = Facts(found, study)
    released = protect(facts, study.disclosure, earlier=earlier)
    told = reasons_of(released, facts, earlier=earlier)
    assert [r.key for r in told] == [key for key, text in released.ledger() if text == HIDDEN]
    return {reason.key: reason.rule for reason in told}


def flow(pilot: object, **changes: int) -> Comparison:
    return given.comparison(participants=given.flow(pilot, given.COMPARISON, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "key", "rule"),
    [
        (flow(given.PILOT, unassigned=0), "flow/unassigned", Rule.NOTHING),
        (flow(given.PILOT, moved=4), "flow/moved", Rule.SMALL),
        (flow(given.PILOT, moved=350), "flow/moved", Rule.COMPLEMENT),
        (flow(given.arm("pilot", 50, 40, 30, 20, 12, 7)), "flow/pilot/analysed", Rule.SMALL),
        (flow(given.arm("pilot", 50, 40, 30, 20, 12, 0)), "flow/pilot/analysed", Rule.NOTHING),
        (
            flow(given.arm("pilot", 50, 40, 30, 20, 12, 7)),
            "flow/comparison/analysed",
            Rule.COMPLEMENT,
        ),
        (
            given.comparison(batches=given.quality(held=29 + 9, without_consent=3)),
            "finding/frequent",
            Rule.SECONDARY,
        ),
        (given.comparison(), "finding/rare", Rule.SMALL),
        (
            given.comparison(batches=given.quality(item_missing=3)),
            "quality/answered",
            Rule.COMPLEMENT,
        ),
        (given.comparison(given.estimate(n_pilot=9)), "outcome/reading/value", Rule.SMALL),
        (given.comparison(given.estimate(n_pilot=9)), "outcome/reading/endline_pilot", Rule.SMALL),
        (
            given.comparison(given.estimate(endline_pilot=5.0)),
            "outcome/reading/endline_pilot",
            Rule.HOMOGENEOUS,
        ),
    ],
)
def test_each_hidden_number_has_the_rule_that_hid_it(
    found: Comparison, key: str, rule: Rule
) -> None:
    assert reasons(found)[key] is rule


def test_what_protects_another_number_says_so() -> None:
    told = reasons(flow(LOST_FEW))
    assert Rule.SECONDARY in {rule for key, rule in told.items() if key.startswith("flow/pilot/")}


def test_beside_an_earlier_report_the_change_is_the_reason() -> None:
    before = flow(given.arm("pilot", 236, 220, 203, 193, 181, 163))
    after = flow(given.arm("pilot", 236, 220, 202, 192, 180, 162))
    told = reasons(after, before)
    assert told["flow/pilot/baseline"] is Rule.DIFFERENCING
    assert "flow/pilot/baseline" not in reasons(after)


def test_a_lone_count_and_a_mean_may_be_hidden_for_a_change_too() -> None:
    before = given.comparison(
        given.estimate(n_pilot=20, n_comparison=100),
        participants=given.flow(moved=22),
    )
    after = given.comparison(
        given.estimate(n_pilot=29, n_comparison=100),
        participants=given.flow(moved=23),
    )
    told = reasons(after, before)
    assert told["flow/moved"] is Rule.DIFFERENCING
    assert told["outcome/reading/endline_pilot"] is Rule.DIFFERENCING


def test_of_a_report_that_hides_nothing_nothing_is_said() -> None:
    open_flow = given.flow(
        given.arm("pilot", 236, 220, 204, 193, 181, 151),
        given.arm("comparison", 231, 214, 198, 188, 176, 146),
        moved=20,
        unassigned=30,
    )
    quality = given.quality(findings=(("frequent", 42),))
    estimate = replace(given.estimate(), n_pilot=140, n_comparison=135)
    told = reasons(given.comparison(estimate, participants=open_flow, batches=quality))
    assert told == {}
