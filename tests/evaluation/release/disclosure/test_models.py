"""Model output leaves only with ten children in each arm and ten residual degrees of freedom."""

from __future__ import annotations

from dataclasses import fields

import pytest

from evaluation.records.opinions import Word
from evaluation.release.disclosure.cells import Cell, Mark, ReleasedNumber, written
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


BESIDE = (
    "bootstrap_p",
    "bootstrap_low",
    "bootstrap_high",
    "permutation_p",
    "p_max_t",
    "intraclass",
    "effective_regions",
)


def test_second_opinions_leave_rounded_and_only_with_the_result() -> None:
    outcome = protected(q_sharpened=0.0005)
    shown = {name: written(getattr(outcome, name)) for name in (*BESIDE, "q_sharpened")}
    assert shown == {
        "bootstrap_p": "0.023",
        "bootstrap_low": "0.06",
        "bootstrap_high": "0.57",
        "permutation_p": "0.032",
        "p_max_t": "0.048",
        "intraclass": "0.04",
        "effective_regions": "9.6",
        "q_sharpened": "<0.001",
    }
    assert (outcome.verdict, outcome.keeps_sign) == (Word.SUPPORTED, True)
    hidden = protected(n_pilot=9)
    assert cells(hidden, BESIDE) == [Mark.CONFIDENTIAL] * len(BESIDE)
    assert hidden.q_sharpened is Mark.NOT_AVAILABLE  # there was none to hide
    assert (hidden.verdict, hidden.verdict_reasons, hidden.keeps_sign) == (None, (), None)


def test_companions_leave_rounded_and_only_with_the_result() -> None:
    change, ordinal, mixed = protected().companions
    assert [written(cell) for cell in (change.value, change.low, change.high, change.p_value)] == [
        "0.29",
        "0.04",
        "0.53",
        "0.029",
    ]
    assert (change.points, ordinal.points) == (True, False)
    assert mixed.value is mixed.p_value is Mark.NOT_AVAILABLE
    for companion in protected(n_comparison=9).companions[:2]:
        assert companion.value is companion.low is companion.p_value is Mark.CONFIDENTIAL


def test_an_outcome_without_opinions_has_marks_for_them() -> None:
    bare = {"bootstraps": (), "permutation": None, "leverage": None, "left_out": None}
    outcome = protected(**bare, intraclass=None, p_max_t=None, companions=(), verdict=None)
    assert cells(outcome, BESIDE) == [Mark.NOT_AVAILABLE] * len(BESIDE)
    assert (outcome.verdict, outcome.keeps_sign, outcome.companions) == (None, None, ())


def test_what_tells_of_a_single_region_stays_in() -> None:
    """0.2718 and 0.3621 without a region, 0.1381 of the weight in one."""
    ledger = dict(given.released().ledger())
    assert ledger["outcome/reading/change_score/value"] == "0.29"
    assert ledger["outcome/reading/bootstrap_p"] == "0.023"
    assert not {text for text in ledger.values() if text in ("0.27", "0.36", "0.14")}
    names = {field.name for field in fields(ReleasedOutcome)}
    assert not names & {"left_out", "leverage", "left_out_low", "largest"}


@pytest.mark.parametrize(
    ("reason", "n_pilot", "word"),
    [
        ("baseline_gap", 171, Word.NOT_ESTIMABLE),
        ("regions_per_arm", 1, Word.NOT_ESTIMABLE),
        ("empty_cell", 1, None),
    ],
)
def test_a_verdict_leaves_where_its_reason_may(
    reason: str, n_pilot: int, word: Word | None
) -> None:
    made = given.unanswered("reading", reason, n_pilot=n_pilot)
    outcome = protect_outcome(made, given.scale("reading"), minimum=10, regressors=4)
    assert outcome.verdict is word
    assert outcome.verdict_reasons == ((reason,) if word else ())
