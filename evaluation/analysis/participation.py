"""How many children there were at each step, by arm: the first table of every honest report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from evaluation.analysis.arrays import Flags, Labels
from evaluation.analysis.cohort import NOT_MET, Cohort, baseline_day, plan_of
from evaluation.design import Arm, Study
from evaluation.records.batches import Batch, Tally
from evaluation.records.estimates import ArmFlow, ParticipantFlow


def participant_flow(
    cohort: Cohort,
    analysed: Flags,
    *,
    batches: Labels,
    tallies: Iterable[tuple[Batch, Tally]],
    study: Study,
) -> ParticipantFlow:
    """`analysed` marks the children of the cohort that had a score of some outcome twice.

    `batches` (one a row of the responses): which file a row came in.
    """
    baseline = _baseline_tallies(_arms_of_batches(cohort, batches), tallies, study)
    return ParticipantFlow(
        arms=tuple(
            _arm_flow(cohort, analysed, [t for a, t in baseline if a is arm], arm)
            for arm in (Arm.PILOT, Arm.COMPARISON)
        ),
        moved=int(cohort.moved.sum()),
        unassigned=int(cohort.in_arm(Arm.OTHER).sum()),
    )


def _arms_of_batches(cohort: Cohort, batches: Labels) -> dict[str, frozenset[Arm]]:
    """By the children a batch brought, not by the region it named: before the reform of 2022
    one office sent children whose regions of today are in different arms."""
    met = cohort.first != NOT_MET
    pairs = set(zip(batches[cohort.first[met]], cohort.arms[met], strict=True))
    return {batch: frozenset(arm for other, arm in pairs if other == batch) for batch, _ in pairs}


def _baseline_tallies(
    came: dict[str, frozenset[Arm]], tallies: Iterable[tuple[Batch, Tally]], study: Study
) -> list[tuple[Arm, Tally]]:
    wave, day = plan_of(study).baseline_wave, baseline_day(study)
    found = []
    for batch, tally in tallies:
        if batch.wave == wave:
            arms = came.get(batch.id) or {study.arm_of(batch.region, day)}
            # One total for children of two arms cannot be shared out between them.
            said = tally if len(arms) == 1 else replace(tally, eligible=None, approached=None)
            found += [(arm, said) for arm in sorted(arms)]
    return found


def _arm_flow(cohort: Cohort, analysed: Flags, tallies: list[Tally], arm: Arm) -> ArmFlow:
    here = cohort.in_arm(arm)
    return ArmFlow(
        arm=str(arm),
        regions=len(set(cohort.regions[here])),
        eligible=_declared([tally.eligible for tally in tallies]),
        approached=_declared([tally.approached for tally in tallies]),
        baseline=int(np.sum(here & (cohort.first != NOT_MET))),
        endline=int(np.sum(here & (cohort.last != NOT_MET))),
        both=int(np.sum(here & cohort.both)),
        analysed=int(np.sum(here & analysed)),
    )


def _declared(counts: list[int | None]) -> int | None:
    """The sum, if every batch declares it: a sum over some of them would be read as all."""
    known = [count for count in counts if count is not None]
    return sum(known) if known and len(known) == len(counts) else None
