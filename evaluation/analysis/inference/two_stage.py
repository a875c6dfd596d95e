"""One number a region, then a t test that anyone can repeat in a spreadsheet.

First stage: the outcome on everything but the arm, over all children; each region's mean residual.
Second: the means of the two arms, every region counting the same. Hayes & Moulton (2017), Cluster
Randomised Trials, ch. 10-11; Donald & Lang (2007), Review of Economics and Statistics 89:221.
The pooled test does not hold its level where the arms differ in number and in spread.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evaluation.analysis.arrays import Flags, Floats
from evaluation.analysis.inference.assignments import assignments, enumerable
from evaluation.analysis.inference.contrast import Contrast, by_t
from evaluation.analysis.inference.ibragimov_muller import ibragimov_muller
from evaluation.analysis.inference.least_squares import ROUNDING, LinearFit
from evaluation.analysis.inference.orthonormal import orthonormal, residual_sums
from evaluation.analysis.inference.permutation import no_smaller
from evaluation.analysis.inference.permuted_arm import arm_of
from evaluation.errors import EstimationError

# Of a region's mean beside the largest, these many are more than rounding.
DIGITS = 10


@dataclass(frozen=True, slots=True, eq=False)
class TwoStage:
    """`means` (G,) in the order of `labels`: of single regions, and never to leave the house."""

    labels: tuple[str, ...]
    means: Floats
    welch: Contrast
    pooled: Contrast
    ibragimov_muller: Contrast
    wilcoxon_p: float


def two_stage(fit: LinearFit, of: str, *, level: float = 0.95) -> TwoStage:
    """`of` is the arm's column of `fit`: one of two values in every cluster.

    Raises EstimationError: `region_in_both_arms`; `regions_per_arm` (one region in an arm);
    `no_residual_variation` (all regions of both arms alike).
    """
    pilot, _ = arm_of(fit, of)
    if min(pilot.sum(), (~pilot).sum()) < 2:
        raise EstimationError("regions_per_arm")
    means = residual_sums(fit, orthonormal(fit, of)) / fit.moments.n
    treated, untreated = means[pilot], means[~pilot]
    size = np.sqrt(fit.moments.yy.sum() / fit.moments.rows)
    if max(np.ptp(treated), np.ptp(untreated)) <= ROUNDING * size:
        raise EstimationError("no_residual_variation")
    return TwoStage(
        labels=fit.moments.labels,
        means=means,
        welch=_welch(treated, untreated, level),
        pooled=_pooled(treated, untreated, level),
        ibragimov_muller=ibragimov_muller(treated, untreated, level=level),
        wilcoxon_p=_wilcoxon(means, pilot),
    )


def _welch(pilot: Floats, comparison: Floats, level: float) -> Contrast:
    parts = np.array([arm.var(ddof=1) / len(arm) for arm in (pilot, comparison)])
    own = np.array([len(pilot) - 1, len(comparison) - 1])
    dof = float(parts.sum() ** 2 / np.sum(parts**2 / own))
    return _contrast(pilot, comparison, float(parts.sum()), dof, level, "two-stage, Welch")


def _pooled(pilot: Floats, comparison: Floats, level: float) -> Contrast:
    own = np.array([len(pilot), len(comparison)])
    dof = int(own.sum()) - 2
    squares = sum(float(np.sum((arm - arm.mean()) ** 2)) for arm in (pilot, comparison))
    variance = squares / dof * float(np.sum(1 / own))
    return _contrast(pilot, comparison, variance, dof, level, "two-stage, pooled")


def _contrast(
    pilot: Floats, comparison: Floats, variance: float, dof: float, level: float, method: str
) -> Contrast:
    value = float(pilot.mean() - comparison.mean())
    return by_t(value, float(np.sqrt(variance)), dof, level=level, null=0.0, method=method)


def _wilcoxon(means: Floats, pilot: Flags) -> float:
    """Two-sided, over every choice of as many regions, so that ties keep it exact."""
    from scipy.stats import mannwhitneyu, rankdata

    # Means that are equal but for rounding share their rank.
    ranks = rankdata(np.round(means / np.abs(means).max(), DIGITS))
    if not enumerable(pilot):
        return float(mannwhitneyu(ranks[pilot], ranks[~pilot], method="asymptotic").pvalue)
    off = np.abs(assignments(pilot, draws=0, rng=None) @ (ranks - ranks.mean()))
    return float(no_smaller(off, off[0]).mean())
