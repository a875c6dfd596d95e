"""Who is analysed for one outcome: children met twice, in a region of the study, scored twice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evaluation.analysis.arrays import Flags, Floats, Labels
from evaluation.analysis.cohort import Cohort
from evaluation.design import Arm


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """One entry a child, n of them, in one order; scores in points, `covariates` (n, k).

    `constant` names covariates that had one value and were left out; `incomplete` counts the
    children left out because one of theirs was missing; `unreported` names covariates that no
    child had at all, which empty the sample. `sites` are schools or centres, where asked for.
    """

    respondents: Labels
    regions: Labels
    pilot: Flags
    baseline: Floats
    endline: Floats
    covariates: Floats
    covariate_names: tuple[str, ...] = ()
    constant: tuple[str, ...] = ()
    unreported: tuple[str, ...] = ()
    incomplete: int = 0
    sites: Labels | None = None

    def regressors(self) -> tuple[Floats, tuple[str, ...]]:
        """The ANCOVA's columns but the constant (n, k + 2), and their names."""
        columns = np.column_stack([self.pilot, self.baseline, self.covariates]).astype(float)
        return columns, ("pilot", "baseline", *self.covariate_names)

    def children(self, *, pilot: bool) -> int:
        return int(np.sum(self.pilot == pilot))

    def regions_in(self, *, pilot: bool) -> int:
        return len(set(self.regions[self.pilot == pilot]))


def scored_twice(cohort: Cohort, scores: Floats) -> Flags:
    """Children of both arms with a score at both waves; `scores` in the responses' order."""
    in_study = cohort.in_arm(Arm.PILOT) | cohort.in_arm(Arm.COMPARISON)
    linked = cohort.both & in_study
    linked[linked] = np.isfinite(scores[cohort.first[linked]] + scores[cohort.last[linked]])
    return linked


def sample_of(
    cohort: Cohort,
    scores: Floats,
    *,
    covariates: Floats,
    names: tuple[str, ...],
    sites: Labels | None = None,
) -> Sample:
    """`scores` (rows of the responses,), `covariates` (rows, k) and `sites` (rows,) of one
    outcome's analysis."""
    twice = np.flatnonzero(scored_twice(cohort, scores))
    at_baseline = covariates[cohort.first[twice]]
    here = np.isfinite(at_baseline)
    complete = here.all(axis=1)
    kept = twice[complete]
    values = at_baseline[complete]
    varies = np.array([len(kept) == 0 or bool(np.ptp(column) > 0) for column in values.T], bool)
    named = np.array(names, dtype=object)
    return Sample(
        respondents=cohort.respondents[kept],
        regions=cohort.regions[kept],
        pilot=cohort.in_arm(Arm.PILOT)[kept],
        baseline=scores[cohort.first[kept]],
        endline=scores[cohort.last[kept]],
        covariates=values[:, varies],
        covariate_names=tuple(named[varies]),
        constant=tuple(named[~varies]),
        unreported=tuple(named[~here.any(axis=0)]) if len(twice) else (),
        incomplete=int(len(twice) - len(kept)),
        sites=None if sites is None else sites[cohort.first[kept]],
    )
