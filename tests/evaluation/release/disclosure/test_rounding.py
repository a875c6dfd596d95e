from __future__ import annotations

import pytest

from evaluation.release.disclosure.cells import Cell, Mark, ReleasedNumber
from evaluation.release.disclosure.rounding import (
    count_range,
    degrees_of_freedom,
    mean,
    model,
    p_value,
    round_count,
    share,
)


def value_of(cell: Cell) -> float:
    assert isinstance(cell, ReleasedNumber)
    return cell.value


@pytest.mark.parametrize(
    ("count", "base", "shown"),
    [(10, 5, 10), (12, 5, 10), (13, 5, 15), (17, 5, 15), (18, 5, 20), (15, 10, 20), (7, 1, 7)],
)
def test_counts_go_to_the_nearest_multiple(count: int, base: int, shown: int) -> None:
    assert round_count(count, base) == shown


@pytest.mark.parametrize("base", [1, 3, 5, 10])
def test_the_range_of_a_shown_count_is_exactly_the_counts_that_look_so(base: int) -> None:
    for shown in range(base * 4, base * 8, base):
        by_trying = [n for n in range(200) if round_count(n, base) == shown and n >= 10]
        low, high = count_range(shown, base=base, minimum=10)
        if by_trying:
            assert (low, high) == (by_trying[0], by_trying[-1])


@pytest.mark.parametrize(
    ("kind", "number", "shown"),
    [
        (mean, 3.249, 3.2),
        (model, -0.126, -0.13),
        (degrees_of_freedom, 6.44, 6.4),
        (p_value, 0.01249, 0.012),
        (p_value, 0.001, 0.001),
    ],
)
def test_each_kind_of_number_has_its_decimals(kind, number, shown) -> None:  # type: ignore[no-untyped-def]
    assert value_of(kind(number)) == shown
    assert not kind(number).below


def test_a_tiny_p_is_only_said_to_be_below() -> None:
    cell = p_value(0.00001)
    assert isinstance(cell, ReleasedNumber)
    assert (cell.value, cell.below) == (0.001, True)


@pytest.mark.parametrize("kind", [mean, model, degrees_of_freedom, p_value])
def test_what_nobody_knows_is_not_available(kind) -> None:  # type: ignore[no-untyped-def]
    assert kind(None) is Mark.NOT_AVAILABLE


@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(955, 1000, 0.96), (954, 1000, 0.95), (1, 1, 1.0)]
)
def test_shares_are_whole_percents(part: int, whole: int, percent: float) -> None:
    cell = share(part, whole)
    assert value_of(cell) == percent
    assert isinstance(cell, ReleasedNumber) and cell.percent


def test_a_share_that_rounds_to_nothing_is_low() -> None:
    assert share(4, 1000) is Mark.LOW
