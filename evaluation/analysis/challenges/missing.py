"""Children without a baseline score or a covariate, and children who were not seen again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from evaluation.analysis.arrays import Flags, Floats, Labels
from evaluation.analysis.challenges.case import Began, Case, began_of
from evaluation.analysis.estimators import LINEAR
from evaluation.analysis.many_samples import Answers, answers_of
from evaluation.analysis.sample import Sample
from evaluation.analysis.sensitivity.delta_band import band_of
from evaluation.analysis.sensitivity.lee_bounds import lee_bounds
from evaluation.analysis.sensitivity.pooling import pool
from evaluation.errors import EstimationError
from evaluation.records.challenges import Challenge

if TYPE_CHECKING:
    from evaluation.analysis.sensitivity.imputation import FilledIn


def imputed(case: Case, name: str) -> Challenge:
    """Where more than the plan's share lacks a baseline score or covariate."""
    began = began_of(case)
    gaps = ~(np.isfinite(began.baseline) & np.isfinite(began.covariates).all(axis=1))
    if not (gaps.any() or np.isnan(began.endline).any()):
        raise EstimationError("nothing_missing")
    if gaps.mean() <= case.plan.challenges.baseline_missing:
        raise EstimationError("under_threshold")
    complete = case.estimate(case.sample())
    each = _analysed(case, began, [0.0])
    found = pool(
        each.value[:, 0], each.standard_error[:, 0] ** 2, dof=complete.dof, level=case.level
    )
    method = f"{found.contrast.method}, {found.tables}"
    return case.answer(name, found.contrast, len(gaps), method)


def not_at_random(case: Case, name: str) -> Challenge:
    """Pilot children who were not seen again, moved from what children like them answered."""
    began = began_of(case)
    lost = np.isnan(began.endline)
    if not (lost & began.pilot).any():
        raise EstimationError("nobody_lost")
    sample = case.sample()
    complete = case.estimate(sample)
    spread = float(np.std(sample.baseline[~sample.pilot], ddof=1))
    deltas = [delta * spread for delta in case.plan.challenges.deltas]
    each = _analysed(case, began, deltas, moved=lost & began.pilot)
    found = band_of(
        each.value, each.standard_error, deltas=deltas, dof=complete.dof, level=case.level
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


def _analysed(
    case: Case, began: Began, deltas: Sequence[float], *, moved: Flags | None = None
) -> Answers:
    """Of every filled-in table, `moved` (n,) children's endline scores moved by each of `deltas`
    (points). Raises what the estimator refuses."""
    used = _varied(began)
    one = Sample(
        respondents=began.rows.astype(object),
        regions=began.regions,
        pilot=began.pilot,
        baseline=began.baseline,
        endline=began.endline,
        covariates=began.covariates[:, used],
        covariate_names=tuple(case.names[j] for j in used),
    )
    samples = [
        replace(one, endline=table[:, 0], baseline=table[:, 1], covariates=table[:, 2:])
        for table in _filled(case, began, used)
    ]
    marked = np.zeros(len(began.rows)) if moved is None else moved.astype(float)
    found = answers_of(
        samples, case.outcome.estimator, level=case.level, shifts=np.outer(marked, deltas)
    )
    if found.refused:
        raise EstimationError(found.refused)
    return found


def _filled(case: Case, began: Began, used: list[int]) -> FilledIn:
    """Tables of endline, baseline and the covariates `used`; drawn once, for whoever of the
    challenges asks first."""
    if case.tables.filled is None:
        columns = np.column_stack([began.endline, began.baseline, began.covariates[:, used]])
        names = ["endline", "baseline", *(case.names[j] for j in used)]
        case.tables.filled = _drawn(case, columns, names, began.regions)
    return case.tables.filled


def _drawn(case: Case, columns: Floats, names: list[str], regions: Labels) -> FilledIn:
    """With a mark for every region but one beside `columns` (the arm follows from these)."""
    # Only here, because it brings statsmodels with it.
    from evaluation.analysis.sensitivity.imputation import impute, keep

    marks = pd.get_dummies(pd.Series(regions), drop_first=True, dtype=float).to_numpy()
    tables = impute(
        pd.DataFrame(
            np.column_stack([columns, marks]),
            columns=[*names, *(f"region{j}" for j in range(marks.shape[1]))],
        ),
        rng=np.random.default_rng(case.plan.resampling.seed),
        tables=case.plan.challenges.imputations,
    )
    return keep(columns, tables)


def _varied(began: Began) -> list[int]:
    """Covariates that nobody or everybody has alike are left out."""
    columns = enumerate(began.covariates.T)
    return [j for j, c in columns if len(set(c[np.isfinite(c)])) > 1 or not np.isfinite(c).any()]
