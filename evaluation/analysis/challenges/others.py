"""The same children weighed or chosen otherwise: reweighted, without a region, other links."""

from __future__ import annotations

import numpy as np

from evaluation.analysis.challenges.case import Case
from evaluation.analysis.estimators import LINEAR
from evaluation.analysis.inference.leave_one_out import leave_one_out
from evaluation.analysis.sensitivity.entropy_balancing import entropy_balancing
from evaluation.analysis.sensitivity.propensity import propensity_weights
from evaluation.analysis.sensitivity.weighting import Weights, weighted_contrast
from evaluation.errors import EstimationError
from evaluation.records.challenges import Challenge


def headline(case: Case, name: str) -> Challenge:
    return case.of_sample(name, case.sample())


def reweighted(case: Case, name: str) -> Challenge:
    """Comparison children made like the pilot's in baseline score and covariates."""
    sample = case.sample()
    case.estimate(sample)
    X, columns = sample.regressors()
    return _weighted(case, name, entropy_balancing(X[:, 1:], columns[1:], sample.pilot))


def by_propensity(case: Case, name: str) -> Challenge:
    sample = case.sample()
    case.estimate(sample)
    X, columns = sample.regressors()
    return _weighted(case, name, propensity_weights(X[:, 1:], columns[1:], sample.pilot))


def each_region(case: Case, name: str) -> Challenge:
    """From the lowest to the highest estimate without one region."""
    sample = case.sample()
    case.estimate(sample)
    fit = LINEAR[case.outcome.estimator if case.outcome.estimator in LINEAR else "ancova"](sample)
    found = leave_one_out(fit, "pilot", level=case.level)
    if found.low is None or found.high is None:
        raise EstimationError("regions_per_arm")
    return case.band(name, found.low, found.high, len(sample.endline), "Each region left out")


def slips_linked(case: Case, name: str) -> Challenge:
    """With children one slip of the code apart taken for one; the headline has exact links only."""
    if len(case.slips_linked.first) == len(case.cohort.first):
        raise EstimationError("all_linked_exactly")
    return case.of_sample(name, case.sample(cohort=case.slips_linked))


def quality_flags(case: Case, name: str) -> Challenge:
    """Without rows whose answers look as if nobody had given them."""
    if not case.suspect.any():
        raise EstimationError("nothing_flagged")
    return case.of_sample(name, case.sample(scores=np.where(case.suspect, np.nan, case.scores)))


def _weighted(case: Case, name: str, weights: Weights) -> Challenge:
    sample = case.sample()
    X, columns = sample.regressors()
    found = weighted_contrast(X, sample.endline, sample.regions, columns, weights, level=case.level)
    method = f"{weights.method}, {found.method}"
    return case.answer(name, found, len(sample.endline), method)
