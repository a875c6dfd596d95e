"""A simulated year of a study: children come late, are withdrawn, and a report leaves each time.

Everything is invented and drawn from a seed.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from evaluation.language import Language
from evaluation.records.estimates import (
    ArmFlow,
    BatchQuality,
    Comparison,
    Estimate,
    ParticipantFlow,
)
from evaluation.release import EarlierReport, Facts, ReleasedFacts, build_reports, protect
from evaluation.release.disclosure.cells import Cell, Mark, release
from evaluation.release.disclosure.rounding import round_count
from evaluation.release.disclosure.seal import SEAL
from evaluation.release.package import build_package
from tests.evaluation.release import given

STEPS = ("eligible", "approached", "baseline", "endline", "both", "analysed")
FORMS = ("html", "pdf", "docx", "page")
OPEN_DATA = ("cells", "tables")

Scores = list[tuple[int, int]]
"""Of each analysed child, at the start and at the end."""


@dataclass(frozen=True, slots=True)
class Left:
    """A report as it left: its files by form."""

    released: ReleasedFacts
    files: dict[str, bytes]


def comparisons(seed: int, releases: int) -> list[Comparison]:
    """What is true at each release: batches come in, single children are withdrawn."""
    draw, answered = random.Random(seed), random.Random(f"answers {seed}")
    arms = [_arm(draw, "pilot"), _arm(draw, "comparison")]
    scores = [_answers(answered, arm.analysed) for arm in arms]
    spare = draw.choice([0, 3, 20])
    lost = {"held": draw.choice([0, 4, 30]), "without_consent": draw.choice([0, 2, 14])}
    alone = {"moved": draw.choice([0, 2, 9, 14, 40]), "unassigned": draw.choice([0, 3, 12, 33])}
    year = []
    for number in range(releases):
        if number:
            arms = [_later(draw, arm) for arm in arms]
            lost = {name: count + draw.choice([0, 0, 1, 6]) for name, count in lost.items()}
            alone = {name: count + answered.choice([0, 0, 1, 7]) for name, count in alone.items()}
            scores = [
                _those_who_stayed(answered, before, arm.analysed)
                for before, arm in zip(scores, arms, strict=True)
            ]
        made = _comparison(number, tuple(arms), spare, lost, alone)
        year.append(replace(made, estimates=(_estimate(*scores),)))
    return year


def reports(
    year: Sequence[Comparison], *, together: bool = True, forms: Sequence[str] = FORMS
) -> list[Left]:
    """Each report as it leaves. `together`: judged with all earlier ones."""
    study = given.study()
    left: list[EarlierReport] = []
    made = []
    for found in year:
        released = protect(Facts(found, study), study.disclosure, earlier=left if together else ())
        made.append(_written(released, forms))
        left.append(EarlierReport(found, dict(released.ledger()), study.disclosure.minimum_cell))
    return made


def bare(count: int) -> Cell:
    """As a count would leave if there were no gate."""
    return release(count)


def primary_only(count: int) -> Cell:
    """As it would leave if only what is small were hidden, and the rest rounded."""
    return Mark.CONFIDENTIAL if count < 10 else release(round_count(count, 5))


def unguarded(
    year: Sequence[Comparison], count: Callable[[int], Cell], *, forms: Sequence[str] = FORMS
) -> list[Left]:
    """The same reports with counts that another rule let out, each by itself."""
    study = given.study()
    made = []
    for found in year:
        released = protect(Facts(found, study), study.disclosure)
        steps = [{step: getattr(arm, step) for step in STEPS} for arm in found.flow.arms]
        total = {step: sum(arm[step] for arm in steps) for step in STEPS}
        arms = tuple(
            replace(arm, steps=tuple((step, count(true[step])) for step, _ in arm.steps), seal=SEAL)
            for arm, true in zip(
                (*released.flow.arms, released.flow.total), (*steps, total), strict=True
            )
        )
        lone = {name: count(getattr(found.flow, name)) for name in ("moved", "unassigned")}
        flow = replace(released.flow, arms=arms[:-1], total=arms[-1], seal=SEAL, **lone)
        rows = {
            name: count(getattr(found.quality, name))
            for name in ("rows", "accepted", "held", "without_consent")
        }
        quality = replace(released.quality, seal=SEAL, **rows)
        made.append(_written(replace(released, flow=flow, quality=quality, seal=SEAL), forms))
    return made


def _written(released: ReleasedFacts, forms: Sequence[str]) -> Left:
    study, printed = given.study(), [form for form in forms if form in FORMS]
    files = build_reports(released, study, Language("en"), forms=printed)
    made = dict(zip(printed, files, strict=True))
    asked = [name for name in OPEN_DATA if name in forms]
    package = build_package(released, study, ("en",)) if asked else {}
    return Left(released, made | {name: package[f"data/{name}.csv"] for name in asked})


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


def _answers(draw: random.Random, children: int) -> Scores:
    return [(draw.randint(1, 5), draw.randint(2, 5)) for _ in range(children)]


def _those_who_stayed(draw: random.Random, before: Scores, now: int) -> Scores:
    return [*draw.sample(before, min(now, len(before))), *_answers(draw, max(0, now - len(before)))]


def _estimate(pilot: Scores, comparison: Scores) -> Estimate:
    def mean(scores: Scores, wave: int) -> float | None:
        return sum(score[wave] for score in scores) / len(scores) if scores else None

    return given.estimate(
        n_pilot=len(pilot),
        n_comparison=len(comparison),
        baseline_pilot=mean(pilot, 0),
        endline_pilot=mean(pilot, 1),
        baseline_comparison=mean(comparison, 0),
        endline_comparison=mean(comparison, 1),
    )


def _comparison(
    number: int,
    arms: tuple[ArmFlow, ...],
    spare: int,
    lost: dict[str, int],
    alone: dict[str, int],
) -> Comparison:
    accepted = sum(arm.baseline + arm.endline for arm in arms) + spare
    quality: BatchQuality = given.quality(
        rows=accepted + sum(lost.values()), accepted=accepted, **lost
    )
    return given.comparison(
        participants=ParticipantFlow(arms, **alone),
        batches=quality,
        origin=given.run(id=f"run-{number}"),
    )
