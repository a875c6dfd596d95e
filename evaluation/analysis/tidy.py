"""The same comparison for anybody's tidy table: `compare_regions(frame, outcome=…, …)`.

Needs no study, no plan and no store. What the plan would refuse is refused here by an
EstimationError, or shown with a verdict that says why it is not to be believed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from functools import cache
from importlib.metadata import version
from typing import Any

import pandas as pd

from evaluation.analysis.doubts import cannot_compare
from evaluation.analysis.estimation import Terms, answer, describe
from evaluation.analysis.estimators import ESTIMATORS
from evaluation.analysis.families import with_verdict
from evaluation.analysis.opinions import linear_fit
from evaluation.analysis.region_comparison import RegionComparison
from evaluation.analysis.sample import Sample
from evaluation.analysis.tidy_rows import digest_of, sample_of_rows
from evaluation.analysis.verdict import Rules
from evaluation.design import Outcome, Resampling
from evaluation.errors import EstimationError
from evaluation.records.estimates import Estimate

PRIMARY = "ancova"

PACKAGES = ("numpy", "scipy", "pandas", "statsmodels")
"""Whose versions can change a number."""

CALLED = {"degrees_of_freedom": "dof", "leave_one_out": "left_out"}
"""Names that the public face writes out, or that mean rows here → those of `Estimate`."""


def compare_regions(
    frame: pd.DataFrame,
    *,
    outcome: str,
    baseline: str,
    arm: str,
    cluster: str,
    covariates: Sequence[str] = (),
    subcluster: str | None = None,
    alpha: float = 0.05,
    power: float = 0.80,
    draws: int = 9_999,
    seed: int = 1,
) -> RegionComparison:
    """One row a child; `arm` is true/false, 1/0 or "pilot"/"comparison"; `cluster` the region.

    `subcluster` (the school) asks for the wild bootstrap with weights by school as well.
    `draws` and `seed` serve where there are too many regions to go through every case. Raises
    EstimationError where the rows cannot answer: see the messages `error.<rule>`.
    """
    for name, share in {"alpha": alpha, "power": power}.items():
        if not 0 < share < 1:
            raise EstimationError("no_share", name=name)
    sample = sample_of_rows(
        frame,
        outcome=outcome,
        baseline=baseline,
        arm=arm,
        cluster=cluster,
        covariates=tuple(covariates),
        subcluster=subcluster,
    )
    resampling = Resampling(draws, seed, by_site=subcluster is not None)
    estimate = _estimate(sample, outcome, Terms(alpha, power, Rules(alpha=alpha), resampling))
    return _comparison(estimate, sample, left_out=len(frame) - len(sample.endline))


def _estimate(sample: Sample, outcome: str, terms: Terms) -> Estimate:
    # One region in an arm leaves nothing to tell the region from the programme.
    if reason := cannot_compare(sample, regions_per_arm=2, children_per_arm=2):
        raise EstimationError(reason)
    asked = Outcome(outcome, outcome, family="", estimator=PRIMARY)
    answered = answer(
        describe(sample, asked, level=terms.level),
        sample,
        contrast=ESTIMATORS[PRIMARY](sample, level=terms.level),
        fit=linear_fit(sample, PRIMARY),
        terms=terms,
    )
    return with_verdict(answered, terms.rules)


def _comparison(estimate: Estimate, sample: Sample, *, left_out: int) -> RegionComparison:
    of_rows: dict[str, Any] = {
        "left_out": left_out,
        "data_digest": digest_of(sample),
        "versions": _versions(),
    }
    named = (field.name for field in fields(RegionComparison) if field.name not in of_rows)
    same: dict[str, Any] = {name: getattr(estimate, CALLED.get(name, name)) for name in named}
    return RegionComparison(**same, **of_rows)


@cache
def _versions() -> tuple[tuple[str, str], ...]:
    return tuple((name, version(name)) for name in PACKAGES)
