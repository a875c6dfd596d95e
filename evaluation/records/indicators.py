"""What the rows of a dataset add up to, as its instrument file asks: before the gate out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

ALL, NOT_STATED = "*", "-"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an indicator's table.

    `codes`: of the fields it is broken down by, in their order; ALL for all of them together,
    NOT_STATED for those without one.
    `topic`: its place among the indicator's topics. `n`: people (or things that happened) in this
    class; `answered`: those of them that the rest of the line stands on; `part`: how many of
    `answered` (of a share: of `n`) are in the part, or reach the mark. `first`, `second`: means;
    `difference` with its 95 % interval `low` to `high`: None where no interval can be had.
    `alike`: all of them gave the same answer, so that a mean would be everybody's.
    """

    codes: tuple[str, ...]
    n: int
    topic: int | None = None
    answered: int | None = None
    part: int | None = None
    first: float | None = None
    second: float | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    alike: bool = False


@dataclass(frozen=True, slots=True)
class IndicatorFound:
    """`planned`: what the register of sites plans, where the indicator asks for it."""

    indicator: str
    lines: tuple[Line, ...]
    planned: int | None = None


@dataclass(frozen=True, slots=True)
class DatasetFound:
    """`versions`: of the instrument, as many as rows were pooled of; `rows`: that counted.
    `first_day`, `last_day`: of the periods that aggregates are about."""

    dataset: str
    versions: tuple[int, ...]
    batches: int
    rows: int
    first_day: date | None
    last_day: date | None
    indicators: tuple[IndicatorFound, ...]
