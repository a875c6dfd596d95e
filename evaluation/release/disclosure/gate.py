"""`protect`: the only way from facts to released facts, and from tables to released tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, overload

from evaluation.design import Disclosure, Plan
from evaluation.errors import DisclosureError
from evaluation.records.estimates import Estimate, Run
from evaluation.release.disclosure.account import Audit, Provenance
from evaluation.release.disclosure.cells import Cell, Mark
from evaluation.release.disclosure.changes import without_changes
from evaluation.release.disclosure.counts import (
    ProtectedCounts,
    protect_counts,
    released_flow,
    released_quality,
)
from evaluation.release.disclosure.datasets.protection import protect_datasets
from evaluation.release.disclosure.evidence import protect_evidence
from evaluation.release.disclosure.ledger import EarlierReport
from evaluation.release.disclosure.measures import protect_measures
from evaluation.release.disclosure.models import protect_outcome
from evaluation.release.disclosure.planning import released_planning
from evaluation.release.disclosure.previous import previous_of
from evaluation.release.disclosure.released import (
    ReleasedFacts,
    ReleasedOutcome,
)
from evaluation.release.disclosure.seal import SEAL
from evaluation.release.report.facts import Facts

if TYPE_CHECKING:
    import pandas as pd

    from evaluation.release.disclosure.tables.asked import Table
    from evaluation.release.disclosure.tables.earlier import Earlier
    from evaluation.release.disclosure.tables.result import ReleasedTables
    from evaluation.release.disclosure.tables.sums import Sums

    OneTable = pd.DataFrame | pd.Series | Table
    Tables = OneTable | Sequence[OneTable] | Mapping[str, OneTable] | Sums

DEFAULT: Final = Disclosure()

FLOOR = 5
"""No study may show groups smaller than this (domain.md §3.3)."""

ALWAYS_IN_A_MODEL = 3  # the constant, the arm and the baseline score; the plan adds covariates


@overload
def protect(
    asked: Facts, rules: Disclosure = ..., *, earlier: Sequence[EarlierReport] = ...
) -> ReleasedFacts: ...


@overload
def protect(
    asked: Tables,
    rules: Disclosure = ...,
    *,
    earlier: Sequence[Earlier] = ...,
    totals: str | None = ...,
) -> ReleasedTables: ...


def protect(
    asked: Facts | Tables,
    rules: Disclosure = DEFAULT,
    *,
    earlier: Sequence[EarlierReport] | Sequence[Earlier] = (),
    totals: str | None = None,
) -> ReleasedFacts | ReleasedTables:
    """Everything of `asked` that may leave under the study's `rules`.

    `asked`: the facts of a report; or a pandas contingency table, a sequence or a mapping of
    linked ones, or `Sums` (docs/disclosure.md). `earlier`: what left before, that the new release
    is judged together with. `totals`: what a table calls its totals, if it is no usual word.

    DisclosureError: the rules go below the floor, or the tables are no such tables.
    """
    require_floor(rules)
    if isinstance(asked, Facts):
        reports = [report for report in earlier if isinstance(report, EarlierReport)]
        return _protect_facts(asked, rules, reports)
    from evaluation.release.disclosure.tables.protection import protect_tables  # numpy and pandas
    from evaluation.release.disclosure.tables.sums import Sums, protect_sums

    if isinstance(asked, Sums):
        return protect_sums(asked, rules, alone=not earlier, totals=totals)
    return protect_tables(
        asked,
        minimum=rules.minimum_cell,
        base=rules.round_counts_to,
        totals=totals,
        importance=rules.importance,
        earlier=[release for release in earlier if not isinstance(release, EarlierReport)],
    )


def require_floor(rules: Disclosure) -> None:
    """DisclosureError: a study asks for smaller groups than any study may."""
    if rules.minimum_cell < FLOOR:
        raise DisclosureError("minimum_below_floor", minimum=rules.minimum_cell, floor=FLOOR)


def _protect_facts(
    facts: Facts, rules: Disclosure, earlier: Sequence[EarlierReport]
) -> ReleasedFacts:
    study, found = facts.study, facts.comparison
    plan = study.plan
    assert plan is not None, "a comparison was made, so there was a plan"
    minimum, base = rules.minimum_cell, rules.round_counts_to
    counts = protect_counts(
        found.flow,
        found.quality,
        minimum=minimum,
        base=base,
        earlier=earlier,
        importance=rules.importance,
    )
    flow = released_flow(found.flow, counts, found.estimates, minimum=minimum, earlier=earlier)
    outcomes = tuple(_outcome(e, facts, rules, earlier) for e in found.estimates)
    return ReleasedFacts(
        outcomes=outcomes,
        evidence=protect_evidence(facts.evidence, outcomes, minimum=minimum),
        measures=protect_measures(
            facts.measures,
            frozenset(outcome.outcome for outcome in outcomes if outcome.hidden),
            flow,
            counts,
            baseline_wave=plan.baseline_wave,
            rules=rules,
            earlier=earlier,
        ),
        flow=flow,
        quality=released_quality(found.quality, counts, minimum=minimum, earlier=earlier),
        provenance=_provenance(found.run, plan),
        audit=_audit(counts, rules, lone=(flow.moved, flow.unassigned), earlier=len(earlier)),
        datasets=protect_datasets(found.datasets, study, earlier),
        planning=released_planning(facts.planning),
        previous=previous_of(earlier),
        seal=SEAL,
    )


def _outcome(
    estimate: Estimate, facts: Facts, rules: Disclosure, earlier: Sequence[EarlierReport]
) -> ReleasedOutcome:
    study, minimum = facts.study, rules.minimum_cell
    assert study.plan is not None
    scale = study.scales[estimate.scale]
    regions = estimate.regions_pilot + estimate.regions_comparison
    # In the two-stage models every region is a term of its own, beside the baseline score.
    terms = max(ALWAYS_IN_A_MODEL, regions + 1)
    regressors = terms + len(study.plan.covariates)
    origin = facts.planning.origin(estimate.outcome)
    made = protect_outcome(estimate, scale, minimum=minimum, regressors=regressors, origin=origin)
    return without_changes(made, estimate, scale, earlier, minimum=minimum)


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


def _audit(
    counts: ProtectedCounts, rules: Disclosure, *, lone: tuple[Cell, ...], earlier: int
) -> Audit:
    suppression, linked = counts.suppression, counts.linked
    # A step of importance 0 still says something.
    worth = {cell: 1 + linked.importance[cell] for cell in linked.today()}
    gone = sum(worth[cell] for cell in suppression.hidden) + lone.count(Mark.CONFIDENTIAL)
    return Audit(
        cells=len(worth) + len(lone),
        primary=len(suppression.primary) + lone.count(Mark.CONFIDENTIAL),
        secondary=len(suppression.secondary),
        narrowest=suppression.narrowest,
        kept=1 - gone / (sum(worth.values()) + len(lone)),
        earlier=earlier,
        told_before=suppression.told_before,
        minimum_cell=rules.minimum_cell,
        round_counts_to=rules.round_counts_to,
        seal=SEAL,
    )
