"""Shares counted study by study, with the error that chance leaves in them."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan, sqrt


@dataclass(frozen=True, slots=True)
class Tally:
    """One entry a study: of so many answers, so many are counted. Answers of one study are about
    the same children, so that studies are what varies by chance."""

    counted: tuple[int, ...]
    answers: tuple[int, ...]

    @property
    def studies(self) -> int:
        return len(self.counted)

    @property
    def share(self) -> float:
        return sum(self.counted) / sum(self.answers) if any(self.answers) else nan

    @property
    def chance(self) -> float:
        """One standard error of the share (linearised ratio)."""
        if not any(self.answers):
            return nan
        apart = [c - self.share * n for c, n in zip(self.counted, self.answers, strict=True)]
        return sqrt(sum(one**2 for one in apart)) / sum(self.answers)

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.counted + other.counted, self.answers + other.answers)


NONE = Tally((), ())
