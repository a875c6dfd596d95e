"""Children and rows, counted: the participant flow and the gate in, protected as one system.

They are one system because a reader subtracts one from the other: rows accepted minus the
answers of the two waves are the withdrawn children and those of regions without a role.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from evaluation.records.estimates import ArmFlow, BatchQuality, Estimate, ParticipantFlow
from evaluation.release.disclosure.cells import Cell, Mark, release
from evaluation.release.disclosure.ledger import (
    Before,
    EarlierReport,
    lone_change_told,
    past_of,
    with_past,
)
from evaluation.release.disclosure.linked import LinkedCounts, Weights
from evaluation.release.disclosure.released import (
    ReleasedArm,
    ReleasedFlow,
    ReleasedQuality,
    Step,
)
from evaluation.release.disclosure.rounding import round_count, share
from evaluation.release.disclosure.seal import SEAL
from evaluation.release.disclosure.suppression import Suppression, suppress

TOTAL = "total"

IMPORTANCE = {
    Step.BOTH: 1,
    Step.APPROACHED: 2,
    Step.ENDLINE: 3,
    Step.ELIGIBLE: 4,
    Step.BASELINE: 5,
    Step.ANALYSED: 6,
}
"""What a reader needs most is hidden last. What the results rest on comes first."""

NESTED = (
    (Step.ELIGIBLE, Step.APPROACHED, Step.BASELINE, Step.BOTH, Step.ANALYSED),
    (Step.ENDLINE, Step.BOTH, Step.ANALYSED),
)
"""Each step holds the children of the steps after it, so that their difference counts children."""

ROWS = ("rows", "accepted", "held", "without_consent")
COVERAGES = (0.9, 0.75, 0.5)


@dataclass(frozen=True, slots=True)
class ProtectedCounts:
    linked: LinkedCounts
    suppression: Suppression
    base: int

    def cell(self, name: str) -> Cell:
        if name not in self.linked.counts:
            return Mark.NOT_AVAILABLE
        if name in self.suppression.hidden:
            return Mark.CONFIDENTIAL
        return release(round_count(self.linked.counts[name], self.base))


def protect_counts(
    flow: ParticipantFlow,
    quality: BatchQuality,
    *,
    minimum: int,
    base: int,
    earlier: Sequence[EarlierReport] = (),
    importance: Mapping[str, float] | None = None,
) -> ProtectedCounts:
    """`importance`: of the study, by step or by `rows`, in place of IMPORTANCE."""
    past = [
        past_of(then, _linked(then.comparison.flow, then.comparison.quality, {}), base=base)
        for then in earlier
    ]
    linked = with_past(_linked(flow, quality, importance or {}), past, minimum=minimum)
    return ProtectedCounts(linked, suppress(linked, minimum=minimum, base=base), base)


def lone_count(
    count: int, *, minimum: int, base: int, of: int | None = None, before: Before = ()
) -> Cell:
    """A count outside the linked ones.

    `of`: the group it is a part of, whose rest counts too. `before`: (count, as it was shown) in
    earlier reports, that must not tell that a few came or went.
    """
    small = count < minimum or (of is not None and of - count < minimum)
    if small or lone_change_told(count, before, minimum=minimum, base=base):
        return Mark.CONFIDENTIAL
    return release(round_count(count, base))


def released_flow(
    flow: ParticipantFlow,
    protected: ProtectedCounts,
    estimates: tuple[Estimate, ...],
    *,
    minimum: int,
    earlier: Sequence[EarlierReport] = (),
) -> ReleasedFlow:
    def alone(name: str, of: int | None) -> Cell:
        before = tuple(
            (getattr(e.comparison.flow, name), e.cells.get(f"flow/{name}")) for e in earlier
        )
        count = getattr(flow, name)
        return lone_count(count, of=of, minimum=minimum, base=protected.base, before=before)

    regions = {arm.arm: arm.regions for arm in flow.arms}
    both = sum(arm.both for arm in flow.arms)
    return ReleasedFlow(
        arms=tuple(_arm(name, count, protected) for name, count in regions.items()),
        total=_arm(TOTAL, sum(regions.values()), protected),
        moved=alone("moved", both),
        unassigned=alone("unassigned", None),
        coverage=_coverage(flow, estimates, minimum),
        seal=SEAL,
    )


def released_quality(
    quality: BatchQuality,
    protected: ProtectedCounts,
    *,
    minimum: int,
    earlier: Sequence[EarlierReport] = (),
) -> ReleasedQuality:
    # "Without consent" is a finding too: a finding may be the very count that was hidden above.
    tells_rows = not protected.suppression.hidden.isdisjoint(ROWS)

    def finding(rule: str, count: int) -> Cell:
        before = tuple(
            (dict(e.comparison.quality.findings).get(rule, 0), e.cells.get(f"finding/{rule}"))
            for e in earlier
        )
        alone = lone_count(count, minimum=minimum, base=protected.base, before=before)
        return Mark.CONFIDENTIAL if tells_rows else alone

    return ReleasedQuality(
        batches=quality.batches,
        refused=quality.refused,
        rows=protected.cell("rows"),
        accepted=protected.cell("accepted"),
        held=protected.cell("held"),
        without_consent=protected.cell("without_consent"),
        answered=_answered(quality, minimum),
        findings=tuple((rule, finding(rule, count)) for rule, count in quality.findings),
        seal=SEAL,
    )


def _linked(
    flow: ParticipantFlow, quality: BatchQuality, importance: Mapping[str, float]
) -> LinkedCounts:
    counts = {_key(step, arm.arm): n for arm in flow.arms for step, n in _steps(arm).items()}
    arms = tuple(arm.arm for arm in flow.arms)
    splits = [
        (_key(step, TOTAL), tuple(_key(step, arm) for arm in arms))
        for step in Step
        if arms and all(_key(step, arm) in counts for arm in arms)
    ]
    counts |= {total: sum(counts[part] for part in parts) for total, parts in splits}
    counts |= {name: getattr(quality, name) for name in ROWS}
    splits.append((ROWS[0], ROWS[1:]))
    return LinkedCounts(
        counts=counts,
        importance={name: _importance(name, importance) for name in counts},
        splits=tuple(splits),
        differences=tuple(_true_differences(counts, (*arms, TOTAL))),
    )


def _true_differences(counts: Mapping[str, int], columns: tuple[str, ...]) -> Iterable[Weights]:
    """Batches declare some steps themselves, and may declare nonsense: only what holds is known."""
    nested = [
        {_key(outer, column): 1, _key(inner, column): -1}
        for chain in NESTED
        for outer, inner in combinations(chain, 2)
        for column in columns
    ]
    answers = {_key(Step.BASELINE, TOTAL): -1, _key(Step.ENDLINE, TOTAL): -1}
    for weights in (*nested, {"accepted": 1, **answers}):
        known = weights.keys() <= counts.keys()
        if known and sum(times * counts[cell] for cell, times in weights.items()) >= 0:
            yield weights


def _steps(arm: ArmFlow) -> dict[Step, int]:
    every: dict[Step, int | None] = {step: getattr(arm, step) for step in Step}
    return {step: count for step, count in every.items() if count is not None}


def _importance(name: str, of_study: Mapping[str, float]) -> float:
    """A total says something about everybody: worth more than any one arm's count."""
    step, _, column = name.partition("/")
    if not column:
        return of_study.get(step, 0)
    steps = {step: of_study.get(step, worth) for step, worth in IMPORTANCE.items()}
    return steps[Step(step)] + (max(steps.values()) if column == TOTAL else 0)


def _key(step: Step, column: str) -> str:
    return f"{step}/{column}"


def _arm(name: str, regions: int, protected: ProtectedCounts) -> ReleasedArm:
    steps = tuple((step, protected.cell(_key(step, name))) for step in Step)
    return ReleasedArm(arm=name, regions=regions, steps=steps, seal=SEAL)


def _coverage(flow: ParticipantFlow, estimates: tuple[Estimate, ...], minimum: int) -> Cell:
    """The numbers behind single outcomes differ by a few children each: only a floor is told.

    A floor is told only where it leaves room for a full minimum of children who are missing.
    """
    analysed = {arm.arm: arm.analysed for arm in flow.arms}
    answered = [e for e in estimates if e.reason is None]
    if not answered or not {"pilot", "comparison"} <= analysed.keys():
        return Mark.NOT_AVAILABLE
    behind = [(e.n_pilot, analysed["pilot"]) for e in answered]
    behind += [(e.n_comparison, analysed["comparison"]) for e in answered]
    for least in COVERAGES:
        if all(n >= least * of and (1 - least) * of >= minimum for n, of in behind):
            return release(least, decimals=2, percent=True)
    return Mark.CONFIDENTIAL


def _answered(quality: BatchQuality, minimum: int) -> Cell:
    asked = quality.item_answers + quality.item_missing
    if not asked:
        return Mark.NOT_AVAILABLE
    if min(quality.item_answers, quality.item_missing) < minimum:
        return Mark.CONFIDENTIAL
    return share(quality.item_answers, asked)
