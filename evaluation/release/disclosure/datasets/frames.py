"""The lines of an indicator as contingency tables, for the gate that hides cells of such.

A line's count is a cell by its codes; a share is a row with those in the part, the rest and both
together. Labels begin with a sign that no code has, so that none is taken for a total.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaluation.design import Indicator
from evaluation.records.indicators import ALL, Line

if TYPE_CHECKING:
    import pandas as pd

TOTAL = "All"
COUNTED, PART, REST = "=n", "=part", "=rest"
EVERYBODY = "=everybody"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a line's count stands in its table, by label."""

    row: str
    column: str


@dataclass(frozen=True, slots=True)
class Parted:
    """How many of `whole` are in the part."""

    line: Line
    whole: int
    part: int


def counts_frame(indicator: Indicator, lines: Sequence[Line]) -> pd.DataFrame:
    import pandas as pd

    spots = {count_spot(line): line.n for line in lines}
    rows = list(dict.fromkeys(spot.row for spot in spots))
    columns = list(dict.fromkeys(spot.column for spot in spots))
    counts = [[spots[Spot(row, column)] for column in columns] for row in rows]
    row, column = (*indicator.by, "everybody", "counted")[:2] if indicator.by else NOBODY
    return pd.DataFrame(
        counts, index=pd.Index(rows, name=row), columns=pd.Index(columns, name=column)
    )


NOBODY = ("everybody", "counted")


def count_spot(line: Line) -> Spot:
    row, column = (*map(label, line.codes), *(EVERYBODY, COUNTED)[len(line.codes) :])
    return Spot(row, column)


def parts_frame(indicator: Indicator, parted: Sequence[Parted]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        [[each.part, each.whole - each.part, each.whole] for each in parted],
        index=pd.Index([parts_row(each.line) for each in parted], name="+".join(indicator.by)),
        columns=pd.Index([PART, REST, TOTAL], name=_parts_of(indicator)),
    )


def _parts_of(indicator: Indicator) -> str:
    """The same wherever the same part of the same people is counted, so that tables link."""
    of = sorted(indicator.of.items()) or indicator.part
    mark = f"{indicator.id} reached" if indicator.reached is not None else ""
    return f"part {of}{mark}"


def parts_row(line: Line) -> str:
    return TOTAL if ALL in line.codes else "=" + "+".join(line.codes)


def label(code: str) -> str:
    return TOTAL if code == ALL else f"={code}"
