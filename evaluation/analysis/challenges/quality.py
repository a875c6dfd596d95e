"""Answers that were perhaps not given in earnest: flagged, never deleted.

The same box all the way down, though some questions point the other way; or every answer the same
as another child's of that region and wave, as where an interviewer fills in a form twice.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaluation.analysis.arrays import Flags
from evaluation.design import Instrument

LEAST_ANSWERS = 8
"""Under so many answers, alike answers are no pattern."""


def suspect(responses: pd.DataFrame, instrument: Instrument) -> Flags:
    """(rows,); the first of two equal forms is marked as well as the second."""
    items = [item.name for item in instrument.items]
    answers = responses[items].astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan)
    many = np.sum(np.isfinite(answers), axis=1) >= LEAST_ANSWERS
    low, high = np.full(len(answers), np.nan), np.full(len(answers), np.nan)
    low[many], high[many] = np.nanmin(answers[many], axis=1), np.nanmax(answers[many], axis=1)
    place = ["region", "wave"]
    repeated = responses[[*place, *items]].duplicated(keep=False).to_numpy(dtype=bool)
    return np.asarray(many & ((low == high) | repeated))
