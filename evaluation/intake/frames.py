"""Judged rows → the declared frame of responses."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.intake.across import Rows
from evaluation.intake.entries import is_known_again
from evaluation.intake.opened import Opened
from evaluation.records.responses import kept_as_key, responses_schema


def response_frame(batch: str, opened: Opened, rows: Rows, kept: NDArray[np.bool_]) -> pd.DataFrame:
    """The kept rows in `responses_schema(opened.instrument, restricted=True)`."""
    instrument = opened.instrument
    anonymous = not is_known_again(instrument.identity)
    respondents = [f"{batch[:8]}-{each}" if anonymous else each for each in rows.respondents[kept]]
    size = int(kept.sum())
    columns: dict[str, pd.Series] = {
        "batch": pd.Series([batch] * size, dtype="str"),
        "source_row": pd.Series(opened.rows[kept], dtype="int64"),
        "respondent": pd.Series(respondents, dtype="str"),
        "region": pd.Series(rows.places.regions[kept], dtype="str"),
        "wave": pd.Series(rows.places.waves[kept], dtype="str").astype("int64"),
    }
    answers = {each.field.name: each for each in rows.answers}
    for field in instrument.row_fields:
        if field.name not in kept_as_key(instrument.identity):
            dtype = "Int16" if field.numeric else "str"
            columns[field.name] = (
                answers[field.name].series(kept, dtype)
                if field.name in answers
                else pd.Series([None] * size, dtype=dtype)
            )
    return responses_schema(instrument, restricted=True).check(pd.DataFrame(columns))
