"""A report beside the earlier ones: single counts, means, and what can no longer be taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.records.estimates import Comparison
from evaluation.release import EarlierReport, Facts, Mark, ReleasedFacts, ReleasedNumber, protect
from evaluation.release.disclosure.ledger import ledger_key, lone_change_told, shown_range
from tests.evaluation.release import given

STUDY = given.study()


def report(found: Comparison, *earlier: EarlierReport) -> ReleasedFacts:
    return protect(Facts(found, STUDY), STUDY.disclosure, earlier=earlier)


def left(found: Comparison, *earlier: EarlierReport, **shown: str) -> EarlierReport:
    cells = dict(report(found, *earlier).ledger())
    return EarlierReport(found, cells | {k.replace("__", "/"): v for k, v in shown.items()}, 10)


def test_every_linked_count_is_found_in_the_ledger() -> None:
    keys = dict(report(given.comparison()).ledger())
    assert {ledger_key("baseline/pilot"), ledger_key("analysed/total"), ledger_key("rows")} <= set(
        keys
    )


@pytest.mark.parametrize(
    ("true", "text", "seen"),
    [
        (13, "15", (13, 17)),
        (11, "10", (10, 12)),
        (13, "13", (13, 13)),  # rounded otherwise, or not at all
        (13, "[c]", None),
        (13, None, None),
    ],
)
def test_a_shown_number_stands_for_all_counts_that_look_so(
    true: int, text: str | None, seen: tuple[int, int] | None
) -> None:
    assert shown_range(true, text, base=5, minimum=10) == seen


@pytest.mark.parametrize(
    ("count", "before", "told"),
    [
        (42, [(43, "45")], True),
        (42, [(41, "40")], False),
        (42, [(43, "[c]")], False),
        (42, [(42, "40")], False),
        (42, [(80, "80"), (44, "45")], True),
    ],
)
def test_a_lone_count_may_not_tell_that_a_few_came_or_went(
    count: int, before: list[tuple[int, str]], told: bool
) -> None:
    assert lone_change_told(count, before, minimum=10, base=5) is told


def test_children_without_a_region_are_watched_from_report_to_report() -> None:
    was = given.comparison(
        participants=given.flow(unassigned=43), batches=given.quality(findings=(("frequent", 43),))
    )
    now = given.comparison(
        participants=given.flow(unassigned=42), batches=given.quality(findings=(("frequent", 42),))
    )
    assert isinstance(report(now).flow.unassigned, ReleasedNumber)
    later = report(now, left(was))
    assert later.flow.unassigned is Mark.CONFIDENTIAL
    assert dict(later.quality.findings)["frequent"] is Mark.CONFIDENTIAL


def test_nothing_changed_so_the_same_leaves_again() -> None:
    first = report(given.comparison())
    again = report(given.comparison(), left(given.comparison()))
    assert again.ledger() == first.ledger()
    assert (first.audit.earlier, again.audit.earlier) == (0, 1)


def test_one_withdrawn_child_does_not_move_a_shown_count() -> None:
    pilot = given.arm("pilot", 236, 220, 203, 193, 181, 163)
    fewer = replace(pilot, baseline=202, endline=192, both=180, analysed=162)
    before = given.comparison(participants=given.flow(pilot, given.COMPARISON))
    after = given.comparison(participants=given.flow(fewer, given.COMPARISON))
    shown = dict(report(after, left(before)).ledger())
    alone = dict(report(after).ledger())
    was = dict(report(before).ledger())
    changed = [
        k
        for k in alone
        if k.startswith("flow/pilot")
        and was[k] != alone[k]
        and alone[k].isdecimal()
        and was[k].isdecimal()
    ]
    assert changed
    assert all(shown[k] == "[c]" for k in changed)


def test_what_an_earlier_report_told_is_counted_as_lost() -> None:
    """An older, careless report showed a group of three as it was."""
    pilot = given.arm("pilot", 40, 30, 20, 13, 8, 3)
    found = given.comparison(participants=given.flow(pilot, given.COMPARISON))
    careless = left(found, flow__pilot__analysed="3")
    audit = report(found, careless).audit
    assert audit.told_before >= 1
    assert report(found, left(found)).audit.told_before == 0


@pytest.mark.parametrize(
    ("was", "now", "hidden"),
    [(13, 12, True), (171, 170, False), (12, 12, False), (40, 12, False)],
)
def test_a_mean_may_not_tell_what_one_child_answered(was: int, now: int, hidden: bool) -> None:
    """Two means of twelve and thirteen, to one decimal, name the thirteenth child's answer."""
    before = left(given.comparison(given.estimate(n_pilot=was)))
    outcome = report(given.comparison(given.estimate(n_pilot=now)), before).outcomes[0]
    assert (outcome.endline_pilot is Mark.CONFIDENTIAL) is hidden
    assert isinstance(outcome.endline_comparison, ReleasedNumber)


def test_a_mean_that_was_hidden_before_may_be_shown_now() -> None:
    before = left(given.comparison(given.estimate(n_pilot=9)))
    outcome = report(given.comparison(given.estimate(n_pilot=11)), before).outcomes[0]
    assert isinstance(outcome.endline_pilot, ReleasedNumber)


def test_an_outcome_that_is_new_has_nothing_to_be_compared_with() -> None:
    before = left(given.comparison(given.unclear()))
    assert isinstance(
        report(given.comparison(given.estimate()), before).outcomes[0].endline_pilot, ReleasedNumber
    )


def test_the_study_says_what_is_hidden_last() -> None:
    pilot = given.arm("pilot", 236, 220, 204, 193, 173, 171)
    comparison = given.arm("comparison", 231, 214, 198, 188, 168, 166)
    found = given.comparison(
        participants=given.flow(pilot, comparison),
        batches=given.quality(rows=900, accepted=860, held=28, without_consent=12),
    )
    rules = replace(STUDY.disclosure, importance={"both": 90.0, "analysed": 1.0})
    usual = dict(report(found).ledger())
    other = dict(protect(Facts(found, STUDY), rules).ledger())
    assert "[c]" in [usual[f"flow/{arm}/both"] for arm in ("pilot", "comparison", "total")]
    assert "[c]" not in [other[f"flow/{arm}/both"] for arm in ("pilot", "comparison", "total")]
