"""An estimator's answers to many samples of the same children: imputed tables, drawn studies.

An estimator that is a regression answers all of them in a few matrix products; one that is not,
and a sample that is not plain, is asked by itself. The answers are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from evaluation.analysis.arrays import Floats
from evaluation.analysis.estimators import ESTIMATORS, REGRESSIONS
from evaluation.analysis.inference.many_fits import robust_each
from evaluation.analysis.sample import Sample
from evaluation.errors import EstimationError


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """`value`, `standard_error` and `dof` (m, d) of m samples under d shifts; NaN where the
    estimator refuses, `refused` the first such rule."""

    value: Floats
    standard_error: Floats
    dof: Floats
    refused: str | None = None


def answers_of(
    samples: Sequence[Sample], estimator: str, *, level: float, shifts: Floats | None = None
) -> Answers:
    """Each sample with its endline moved by each column of `shifts` (n, d), points; by nothing
    where there are none. All have their children in the same regions and order."""
    moves = np.zeros((len(samples[0].endline), 1)) if shifts is None else shifts
    found = _at_once(samples, estimator, moves)
    refused = None
    for i, j in np.argwhere(np.isnan(found.value)):
        moved = replace(samples[i], endline=samples[i].endline + moves[:, j])
        try:
            one = ESTIMATORS[estimator](moved, level=level)
        except EstimationError as error:
            refused = refused or error.rule
            continue
        for name in ("value", "standard_error", "dof"):
            getattr(found, name)[i, j] = getattr(one, name)
    return replace(found, refused=refused)


def _at_once(samples: Sequence[Sample], estimator: str, moves: Floats) -> Answers:
    shape = (len(samples), moves.shape[1])
    if estimator not in REGRESSIONS:
        value, error, dof = np.full((3, *shape), np.nan)
        return Answers(value, error, dof)
    tables = (_table(sample, estimator, moves) for sample in samples)
    found = robust_each(tables, samples[0].regions)
    # A copy, because what stands here as NaN may yet be answered one by one.
    dof = np.broadcast_to(found.dof[:, None], shape).copy()
    return Answers(found.value, found.standard_error, dof)


def _table(sample: Sample, estimator: str, moves: Floats) -> tuple[Floats, Floats]:
    slopes, outcome, _ = REGRESSIONS[estimator](sample)
    return slopes, outcome[:, None] + moves
