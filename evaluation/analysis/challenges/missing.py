"""Children without a baseline score or a covariate, and children who were not seen again."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from evaluation.analysis.arrays import Floats
from evaluation.analysis.challenges.case import Began, Case, began_of
from evaluation.analysis.estimators import ESTIMATORS, LINEAR
from evaluation.analysis.inference.contrast import Contrast
from evaluation.analysis.sample import Sample
from evaluation.analysis.sensitivity.delta_band import delta_band
from evaluation.analysis.sensitivity.lee_bounds import lee_bounds
from evaluation.analysis.sensitivity.pooling import pool
from evaluation.errors import EstimationError
from evaluation.records.challenges import Challenge


def imputed(case: Case, name: str) -> Challenge:
    """Where more than the plan's share lacks a baseline score or covariate."""
    began = began_of(case)
    gaps = ~(np.isfinite(began.baseline) & np.isfinite(began.covariates).all(axis=1))
    if not (gaps.any() or np.isnan(began.endline).any()):
        raise EstimationError("nothing_missing")
    if gaps.mean() <= case.plan.challenges.baseline_missing:
        raise EstimationError("under_threshold")
    complete = case.estimate(case.sample())
    each = [_analysed(case, began, table, table[:, 0]) for table in _filled(case, began)]
    found = pool(
        np.array([one.value for one in each]),
        np.array([one.standard_error**2 for one in each]),
        dof=complete.dof,
        level=case.level,
    )
    return case.answer(name, found.contrast, len(gaps), f"{found.contrast.method}, {len(each)}")


def not_at_random(case: Case, name: str) -> Challenge:
    """Pilot children who were not seen again, moved from what children like them answered."""
    began = began_of(case)
    lost = np.isnan(began.endline)
    if not (lost & began.pilot).any():
        raise EstimationError("nobody_lost")
    sample = case.sample()
    complete = case.estimate(sample)
    spread = float(np.std(sample.baseline[~sample.pilot], ddof=1))
    found = delta_band(
        list(_filled(case, began)),
        lost & began.pilot,
        0,
        lambda table, endline: _analysed(case, began, table, endline),
        deltas=[delta * spread for delta in case.plan.challenges.deltas],
        dof=complete.dof,
        level=case.level,
    )
    return case.band(name, found.low, found.high, len(lost), "Delta-adjusted imputation")


def bounds(case: Case, name: str) -> Challenge:
    """Lee's, of the endline score less what baseline score and covariates account for."""
    began = began_of(case)
    whole = np.isfinite(began.baseline) & np.isfinite(began.covariates).all(axis=1)
    began = began.only(whole)
    seen = np.isfinite(began.endline)
    if seen.all():
        raise EstimationError("nobody_lost")
    sample = case.sample()
    case.estimate(sample)
    slopes = LINEAR["ancova"](sample).coefficients[2:]
    used = [case.names.index(kept) for kept in sample.covariate_names]
    left = began.endline - np.column_stack([began.baseline, began.covariates[:, used]]) @ slopes
    found = lee_bounds(left, seen, began.pilot, regions=began.regions, level=case.level)
    if found.low is None or found.high is None:
        raise EstimationError("regions_per_arm")
    return case.band(name, found.low, found.high, len(seen), f"{found.method}, Imbens-Manski")


def _filled(case: Case, began: Began) -> Iterator[Floats]:
    """Tables (n, 2 + k + G-1): endline, baseline, covariates, a mark for every region but one (the
    arm follows from these). Covariates that nobody or everybody has alike are left out."""
    # Only here, because it brings statsmodels with it.
    from evaluation.analysis.sensitivity.imputation import impute

    varied = _varied(began)
    marks = pd.get_dummies(pd.Series(began.regions), drop_first=True, dtype=float).to_numpy()
    columns = np.column_stack([began.endline, began.baseline, began.covariates[:, varied], marks])
    names = ["endline", "baseline", *(case.names[j] for j in varied)]
    names += [f"region{j}" for j in range(marks.shape[1])]
    return impute(
        pd.DataFrame(columns, columns=names),
        rng=np.random.default_rng(case.plan.resampling.seed),
        tables=case.plan.challenges.imputations,
    )


def _varied(began: Began) -> list[int]:
    columns = enumerate(began.covariates.T)
    return [j for j, c in columns if len(set(c[np.isfinite(c)])) > 1 or not np.isfinite(c).any()]


def _analysed(case: Case, began: Began, table: Floats, endline: Floats) -> Contrast:
    used = _varied(began)
    sample = Sample(
        respondents=began.rows.astype(object),
        regions=began.regions,
        pilot=began.pilot,
        baseline=table[:, 1],
        endline=endline,
        covariates=table[:, 2 : 2 + len(used)],
        covariate_names=tuple(case.names[j] for j in used),
    )
    return ESTIMATORS[case.outcome.estimator](sample, level=case.level)
