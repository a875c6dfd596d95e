"""One outcome with everything that a challenge of it needs: its children, answers and estimator."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from evaluation.analysis.arrays import Flags, Floats, Labels, Rows
from evaluation.analysis.challenges.linkage import with_slips_linked
from evaluation.analysis.challenges.quality import suspect
from evaluation.analysis.cohort import NOT_MET, Cohort, cohort_of, plan_of
from evaluation.analysis.covariates import covariate_table
from evaluation.analysis.doubts import arms_too_different, cannot_compare, cannot_link
from evaluation.analysis.estimators import ESTIMATORS
from evaluation.analysis.inference.contrast import Contrast
from evaluation.analysis.inference.standardised import standardised_gap
from evaluation.analysis.sample import Sample, sample_of
from evaluation.analysis.scoring import scores_of
from evaluation.design import Arm, Instrument, Outcome, Plan, Scale, Study
from evaluation.errors import EstimationError
from evaluation.records.challenges import Challenge

if TYPE_CHECKING:
    from evaluation.analysis.sensitivity.imputation import FilledIn


@dataclass(slots=True, eq=False)
class Tables:
    """Filled-in tables of one case: drawn by the first challenge that asks, kept for the next."""

    filled: FilledIn | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """`responses`, `scores` (rows,) and `covariates` (rows, k) in one order; `suspect` marks rows
    that were perhaps not answered in earnest. A case made of another begins with no `tables`."""

    outcome: Outcome
    plan: Plan
    instrument: Instrument
    scale: Scale
    responses: pd.DataFrame
    cohort: Cohort
    slips_linked: Cohort
    scores: Floats
    covariates: Floats
    suspect: Flags
    tables: Tables = field(default_factory=Tables, init=False)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(covariate.name for covariate in self.plan.covariates)

    @property
    def level(self) -> float:
        return 1 - self.plan.alpha

    def sample(self, *, scores: Floats | None = None, cohort: Cohort | None = None) -> Sample:
        return sample_of(
            cohort or self.cohort,
            self.scores if scores is None else scores,
            covariates=self.covariates,
            names=self.names,
        )

    def estimate(self, sample: Sample) -> Contrast:
        """As the headline is made; refused where the plan would refuse it."""
        limits = self.plan.thresholds
        gap = standardised_gap(sample.baseline[sample.pilot], sample.baseline[~sample.pilot])
        reason = (
            cannot_link(self.cohort)
            or cannot_compare(
                sample,
                regions_per_arm=limits["regions_per_arm"],
                children_per_arm=limits["children_per_arm"],
            )
            or arms_too_different(gap, self.plan)
        )
        if reason:
            raise EstimationError(reason)
        found = ESTIMATORS[self.outcome.estimator](sample, level=self.level)
        if found.dof < limits["dof_refuse"]:
            raise EstimationError("dof")
        return found

    def answer(self, name: str, found: Contrast, children: int, method: str = "") -> Challenge:
        return Challenge(
            outcome=self.outcome.id,
            name=name,
            value=found.value,
            low=found.low,
            high=found.high,
            dof=found.dof,
            p_value=found.p_value,
            children=children,
            method=method or found.method,
        )

    def of_sample(self, name: str, sample: Sample, method: str = "") -> Challenge:
        return self.answer(name, self.estimate(sample), len(sample.endline), method)

    def band(self, name: str, low: float, high: float, children: int, method: str) -> Challenge:
        return Challenge(
            self.outcome.id, name, low=low, high=high, children=children, method=method
        )


@dataclass(frozen=True, slots=True, eq=False)
class Began:
    """Children of both arms met at baseline (n,): their place in the responses then, score at both
    waves (NaN where missing), covariates (n, k), region, arm."""

    rows: Rows
    baseline: Floats
    endline: Floats
    covariates: Floats
    regions: Labels
    pilot: Flags

    def only(self, kept: Flags) -> Began:
        return replace(
            self,
            **{name: getattr(self, name)[kept] for name in self.__slots__},
        )


def began_of(case: Case) -> Began:
    cohort = case.cohort
    in_study = cohort.in_arm(Arm.PILOT) | cohort.in_arm(Arm.COMPARISON)
    here = np.flatnonzero(in_study & (cohort.first != NOT_MET))
    first, last = cohort.first[here], cohort.last[here]
    endline = np.where(last == NOT_MET, np.nan, case.scores[last])
    return Began(
        rows=first,
        baseline=case.scores[first],
        endline=endline,
        covariates=case.covariates[first],
        regions=cohort.regions[here],
        pilot=cohort.in_arm(Arm.PILOT)[here],
    )


def cases_of(responses: pd.DataFrame, study: Study) -> tuple[Case, ...]:
    """One for each outcome of the plan, in its order."""
    plan = plan_of(study)
    instrument = study.instruments[plan.instrument]
    cohort = cohort_of(responses, study)
    covariates = covariate_table(responses, plan.covariates, instrument)
    slips_linked, odd = with_slips_linked(cohort), suspect(responses, instrument)
    return tuple(
        Case(
            outcome=outcome,
            plan=plan,
            instrument=instrument,
            scale=study.scales[outcome.scale],
            responses=responses,
            cohort=cohort,
            slips_linked=slips_linked,
            scores=scores_of(responses, study.scales[outcome.scale], instrument),
            covariates=covariates,
            suspect=odd,
        )
        for outcome in plan.outcomes
    )
