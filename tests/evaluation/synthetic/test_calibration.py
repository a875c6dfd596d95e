from __future__ import annotations

import numpy as np
import pytest

from evaluation.errors import SettingsError
from evaluation.synthetic.calibration import Boxes, deviation_of, expected_box, offsets, shift_for

FOUR = Boxes(1, 5, offsets(4, 0.15))


def by_drawing(mean: float, deviation: float) -> float:
    drawn = np.random.default_rng(1).normal(mean, deviation, 2_000_000)
    return float(np.clip(np.rint(drawn), 1, 5).mean())


@pytest.mark.parametrize(("mean", "deviation"), [(3.0, 1.0), (3.3, 1.05), (4.6, 0.7), (0.2, 1.5)])
def test_the_closed_form_is_what_drawing_and_rounding_gives(mean: float, deviation: float) -> None:
    assert expected_box(mean, deviation, 1, 5) == pytest.approx(
        by_drawing(mean, deviation), abs=0.003
    )


@pytest.mark.parametrize("effect", [0.05, 0.35, -0.4, 1.2])
def test_the_shift_moves_the_score_by_the_effect(effect: float) -> None:
    shift = shift_for(effect, FOUR, mean=3.3, deviation=1.0, scale="x")
    moved = FOUR.expected_score(3.3 + shift, 1.0) - FOUR.expected_score(3.3, 1.0)
    assert moved == pytest.approx(effect, abs=1e-12)


def test_near_the_end_of_the_scale_the_shift_is_larger_than_the_effect() -> None:
    assert shift_for(0.35, FOUR, mean=4.3, deviation=1.0, scale="x") > 0.5


def test_no_effect_is_exactly_no_shift() -> None:
    assert shift_for(0.0, FOUR, mean=3.3, deviation=1.0, scale="x") == 0.0


@pytest.mark.parametrize("effect", [2.5, -3.0])
def test_an_effect_beyond_the_scale_is_refused(effect: float) -> None:
    with pytest.raises(SettingsError, match="effect_out_of_reach"):
        shift_for(effect, FOUR, mean=3.3, deviation=1.0, scale="x")


def test_offsets_are_even_and_sum_to_zero() -> None:
    assert offsets(1, 0.3) == (0.0,)
    assert offsets(3, 0.3) == pytest.approx((-0.3, 0.0, 0.3))
    assert sum(offsets(4, 0.15)) == pytest.approx(0)


def test_standard_deviations_add_by_their_squares() -> None:
    assert deviation_of([3, 4]) == 5
