"""`protect` as a whole: what goes in, what comes out, what it refuses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.design import Disclosure
from evaluation.errors import DisclosureError
from evaluation.release.disclosure import Mark, ReleasedNumber, Step, protect
from evaluation.release.report.facts import Facts
from tests.evaluation.release import given


def test_the_plan_and_the_run_are_carried_over_without_single_batches() -> None:
    made = given.released().provenance
    assert (made.run, made.code_version, made.batches) == ("run-7", "9.8.7", 2)
    assert (made.plan_version, made.synthetic) == (3, True)


@pytest.mark.parametrize("minimum", [0, 1, 4])
def test_no_study_may_go_below_the_floor(minimum: int) -> None:
    with pytest.raises(DisclosureError, match="minimum_below_floor"):
        protect(
            Facts(given.comparison(), given.study()),
            Disclosure(minimum_cell=minimum, round_counts_to=5),
        )


def test_a_study_may_ask_for_larger_groups() -> None:
    strict = protect(
        Facts(given.comparison(), given.study()), Disclosure(minimum_cell=180, round_counts_to=5)
    )
    assert all(outcome.value is Mark.CONFIDENTIAL for outcome in strict.outcomes[:2])
    assert strict.flow.total.cell(Step.ANALYSED) != Mark.NOT_AVAILABLE
    assert strict.flow.arms[0].cell(Step.ANALYSED) is Mark.CONFIDENTIAL


def test_the_audit_counts_what_was_hidden() -> None:
    few_lost = given.flow(given.arm("pilot", 236, 220, 204, 193, 181, 178), given.COMPARISON)
    facts = given.released(given.comparison(participants=few_lost))
    arms = (*facts.flow.arms, facts.flow.total)
    cells = [cell for arm in arms for _, cell in arm.steps]
    quality = facts.quality
    cells += [quality.rows, quality.accepted, quality.held, quality.without_consent]
    cells += [facts.flow.moved, facts.flow.unassigned]
    assert facts.audit.cells == len(cells)
    assert facts.audit.primary + facts.audit.secondary == cells.count(Mark.CONFIDENTIAL)
    assert facts.audit.secondary >= 1
    assert facts.audit.narrowest is not None and facts.audit.narrowest >= 5


def test_with_nothing_small_there_is_no_narrowest_interval() -> None:
    flow = given.flow(
        given.arm("pilot", 236, 220, 204, 193, 181, 166),
        given.arm("comparison", 231, 214, 198, 188, 176, 161),
        moved=20,
        unassigned=30,
    )
    quality = given.quality(rows=863, accepted=805, held=40, without_consent=18)
    released = given.released(given.comparison(participants=flow, batches=quality))
    assert (released.audit.narrowest, released.audit.primary, released.audit.secondary) == (
        None,
        0,
        0,
    )
    assert isinstance(released.flow.moved, ReleasedNumber)


@pytest.mark.parametrize(
    ("answers", "missing", "shown"),
    [
        (9_500, 500, 0.95),
        (9_995, 5, Mark.CONFIDENTIAL),
        (5, 9_995, Mark.CONFIDENTIAL),
        (0, 0, Mark.NOT_AVAILABLE),
    ],
)
def test_the_share_of_answers_needs_enough_on_both_sides(
    answers: int, missing: int, shown: float | Mark
) -> None:
    batches = given.quality(item_answers=answers, item_missing=missing)
    cell = given.released(given.comparison(batches=batches)).quality.answered
    assert (cell.value if isinstance(cell, ReleasedNumber) else cell) == shown


def test_findings_are_counted_like_children() -> None:
    findings = dict(given.released().quality.findings)
    assert isinstance(findings["frequent"], ReleasedNumber)
    assert findings["frequent"].value == 40
    assert findings["rare"] is Mark.CONFIDENTIAL


def test_a_finding_cannot_tell_a_row_count_that_was_hidden() -> None:
    """Rows without consent stand in the table and are a finding: hidden there, hidden here."""
    batches = given.quality(
        rows=842, accepted=825, held=5, without_consent=12, findings=(("without_consent", 12),)
    )
    quality = given.released(given.comparison(batches=batches)).quality
    assert quality.without_consent is Mark.CONFIDENTIAL
    assert quality.findings == (("without_consent", Mark.CONFIDENTIAL),)


def test_the_ledger_holds_every_cell_as_it_was_shown() -> None:
    found = given.comparison(given.estimate(p_value=0.00001), given.unclear(n_pilot=3))
    ledger = dict(given.released(found).ledger())
    assert len(ledger) == len(given.released(found).ledger())
    expected = {
        "flow/pilot/baseline": "205",
        "flow/total/analysed": "335",
        "flow/moved": "[c]",
        "quality/answered": "95%",
        "finding/rare": "[c]",
        "outcome/reading/value": "0.31",
        "outcome/reading/p_value": "<0.001",
        "outcome/reading/endline_pilot": "3.6",
        "outcome/telling/value": "[c]",
    }
    assert {key: ledger[key] for key in expected} == expected


@pytest.mark.parametrize(
    ("n_pilot", "coverage"),
    [(171, 0.9), (150, 0.75), (100, 0.5), (60, Mark.CONFIDENTIAL)],
)
def test_how_many_stand_behind_every_outcome_is_told_as_a_floor(
    n_pilot: int, coverage: float | Mark
) -> None:
    found = given.comparison(given.estimate(n_pilot=n_pilot), given.unclear())
    cell = given.released(found).flow.coverage
    assert (cell.value if isinstance(cell, ReleasedNumber) else cell) == coverage


@pytest.mark.parametrize("alone", ["no estimate", "no arm"])
def test_without_estimates_or_arms_there_is_no_floor_to_tell(alone: str) -> None:
    found = given.comparison()
    if alone == "no estimate":
        found = replace(found, estimates=(given.unanswered(),))
    else:
        found = replace(found, flow=given.flow(given.PILOT))
    assert given.released(found).flow.coverage is Mark.NOT_AVAILABLE
