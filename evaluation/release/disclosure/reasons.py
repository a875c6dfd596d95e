"""By which rule each [c] of a report was hidden: for the evaluator alone, it says what is small.

The rules are worked out anew from the facts, not carried in what leaves: a reason that travels
with a report would leave with it one day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluation.design import Scale
from evaluation.records.estimates import Comparison, Estimate
from evaluation.records.measures import Measures
from evaluation.release.disclosure.cells import Mark
from evaluation.release.disclosure.counts import ROWS, ProtectedCounts, protect_counts
from evaluation.release.disclosure.datasets.reasons import rule_of_line
from evaluation.release.disclosure.ledger import EarlierReport, ledger_key
from evaluation.release.disclosure.models import CHILDREN_BEHIND, protect_outcome
from evaluation.release.disclosure.released import ReleasedFacts
from evaluation.release.disclosure.tables.rules import Rule
from evaluation.release.report.facts import Facts

HIDDEN = f"[{Mark.CONFIDENTIAL}]"


@dataclass(frozen=True, slots=True)
class Reason:
    """`key`: as the ledger names the number: `flow/pilot/both`, `outcome/civ/value`."""

    key: str
    rule: Rule


def reasons_of(
    released: ReleasedFacts, facts: Facts, *, earlier: Sequence[EarlierReport] = ()
) -> tuple[Reason, ...]:
    """`released` is what `protect` made of `facts` by the study's rules, beside these `earlier`."""
    found, rules = facts.comparison, facts.study.disclosure
    counts = protect_counts(
        found.flow,
        found.quality,
        minimum=rules.minimum_cell,
        base=rules.round_counts_to,
        earlier=earlier,
        importance=rules.importance,
    )
    linked = {ledger_key(cell): cell for cell in counts.linked.today()}
    tells_rows = not counts.suppression.hidden.isdisjoint(ROWS)
    alone = _alone(found)
    hidden_outcomes = {each.outcome for each in released.outcomes if each.hidden}

    def rule_of(key: str) -> Rule:
        if key in linked:
            return _of_linked(counts, linked[key], rules.minimum_cell)
        if key in alone:
            rest = Rule.SECONDARY if tells_rows and key.startswith("finding/") else None
            return _of_count(*alone[key], rules.minimum_cell) or rest or Rule.DIFFERENCING
        if key.startswith("dataset/"):
            return rule_of_line(key, found.datasets, rules.minimum_cell, facts.study.instruments)
        kind, outcome, *name = key.split("/")
        behind = next((e for e in found.estimates if e.outcome == outcome), None)
        if kind == "measure":
            return _of_measure(key, facts.measures, rules.minimum_cell)
        if kind == "evidence":
            return Rule.SMALL if outcome in hidden_outcomes else Rule.SECONDARY
        if kind != "outcome" or behind is None:
            return Rule.COMPLEMENT  # a share, and those outside of it are few
        return _of_outcome(behind, name[0], facts.study.scales[behind.scale], rules.minimum_cell)

    hidden = [key for key, text in released.ledger() if text == HIDDEN]
    return tuple(Reason(key, rule_of(key)) for key in hidden)


def _of_linked(counts: ProtectedCounts, cell: str, minimum: int) -> Rule:
    own = _of_count(counts.linked.counts[cell], None, minimum)
    if own:
        return own
    if cell in counts.suppression.primary:
        return Rule.COMPLEMENT
    changed = any(cell in weights for weights in counts.linked.changes)
    return Rule.DIFFERENCING if changed else Rule.SECONDARY


def _of_count(count: int, of: int | None, minimum: int) -> Rule | None:
    if count < minimum:
        return Rule.SMALL if count else Rule.NOTHING
    return Rule.COMPLEMENT if of is not None and of - count < minimum else None


def _of_outcome(estimate: Estimate, name: str, scale: Scale, minimum: int) -> Rule:
    few = getattr(estimate, CHILDREN_BEHIND[name]) < minimum if name in CHILDREN_BEHIND else True
    if few:
        return Rule.SMALL  # of a model: too few in an arm, or beside its terms
    by_itself = protect_outcome(estimate, scale, minimum=minimum, regressors=0)
    alike = getattr(by_itself, name) is Mark.CONFIDENTIAL
    return Rule.HOMOGENEOUS if alike else Rule.DIFFERENCING


def _of_measure(key: str, found: Measures, minimum: int) -> Rule:
    """A share of enough children stays in for the flow's sake, or for an earlier report's."""
    _, kind, *names = key.split("/")
    if kind == "links":
        least = min(min(each.exact, each.one_slip, each.unresolved) for each in found.links)
        return Rule.SMALL if least < minimum else Rule.SECONDARY
    if kind == "doubtful":
        arm, wave, name = names
        own = next(d for d in found.doubtful if (d.arm, str(d.wave)) == (arm, wave))
        count: int = getattr(own, name)
        return Rule.SMALL if min(count, own.rows - count) < minimum else Rule.SECONDARY
    return Rule.SMALL


def _alone(found: Comparison) -> Mapping[str, tuple[int, int | None]]:
    """Counts outside the linked ones: how many, and of how many they are a part."""
    both = sum(arm.both for arm in found.flow.arms)
    return {
        "flow/moved": (found.flow.moved, both),
        "flow/unassigned": (found.flow.unassigned, None),
        **{f"finding/{rule}": (count, None) for rule, count in found.quality.findings},
    }
