"""What one rule is asked of: entries (a row, an interviewer, a question …) and where each lies.

Every rule of expectations/ is asked of one table; all tables lie in one frame side by side, because
Great Expectations costs by the call.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.design import Instrument, Study
from evaluation.intake.answered import Grid, Rows

Elsewhere = Callable[[Sequence[str], Sequence[str]], pd.DataFrame]
"""Respondents and fields → what other live batches hold of them: `respondent`, `wave` (whole
number), `region` and the fields, one row a child and wave."""

FIRST_COLUMNS = ("respondent", "wave", "region")


def nothing_elsewhere(respondents: Sequence[str], fields: Sequence[str]) -> pd.DataFrame:
    """Where there is no store to ask."""
    empty = {name: pd.Series([], dtype="str") for name in (*FIRST_COLUMNS, *fields)}
    return pd.DataFrame(empty | {"wave": pd.Series([], dtype="int64")})


@dataclass(frozen=True, slots=True)
class Scene:
    """All that tables are made from. `known`: what `Elsewhere` answered for this file."""

    instrument: Instrument
    study: Study
    rows: Rows
    grid: Grid
    known: pd.DataFrame

    @property
    def judged(self) -> NDArray[np.int64]:
        return np.flatnonzero(self.rows.judged)

    def column(self, name: str) -> pd.Series | None:
        """Of the judged rows, numbered from 0."""
        column = self.rows.column(name)
        return None if column is None else column[self.rows.judged].reset_index(drop=True)

    def texts(self, name: str) -> pd.Series | None:
        column = self.rows.texts(name)
        return None if column is None else column[self.rows.judged].reset_index(drop=True)


@dataclass(frozen=True, slots=True)
class Asked:
    """`rows[i]`: the row of the file that entry i is about, or the first of those it speaks for
    (`sizes[i]` many). `fields[i]`: the question to point at; empty: the rule says which."""

    columns: Mapping[str, pd.Series]
    rows: NDArray[np.int64]
    sizes: NDArray[np.int64]
    fields: tuple[str, ...] = dataclasses.field(default=())


def by_row(scene: Scene, columns: Mapping[str, pd.Series]) -> Asked:
    judged = scene.judged
    return Asked(columns, judged, np.ones(len(judged), dtype=np.int64))
