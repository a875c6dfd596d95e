"""Stored answers of both waves → an `Estimate` for every outcome of the plan, and who took part.

One outcome at a time: the scores of a scale are computed, used and forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from evaluation.analysis.arrays import Labels
from evaluation.analysis.cohort import cohort_of, plan_of
from evaluation.analysis.covariates import covariate_table
from evaluation.analysis.estimation import check_estimators, estimate_outcome
from evaluation.analysis.families import judged
from evaluation.analysis.participation import participant_flow
from evaluation.analysis.sample import sample_of, scored_twice
from evaluation.analysis.scoring import scores_of
from evaluation.design import Instrument, Study
from evaluation.records.batches import Batch, Tally
from evaluation.records.estimates import Estimate, ParticipantFlow
from evaluation.records.responses import kept_as_key


def fields_needed(study: Study) -> tuple[str, ...]:
    """Columns of the plan's instrument to load beside the key: its items, covariates, the site."""
    plan = plan_of(study)
    instrument = study.instruments[plan.instrument]
    named = {covariate.field for covariate in plan.covariates} | {instrument.identity.site}
    named |= {plan.challenges.languages.field} if plan.challenges.languages else set()
    return tuple(
        field.name
        for field in instrument.row_fields
        if (field.item or field.name in named)
        and field.name not in kept_as_key(instrument.identity)
    )


def compare(
    *, responses: pd.DataFrame, tallies: Iterable[tuple[Batch, Tally]], study: Study
) -> tuple[tuple[Estimate, ...], ParticipantFlow]:
    """`responses`: both waves, the key columns and `fields_needed`; `tallies`: of live batches.

    Raises StudyError for a plan that names no known estimator, or a study without a plan.
    """
    plan = plan_of(study)
    check_estimators(plan)
    instrument = study.instruments[plan.instrument]
    cohort = cohort_of(responses, study)
    covariates = covariate_table(responses, plan.covariates, instrument)
    names = tuple(covariate.name for covariate in plan.covariates)
    analysed = np.zeros(len(cohort.respondents), dtype=bool)
    sites = _sites(responses, instrument) if plan.resampling.by_site else None
    found = []
    for outcome in plan.outcomes:
        scores = scores_of(responses, study.scales[outcome.scale], instrument)
        analysed |= scored_twice(cohort, scores)
        sample = sample_of(cohort, scores, covariates=covariates, names=names, sites=sites)
        found.append(estimate_outcome(sample, cohort, outcome=outcome, plan=plan))
    batches = responses["batch"].to_numpy(dtype=object)
    flow = participant_flow(cohort, analysed, batches=batches, tallies=tallies, study=study)
    return judged(found, plan), flow


def _sites(responses: pd.DataFrame, instrument: Instrument) -> Labels | None:
    """None where the instrument asks for no school or centre."""
    site = instrument.identity.site
    return None if site is None else responses[site].to_numpy(dtype=object)
