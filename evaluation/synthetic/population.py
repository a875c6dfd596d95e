"""What is settled before the first child is drawn: who is where, and what is true there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from evaluation.design import Arm, Instrument, Plan, Scale, Study, Wave
from evaluation.errors import SettingsError, StudyError
from evaluation.synthetic.calibration import Boxes, deviation_of, offsets, shift_for
from evaluation.synthetic.child_codes import Span, allot
from evaluation.synthetic.seeds import Seeds
from evaluation.synthetic.truth import Truth

FIELDWORK = (28, 42)
"""Days that a region needs, at least and at most."""


@dataclass(frozen=True, slots=True)
class ScaleTruth:
    """`shift` moves the answer behind the boxes so that the score moves by the stated effect."""

    scale: Scale
    boxes: Boxes
    shift: float


@dataclass(frozen=True, slots=True)
class RegionTruth:
    code: str
    arm: Arm
    size: int  # children
    sites: tuple[str, ...]
    spans: tuple[Span, ...]
    sender: str  # the region whose office sent the baseline files: another one before a reform


@dataclass(frozen=True, slots=True)
class Population:
    study: Study
    instrument: Instrument
    plan: Plan
    truth: Truth
    seeds: Seeds
    scales: tuple[ScaleTruth, ...]
    regions: tuple[RegionTruth, ...]

    @property
    def baseline(self) -> Wave:
        return self.study.wave(self.plan.baseline_wave)

    @property
    def endline(self) -> Wave:
        return self.study.wave(self.plan.endline_wave)

    def fieldwork(self, sender: str, wave: Wave) -> tuple[date, date]:
        """The first and last day of a region's interviews, inside the wave's window."""
        opens, closes = window(wave, self.plan)
        rng = self.seeds.rng("fieldwork", sender, wave.id)
        spare = max((closes - opens).days - FIELDWORK[0], 0)
        start = opens + timedelta(days=int(rng.integers(0, spare // 2 + 1)))
        length = timedelta(days=int(rng.integers(FIELDWORK[0], FIELDWORK[1] + 1)))
        return start, min(start + length, closes)


def window(wave: Wave, plan: Plan) -> tuple[date, date]:
    start = wave.start or plan.dated
    return start, wave.end or start + timedelta(days=FIELDWORK[1])


def populate(study: Study, truth: Truth, *, children: int, seed: int) -> Population:
    """`children` are shared evenly among the regions that have an arm and a site.

    Raises StudyError where the study has no plan, SettingsError where it has no such region or
    cannot carry so many children or so large an effect.
    """
    assert children > 0, children
    plan = study.plan
    if plan is None:
        raise StudyError("no_plan", file="plan.yaml", key="–")
    seeds = Seeds(seed)
    return Population(
        study=study,
        instrument=study.instruments[plan.instrument],
        plan=plan,
        truth=truth,
        seeds=seeds,
        scales=tuple(_scale_truth(s, truth) for s in study.scales_of(plan.instrument)),
        regions=_regions(study, plan, children),
    )


def _scale_truth(scale: Scale, truth: Truth) -> ScaleTruth:
    spread = truth.spread
    boxes = Boxes(scale.low, scale.high, offsets(len(scale.items), truth.difficulty))
    parts = (
        spread.region,
        spread.region_change,
        spread.site,
        spread.child,
        spread.child_change,
        spread.item,
    )
    shift = shift_for(
        truth.effect_on(scale.id),
        boxes,
        mean=truth.mean + truth.trend,
        deviation=deviation_of(parts),
        scale=scale.id,
    )
    return ScaleTruth(scale, boxes, shift)


def _regions(study: Study, plan: Plan, children: int) -> tuple[RegionTruth, ...]:
    baseline = study.wave(plan.baseline_wave)
    day, _ = window(baseline, plan)
    # A questionnaire that asks no site makes every region one.
    unnamed = () if study.instruments[plan.instrument].identity.site else ("",)
    arms = {code: study.arm_of(code, day) for code in sorted(study.regions)}
    sites = {
        code: tuple(site.code for site in study.sites.values() if site.region == code) or unnamed
        for code, arm in arms.items()
        if arm is not Arm.OTHER
    }
    codes = [code for code, found in sites.items() if found]
    if not codes:
        raise SettingsError("study_without_regions")
    sizes = {
        code: children // len(codes) + (number < children % len(codes))
        for number, code in enumerate(codes)
    }
    senders = {code: sender_of(code, study, baseline, plan) for code in codes}
    spans = allot(sizes, senders, sorted(study.regions))
    return tuple(
        RegionTruth(code, arms[code], sizes[code], sites[code], spans[code], senders[code])
        for code in codes
    )


def sender_of(region: str, study: Study, wave: Wave, plan: Plan) -> str:
    """The region's own office, or that of the region it was part of while the wave was asked."""
    _, closes = window(wave, plan)
    old: Mapping[str, str] = {s.new: s.old for s in study.splits if closes < s.day}
    return old.get(region, region)
