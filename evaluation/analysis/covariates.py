"""The plan's covariates as numbers: a field's own number, or 1 where it holds the named code."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaluation.analysis.arrays import Floats
from evaluation.design import Covariate, Field, Instrument


def covariate_table(
    responses: pd.DataFrame, covariates: tuple[Covariate, ...], instrument: Instrument
) -> Floats:
    """(rows, k); NaN where the answer is missing or is a legal non-answer."""
    table = np.empty((len(responses), len(covariates)))
    for j, covariate in enumerate(covariates):
        field = instrument.field(covariate.field)
        table[:, j] = _values(responses[covariate.field], covariate, field)
    return table


def _values(column: pd.Series[str], covariate: Covariate, field: Field) -> Floats:
    codes, found = pd.factorize(column)
    numbers = [_number(answer, covariate, field) for answer in found]
    # A missing cell has code -1: the last place.
    return np.asarray(np.array([*numbers, np.nan])[codes])


def _number(answer: object, covariate: Covariate, field: Field) -> float:
    code = str(answer)
    if field.choices and any(c.code == code and c.missing for c in field.choices.choices):
        return float("nan")
    return float(code) if covariate.equals is None else float(code == covariate.equals)
