"""Anybody's tidy table → a `Sample`, or the rule that says what is wrong with it.

Rows in which one of the columns is missing are left out; a number that is infinite, a column that
is no number and a region in both arms are refused.
"""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd

from evaluation.analysis.arrays import Flags, Floats, Labels
from evaluation.analysis.sample import Sample
from evaluation.errors import EstimationError

ARM_CODES = {"pilot": True, "comparison": False, 1: True, 0: False}  # True equals 1


def sample_of_rows(
    frame: pd.DataFrame,
    *,
    outcome: str,
    baseline: str,
    arm: str,
    cluster: str,
    covariates: tuple[str, ...],
    subcluster: str | None,
) -> Sample:
    """Raises EstimationError: `column_absent`, `column_twice`, `column_not_numeric`, `not_finite`,
    `arm_codes`, `region_in_both_arms`."""
    asked = [outcome, baseline, arm, cluster, *covariates]
    columns = asked if subcluster is None else [*asked, subcluster]
    _check_columns(frame, columns)
    whole = frame.loc[frame[columns].notna().all(axis=1).to_numpy(), columns]
    regions = _labels(whole[cluster])
    pilot = _pilot(whole[arm])
    if any(len(set(pilot[regions == region])) > 1 for region in set(regions)):
        raise EstimationError("region_in_both_arms")
    return Sample(
        respondents=whole.index.to_numpy(dtype=object),
        regions=regions,
        pilot=pilot,
        baseline=_numbers(whole, [baseline])[:, 0],
        endline=_numbers(whole, [outcome])[:, 0],
        covariates=_numbers(whole, list(covariates)),
        covariate_names=covariates,
        sites=None if subcluster is None else _labels(whole[subcluster]),
    )


def digest_of(sample: Sample) -> str:
    """The same for the same children in any order, whatever their regions are called."""
    _, regions = np.unique(sample.regions.astype(str), return_inverse=True)
    numbers = (regions, sample.pilot, sample.baseline, sample.endline, *sample.covariates.T)
    rows = pd.DataFrame(np.column_stack(numbers).astype(np.float64))
    hashed = np.sort(pd.util.hash_pandas_object(rows, index=False).to_numpy())
    return hashlib.sha256(hashed.tobytes()).hexdigest()


def _check_columns(frame: pd.DataFrame, columns: list[str]) -> None:
    if absent := [name for name in columns if name not in frame]:
        raise EstimationError("column_absent", columns=", ".join(absent))
    named = list(frame.columns)
    if twice := [name for name in columns if named.count(name) > 1 or columns.count(name) > 1]:
        raise EstimationError("column_twice", columns=", ".join(dict.fromkeys(twice)))


def _labels(column: pd.Series[str]) -> Labels:
    return np.asarray(column.astype("str").to_numpy(dtype=object))


def _numbers(frame: pd.DataFrame, columns: list[str]) -> Floats:
    for name in columns:
        kind = frame[name].dtype
        if not pd.api.types.is_numeric_dtype(kind) or pd.api.types.is_complex_dtype(kind):
            raise EstimationError("column_not_numeric", columns=name)
    numbers = frame[columns].to_numpy(dtype=np.float64)
    if not np.isfinite(numbers).all():
        raise EstimationError("not_finite")
    return numbers


def _pilot(arm: pd.Series[str]) -> Flags:
    said = arm.astype("object")
    if not said.isin(list(ARM_CODES)).all():
        raise EstimationError("arm_codes")
    return said.map(ARM_CODES).to_numpy(dtype=bool)
