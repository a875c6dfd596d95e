"""`protect`: the only way from facts to released facts."""

from __future__ import annotations

from evaluation.design import Disclosure, Plan
from evaluation.errors import DisclosureError
from evaluation.records.estimates import Run
from evaluation.release.disclosure.cells import Cell, Mark
from evaluation.release.disclosure.counts import (
    ProtectedCounts,
    protect_counts,
    released_flow,
    released_quality,
)
from evaluation.release.disclosure.models import protect_outcome
from evaluation.release.disclosure.released import Audit, Provenance, ReleasedFacts
from evaluation.release.disclosure.seal import SEAL
from evaluation.release.report.facts import Facts

FLOOR = 5
"""No study may show groups smaller than this (domain.md §3.3)."""

ALWAYS_IN_A_MODEL = 3  # the constant, the arm and the baseline score; the plan adds covariates


def protect(facts: Facts, rules: Disclosure) -> ReleasedFacts:
    """Everything of `facts` that may leave under the study's `rules`.

    DisclosureError: the rules go below the floor.
    """
    if rules.minimum_cell < FLOOR:
        raise DisclosureError("minimum_below_floor", minimum=rules.minimum_cell, floor=FLOOR)
    study, found = facts.study, facts.comparison
    plan = study.plan
    assert plan is not None, "a comparison was made, so there was a plan"
    minimum, base = rules.minimum_cell, rules.round_counts_to
    counts = protect_counts(found.flow, found.quality, minimum=minimum, base=base)
    regressors = ALWAYS_IN_A_MODEL + len(plan.covariates)
    outcomes = tuple(
        protect_outcome(e, study.scales[e.scale], minimum=minimum, regressors=regressors)
        for e in found.estimates
    )
    flow = released_flow(found.flow, counts, found.estimates, minimum=minimum)
    return ReleasedFacts(
        outcomes=outcomes,
        flow=flow,
        quality=released_quality(found.quality, counts, minimum=minimum),
        provenance=_provenance(found.run, plan),
        audit=_audit(counts, rules, lone=(flow.moved, flow.unassigned)),
        seal=SEAL,
    )


def _provenance(run: Run, plan: Plan) -> Provenance:
    return Provenance(
        run=run.id,
        cut_off=run.as_of,
        batches=len(run.batches),
        code_version=run.code_version,
        plan_version=plan.version,
        plan_dated=run.plan_dated,
        plan_digest=run.plan_digest,
        study_digest=run.study_digest,
        data_digest=run.data_digest,
        versions=run.versions,
        synthetic=run.synthetic,
        seal=SEAL,
    )


def _audit(counts: ProtectedCounts, rules: Disclosure, *, lone: tuple[Cell, ...]) -> Audit:
    suppression = counts.suppression
    return Audit(
        cells=len(counts.linked.counts) + len(lone),
        primary=len(suppression.primary) + lone.count(Mark.CONFIDENTIAL),
        secondary=len(suppression.secondary),
        narrowest=suppression.narrowest,
        minimum_cell=rules.minimum_cell,
        round_counts_to=rules.round_counts_to,
        seal=SEAL,
    )
