"""How far to move the answer behind the boxes so that the *score* moves by the stated effect.

An answer is a normal variable rounded to the nearest box, with everything beyond the ends in the
end boxes. Rounding and ends bend the scale a little; because the variable is normal, the expected
box has a closed form and the bend can be undone exactly instead of being hoped to be small:

    E[box] = low + sum over k = low .. high-1 of  P(y > k + 1/2),   y ~ N(mean, deviation²)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, sqrt

from evaluation.errors import SettingsError

STEPS = 60
"""Halvings of an interval of a few points: down to the last bit of a float."""


@dataclass(frozen=True, slots=True)
class Boxes:
    """One scale's answer line and how much easier each of its questions is than the middle."""

    low: int
    high: int
    offsets: tuple[float, ...]

    def expected_score(self, mean: float, deviation: float) -> float:
        """The mean over children of the mean over questions, every question turned to point up."""
        boxes = [
            expected_box(mean + offset, deviation, self.low, self.high) for offset in self.offsets
        ]
        return sum(boxes) / len(boxes)


def expected_box(mean: float, deviation: float, low: int, high: int) -> float:
    return low + sum(
        erfc((box + 0.5 - mean) / (deviation * sqrt(2))) / 2 for box in range(low, high)
    )


def offsets(questions: int, difficulty: float) -> tuple[float, ...]:
    """Evenly from -difficulty to +difficulty; they sum to zero."""
    if questions == 1:
        return (0.0,)
    return tuple(difficulty * (2 * k / (questions - 1) - 1) for k in range(questions))


def shift_for(effect: float, boxes: Boxes, *, mean: float, deviation: float, scale: str) -> float:
    """The move of `mean` that moves the expected score by `effect` points; found by halving."""
    if effect == 0:
        return 0.0  # exactly: halving would stop a hair away from it
    target = boxes.expected_score(mean, deviation) + effect
    if not boxes.low < target < boxes.high:
        raise SettingsError("effect_out_of_reach", scale=scale, low=boxes.low, high=boxes.high)
    width = boxes.high - boxes.low
    below, above = -4.0 * width, 4.0 * width
    for _ in range(STEPS):
        middle = (below + above) / 2
        if boxes.expected_score(mean + middle, deviation) < target:
            below = middle
        else:
            above = middle
    return (below + above) / 2


def deviation_of(parts: Sequence[float]) -> float:
    return sqrt(sum(part**2 for part in parts))
