"""A simulated year of a study: children come late, are withdrawn, and a report leaves each time.

Everything is invented and drawn from a seed.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from evaluation.language import Language
from evaluation.records.estimates import ArmFlow, BatchQuality, Comparison, ParticipantFlow
from evaluation.release import EarlierReport, Facts, ReleasedFacts, build_report, protect
from tests.evaluation.release import given

STEPS = ("eligible", "approached", "baseline", "endline", "both", "analysed")


def comparisons(seed: int, releases: int) -> list[Comparison]:
    """What is true at each release: batches come in, single children are withdrawn."""
    draw = random.Random(seed)
    arms = [_arm(draw, "pilot"), _arm(draw, "comparison")]
    spare = draw.choice([0, 3, 20])
    lost = {"held": draw.choice([0, 4, 30]), "without_consent": draw.choice([0, 2, 14])}
    year = []
    for number in range(releases):
        if number:
            arms = [_later(draw, arm) for arm in arms]
            lost = {name: count + draw.choice([0, 0, 1, 6]) for name, count in lost.items()}
        year.append(_comparison(number, tuple(arms), spare, lost))
    return year


def reports(
    year: Sequence[Comparison], *, together: bool = True
) -> list[tuple[ReleasedFacts, str]]:
    """Each report as it leaves, with its HTML. `together`: judged with all earlier ones."""
    study = given.study()
    left: list[EarlierReport] = []
    made = []
    for found in year:
        released = protect(Facts(found, study), study.disclosure, earlier=left if together else ())
        made.append((released, build_report(released, study, Language("en")).decode()))
        left.append(EarlierReport(found, dict(released.ledger()), study.disclosure.minimum_cell))
    return made


def _arm(draw: random.Random, name: str) -> ArmFlow:
    eligible = draw.choice([draw.randint(15, 60), draw.randint(120, 260)])
    steps = [eligible]
    for _ in range(4):
        steps.append(max(0, steps[-1] - draw.choice([0, 0, 1, 4, 11, 20])))
    eligible, approached, baseline, both, analysed = steps
    endline = both + draw.choice([0, 2, 12])
    return given.arm(name, eligible, approached, baseline, endline, both, analysed)


def _later(draw: random.Random, arm: ArmFlow) -> ArmFlow:
    """A late batch of a class, a few children withdrawn, or nothing at all."""
    change = draw.choice(["nothing", "withdrawn", "withdrawn", "late"])
    if change == "nothing":
        return arm
    few = draw.choice([1, 1, 2, 4]) if change == "withdrawn" else -draw.choice([3, 14, 25])
    counts = {step: getattr(arm, step) for step in STEPS}
    touched = STEPS if change == "late" else ("baseline", "endline", "both", "analysed")
    return replace(arm, **{step: max(0, counts[step] - few) for step in touched})


def _comparison(
    number: int, arms: tuple[ArmFlow, ...], spare: int, lost: dict[str, int]
) -> Comparison:
    accepted = sum(arm.baseline + arm.endline for arm in arms) + spare
    quality: BatchQuality = given.quality(
        rows=accepted + sum(lost.values()), accepted=accepted, **lost
    )
    return given.comparison(
        participants=ParticipantFlow(arms, moved=4, unassigned=0),
        batches=quality,
        origin=given.run(id=f"run-{number}"),
    )
