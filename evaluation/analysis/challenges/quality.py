"""Answers that were perhaps not given in earnest: flagged, never deleted.

The same box all the way down, though some questions point the other way; or every answer the same
as another child's of that region and wave, as where an interviewer fills in a form twice.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaluation.analysis.arrays import Flags, Floats
from evaluation.design import Instrument

LEAST_ANSWERS = 8
"""Under so many answers, alike answers are no pattern."""


def suspect(responses: pd.DataFrame, instrument: Instrument) -> Flags:
    """(rows,); the first of two equal forms is marked as well as the second."""
    return straight(responses, instrument) | repeated(responses, instrument)


def straight(responses: pd.DataFrame, instrument: Instrument) -> Flags:
    """(rows,): one box all the way down."""
    answers = _answers(responses, instrument)
    many = _many(answers)
    low, high = np.full(len(answers), np.nan), np.full(len(answers), np.nan)
    low[many], high[many] = np.nanmin(answers[many], axis=1), np.nanmax(answers[many], axis=1)
    return np.asarray(many & (low == high))


def repeated(responses: pd.DataFrame, instrument: Instrument) -> Flags:
    """(rows,): the same as another of that region and wave."""
    items = [item.name for item in instrument.items]
    place = ["region", "wave"]
    again = responses[[*place, *items]].duplicated(keep=False).to_numpy(dtype=bool)
    return np.asarray(_many(_answers(responses, instrument)) & again)


def _answers(responses: pd.DataFrame, instrument: Instrument) -> Floats:
    items = [item.name for item in instrument.items]
    return responses[items].astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan)


def _many(answers: Floats) -> Flags:
    return np.asarray(np.sum(np.isfinite(answers), axis=1) >= LEAST_ANSWERS)
