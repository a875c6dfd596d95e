"""A table of power is the evaluator's, and still no arm's spread leaves with too few behind it."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from evaluation.design import Disclosure
from evaluation.errors import DisclosureError
from evaluation.records.power import PowerLine
from evaluation.release import Mark
from evaluation.release.disclosure.cells import written
from evaluation.release.disclosure.power import ReleasedPower, protect_power
from evaluation.release.disclosure.seal import Seal

LINE = PowerLine(
    "civ",
    "as_it_is",
    pilot=(20, 32),
    comparison=(25, 24),
    spread=0.5,
    icc=0.0514,
    analytic=0.3149,
    detectable=0.3551,
    half=0.254,
    dof=2.44,
    answered=1.0,
)
CELLS = ["children", "icc", "analytic", "detectable", "deviations", "half", "dof", "answered"]


def shown(line: PowerLine, rules: Disclosure | None = None) -> list[str]:
    (made,) = protect_power([line], rules or Disclosure())
    return [written(getattr(made, name)) for name in CELLS]


def test_every_number_is_rounded_like_those_of_a_report() -> None:
    assert shown(LINE) == ["100", "0.05", "0.31", "0.36", "0.71", "25%", "2.4", "100%"]
    (made,) = protect_power([LINE], Disclosure())
    assert (made.regions_pilot, made.regions_comparison, made.hidden) == (2, 2, False)


@pytest.mark.parametrize(("pilot", "hidden"), [((5, 5), False), ((5, 4), True), ((1, 2), True)])
def test_both_arms_need_the_minimum(pilot: tuple[int, ...], hidden: bool) -> None:
    line = replace(LINE, pilot=pilot)
    (made,) = protect_power([line], Disclosure())
    assert made.hidden is hidden
    assert (shown(line) == ["[c]"] * len(CELLS)) is hidden


def test_what_was_not_found_is_not_available() -> None:
    line = replace(LINE, detectable=None, dof=None)
    assert shown(line)[3:7] == ["[x]", "[x]", "25%", "[x]"]


@pytest.mark.parametrize(
    ("reason", "left"), [("regions_per_arm", True), ("no_variation", False), ("no_design", False)]
)
def test_a_reason_leaves_only_if_it_tells_of_no_small_group(reason: str, left: bool) -> None:
    (made,) = protect_power([PowerLine("civ", "as_it_is", reason=reason)], Disclosure())
    assert (made.reason == reason) is left and made.hidden is not left
    assert made.children is Mark.CONFIDENTIAL and made.icc is Mark.NOT_AVAILABLE


def test_no_study_may_go_under_the_floor() -> None:
    with pytest.raises(DisclosureError, match="minimum_below_floor"):
        protect_power([LINE], Disclosure(minimum_cell=4))


def test_nobody_makes_one_by_hand() -> None:
    (made,) = protect_power([LINE], Disclosure())
    values = {field.name: getattr(made, field.name) for field in fields(ReleasedPower)}
    with pytest.raises(DisclosureError, match="sealed"):
        ReleasedPower(**values, seal=Seal())
