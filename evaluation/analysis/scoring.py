"""Answers become scores. Nothing here is specific to any one scale: the scales are data.

Columns are read one at a time: 400,000 rows never stand in memory as a table of numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.analysis.arrays import Flags, Floats
from evaluation.design import Field, Instrument, Scale
from evaluation.records.responses import SCORES

# No code of a questionnaire; Int16 gaps become this before comparing.
GAP = -32_768


@dataclass(frozen=True, slots=True)
class ItemQuality:
    """Cells of items over all rows: with a valid answer, and without."""

    answers: int
    missing: int


def score_scale(responses: pd.DataFrame, scale: Scale, instrument: Instrument) -> pd.DataFrame:
    """One row of SCORES for each row of `responses`; too few answers give a missing score."""
    scored = responses[["respondent", "region", "wave"]].assign(
        scale=pd.Series(scale.id, index=responses.index, dtype="str"),
        score=scores_of(responses, scale, instrument),
    )
    return SCORES.check(scored.reset_index(drop=True))


def scores_of(responses: pd.DataFrame, scale: Scale, instrument: Instrument) -> Floats:
    """The mean of the answered items (n,), in the order of the rows; NaN under `min_answered`.

    A legal non-answer ("I do not know") and a code that the item does not have never count.
    Items that point the other way are turned here and nowhere else.
    """
    points = np.zeros(len(responses), dtype=np.int32)
    answered = np.zeros(len(responses), dtype=np.int16)
    for name in scale.items:
        codes = _codes(responses[name])
        valid = _valid(codes, instrument.field(name), low=scale.low, high=scale.high)
        turned = scale.low + scale.high - codes if name in scale.reversed else codes
        points += np.where(valid, turned, 0).astype(np.int32)
        answered += valid
    enough = answered >= max(scale.min_answered, 1)
    return np.where(enough, points / np.maximum(answered, 1), np.nan)


def answers_of(responses: pd.DataFrame, scale: Scale, instrument: Instrument) -> Floats:
    """The answers to the items (n, k), all pointing the same way; NaN where there is none."""
    columns = []
    for name in scale.items:
        codes = _codes(responses[name])
        valid = _valid(codes, instrument.field(name), low=scale.low, high=scale.high)
        turned = scale.low + scale.high - codes if name in scale.reversed else codes
        columns.append(np.where(valid, turned, np.nan))
    return np.column_stack(columns)


def pomp(score: Floats | float, scale: Scale) -> Floats | float:
    """Percent of the maximum possible: 0 at the scale's low end, 100 at its high end."""
    return 100 * (score - scale.low) / (scale.high - scale.low)


def item_quality(responses: pd.DataFrame, instrument: Instrument) -> ItemQuality:
    answers = sum(
        int(_valid(_codes(responses[item.name]), item).sum()) for item in instrument.items
    )
    return ItemQuality(answers, len(instrument.items) * len(responses) - answers)


def _codes(column: pd.Series[int]) -> NDArray[np.integer[Any]]:
    # 32 bits, so that turning the gap's code cannot wrap around.
    codes: NDArray[np.integer[Any]] = column.to_numpy(dtype="int32", na_value=GAP)
    return codes


def _valid(
    codes: NDArray[np.integer[Any]], item: Field, low: int | None = None, high: int | None = None
) -> Flags:
    """Among the item's own valid codes where it has a list, else within its own limits."""
    valid: Flags = codes != GAP
    if item.choices is not None:
        valid &= np.isin(codes, item.choices.valid_values)
    for limit in (item.minimum, low):
        if limit is not None:
            valid &= codes >= limit
    for limit in (item.maximum, high):
        if limit is not None:
            valid &= codes <= limit
    return valid
