"""Model output leaves only with ten children in each arm and ten residual degrees of freedom."""

from __future__ import annotations

from dataclasses import fields

import pytest

from evaluation.release.disclosure.cells import Cell, Mark, ReleasedNumber
from evaluation.release.disclosure.models import protect_outcome
from evaluation.release.disclosure.released import ReleasedOutcome
from tests.evaluation.release import given

MEANS = ("baseline_pilot", "endline_pilot", "baseline_comparison", "endline_comparison")
MODEL = ("value", "low", "high", "dof", "p_value", "p_adjusted", "standardised", "smallest_effect")


def protected(**changes: object) -> ReleasedOutcome:
    made = given.estimate(**changes)
    return protect_outcome(made, given.scale(made.scale), minimum=10, regressors=4)


def cells(outcome: ReleasedOutcome, names: tuple[str, ...]) -> list[Cell]:
    return [getattr(outcome, name) for name in names]


def is_shown(cell: Cell) -> bool:
    return isinstance(cell, ReleasedNumber)


def test_with_enough_children_every_number_leaves() -> None:
    outcome = protected()
    assert all(map(is_shown, cells(outcome, (*MODEL, *MEANS))))
    assert not outcome.hidden


@pytest.mark.parametrize(
    ("n_pilot", "n_comparison", "shown"),
    [(10, 10, True), (9, 200, False), (200, 9, False), (0, 0, False)],
)
def test_both_arms_need_the_minimum(n_pilot: int, n_comparison: int, shown: bool) -> None:
    outcome = protected(n_pilot=n_pilot, n_comparison=n_comparison)
    assert all(is_shown(cell) is shown for cell in cells(outcome, MODEL))
    assert outcome.hidden is not shown


@pytest.mark.parametrize(("regressors", "shown"), [(10, True), (11, False)])
def test_a_nearly_saturated_model_stays_in(regressors: int, shown: bool) -> None:
    made = given.estimate(n_pilot=10, n_comparison=10)
    outcome = protect_outcome(made, given.scale("reading"), minimum=10, regressors=regressors)
    assert is_shown(outcome.value) is shown


def test_an_arm_mean_needs_that_arm_only() -> None:
    outcome = protected(n_pilot=9)
    assert cells(outcome, MEANS) == [Mark.CONFIDENTIAL] * 2 + cells(protected(), MEANS)[2:]


@pytest.mark.parametrize("mean", [1.0, 4.98, 5.0])
def test_a_mean_at_an_end_of_the_scale_is_everybodys_answer(mean: float) -> None:
    assert protected(endline_pilot=mean).endline_pilot is Mark.CONFIDENTIAL


def test_where_all_answered_alike_the_mean_is_hidden_too() -> None:
    alike = given.unanswered("reading", "no_variation", endline_pilot=3.0, endline_comparison=3.0)
    outcome = protect_outcome(alike, given.scale("reading"), minimum=10, regressors=4)
    assert cells(outcome, MEANS) == [Mark.CONFIDENTIAL] * 4


@pytest.mark.parametrize(
    ("reason", "n_pilot", "leaves"),
    [
        ("baseline_gap", 171, True),
        ("empty_cell", 1, False),  # "fewer than two children" is a count
        ("regions_per_arm", 1, True),  # tells of regions, which are public
        ("no_endline", 0, True),
    ],
)
def test_a_reason_leaves_only_if_it_tells_of_no_small_group(
    reason: str, n_pilot: int, leaves: bool
) -> None:
    made = given.unanswered("reading", reason, n_pilot=n_pilot)
    outcome = protect_outcome(made, given.scale("reading"), minimum=10, regressors=4)
    assert outcome.reason == (reason if leaves else None)
    assert outcome.hidden is not leaves
    assert outcome.value is Mark.NOT_AVAILABLE


def test_cautions_of_a_hidden_result_are_hidden() -> None:
    assert protected(cautions=("attrition",)).cautions == ("attrition",)
    assert protected(cautions=("attrition",), n_pilot=3).cautions == ()


def test_no_number_of_children_stands_beside_a_single_outcome() -> None:
    names = {field.name for field in fields(ReleasedOutcome)}
    assert not names & {"n_pilot", "n_comparison", "standard_error"}
