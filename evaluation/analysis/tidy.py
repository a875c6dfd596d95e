"""The same comparison for anybody's tidy table: `compare_regions(frame, outcome=…, …)`.

Needs no study, no plan and no store. What the plan would refuse is refused here by an
EstimationError, or left to the reader with the numbers that show it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import pandas as pd

from evaluation.analysis.arrays import Flags, Floats
from evaluation.analysis.companions import Companion, companions
from evaluation.analysis.doubts import cannot_compare
from evaluation.analysis.estimators import ESTIMATORS
from evaluation.analysis.inference.contrast import POINTS, Contrast
from evaluation.analysis.inference.permutation_floor import permutation_floor
from evaluation.analysis.inference.smallest_effect import smallest_effect
from evaluation.analysis.inference.standardised import in_standard_deviations, standardised_gap
from evaluation.analysis.sample import Sample
from evaluation.errors import EstimationError

PRIMARY = "ancova"

NUMBERS = (
    "value",
    "standard_error",
    "degrees_of_freedom",
    "low",
    "high",
    "p_value",
    "level",
    "method",
)

ARM_CODES = {"pilot": True, "comparison": False, 1: True, 0: False}  # True equals 1


@dataclass(frozen=True, slots=True)
class RegionComparison:
    """Pilot minus comparison, in the outcome's own unit, by ANCOVA on the baseline.

    Names are those of `records.estimates.Estimate`; `left_out` counts the rows in which one of
    the columns is missing; `companions` are the other estimators' answers for the same rows.
    """

    value: float
    standard_error: float
    degrees_of_freedom: float
    low: float
    high: float
    p_value: float
    level: float
    method: str
    standardised: float | None
    baseline_gap: float | None
    n_pilot: int
    n_comparison: int
    regions_pilot: int
    regions_comparison: int
    smallest_p: float
    smallest_effect: float
    left_out: int
    companions: tuple[Companion, ...]

    def summary(self) -> str:
        """Every number under its own name, a line each; then the companions as a table."""
        own = [
            f"{field.name:<20}{_shown(getattr(self, field.name))}"
            for field in fields(self)
            if field.name != "companions"
        ]
        beside = self.to_frame().iloc[1:].map(_shown)
        return "\n".join([*own, "", beside.to_string(index=False, justify="left")])

    def to_frame(self) -> pd.DataFrame:
        """A row for every estimator, this comparison's own first.

        A companion that could not answer has a `reason` (a message `reason.<rule>`) and no
        numbers; `unit` is points of the outcome, but for the ordinal one.
        """
        own = {name: getattr(self, name) for name in NUMBERS}
        rows = [
            {"estimator": PRIMARY, **own, "unit": POINTS},
            *(_row(companion) for companion in self.companions),
        ]
        return pd.DataFrame(rows, columns=["estimator", *NUMBERS, "unit", "reason"])


def compare_regions(
    frame: pd.DataFrame,
    *,
    outcome: str,
    baseline: str,
    arm: str,
    cluster: str,
    covariates: Sequence[str] = (),
    alpha: float = 0.05,
    power: float = 0.80,
) -> RegionComparison:
    """One row a child; `arm` is true/false, 1/0 or "pilot"/"comparison"; `cluster` the region.

    Raises EstimationError where the rows cannot answer: see the messages `error.<rule>`.
    """
    sample = _sample(
        frame,
        outcome=outcome,
        baseline=baseline,
        arm=arm,
        cluster=cluster,
        covariates=tuple(covariates),
    )
    # One region in an arm leaves nothing to tell the region from the programme.
    if reason := cannot_compare(sample, regions_per_arm=2, children_per_arm=2):
        raise EstimationError(reason)
    found = ESTIMATORS[PRIMARY](sample, level=1 - alpha)
    effect = smallest_effect(found.standard_error, found.dof, alpha=alpha, power=power)
    return _comparison(
        sample,
        found,
        smallest=effect,
        left_out=len(frame) - len(sample.endline),
        beside=companions(sample, primary=PRIMARY, level=1 - alpha),
    )


def _comparison(
    sample: Sample,
    found: Contrast,
    *,
    smallest: float,
    left_out: int,
    beside: tuple[Companion, ...],
) -> RegionComparison:
    comparison = sample.baseline[~sample.pilot]
    regions = (sample.regions_in(pilot=True), sample.regions_in(pilot=False))
    return RegionComparison(
        value=found.value,
        standard_error=found.standard_error,
        degrees_of_freedom=found.dof,
        low=found.low,
        high=found.high,
        p_value=found.p_value,
        level=found.level,
        method=found.method,
        standardised=in_standard_deviations(found.value, comparison),
        baseline_gap=standardised_gap(sample.baseline[sample.pilot], comparison),
        n_pilot=sample.children(pilot=True),
        n_comparison=sample.children(pilot=False),
        regions_pilot=regions[0],
        regions_comparison=regions[1],
        smallest_p=permutation_floor(*regions),
        smallest_effect=smallest,
        left_out=left_out,
        companions=beside,
    )


def _sample(
    frame: pd.DataFrame,
    *,
    outcome: str,
    baseline: str,
    arm: str,
    cluster: str,
    covariates: tuple[str, ...],
) -> Sample:
    columns = [outcome, baseline, arm, cluster, *covariates]
    if absent := [name for name in columns if name not in frame]:
        raise EstimationError("column_absent", columns=", ".join(absent))
    whole = frame.loc[frame[columns].notna().all(axis=1).to_numpy(), columns]
    regions = whole[cluster].astype("str").to_numpy(dtype=object)
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
    )


def _numbers(frame: pd.DataFrame, columns: list[str]) -> Floats:
    for name in columns:
        if not pd.api.types.is_numeric_dtype(frame[name]):
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


def _row(companion: Companion) -> dict[str, object]:
    found = companion.contrast
    if found is None:
        return {"estimator": companion.estimator, "reason": companion.reason}
    named = {name: getattr(found, name) for name in NUMBERS if name != "degrees_of_freedom"}
    return {
        "estimator": companion.estimator,
        **named,
        "degrees_of_freedom": found.dof,
        "unit": found.unit,
    }


def _shown(value: object) -> str:
    """Four digits; a dash where there is nothing."""
    if value is None or value != value:
        return "-"
    return f"{value:.4g}" if isinstance(value, float) else str(value)
