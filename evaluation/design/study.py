"""The study as a whole: when, what for, by which plan. `loading` makes it; nothing else does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from evaluation.design.authored import NOTHING, Authored
from evaluation.design.challenges import ChallengeRules
from evaluation.design.contents import Contents
from evaluation.design.permissions import Permissions
from evaluation.design.places import Arm, Region, RegionRole, Site, Split
from evaluation.design.questionnaires import Instrument, Scale, Texts
from evaluation.design.wording import AS_SHIPPED, Wording


@dataclass(frozen=True, slots=True)
class Wave:
    id: int
    name: Texts
    start: date | None = None
    end: date | None = None
    aliases: tuple[str, ...] = ()
    due: date | None = None  # files that come later are marked


@dataclass(frozen=True, slots=True)
class ReferenceValue:
    """A figure somebody else stated: shown with its date and source, never a denominator."""

    id: str
    value: float
    unit: str
    stated_on: date
    source: Texts
    label: Texts
    note: Texts


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row of the analysis plan."""

    id: str
    scale: str
    family: str
    estimator: str


@dataclass(frozen=True, slots=True)
class Covariate:
    """A baseline field as one regressor: the number itself, or 1 where it equals `equals`."""

    name: str
    field: str
    equals: str | None = None


@dataclass(frozen=True, slots=True)
class VerdictRules:
    """Which rules of the analysis decide the word for an outcome (statistics.md A.3, D.8).

    Any one of `not_estimable` forbids the others; `supported` asks for all of its rules at
    once; where one is missing, any one of `suggestive` is suggestive, and none no evidence.
    """

    not_estimable: tuple[str, ...] = ("regions_per_arm", "dof", "baseline_gap", "attrition")
    supported: tuple[str, ...] = (
        "adjusted_p",
        "bootstrap_p",
        "change_score_sign",
        "leave_one_out_sign",
    )
    suggestive: tuple[str, ...] = ("headline_p", "adjusted_p", "bootstrap_p")


@dataclass(frozen=True, slots=True)
class Resampling:
    """For tests with too many regions to go through every case: `draws` by lot from `seed`.

    `by_site`: the wild bootstrap also with weights by school, for one or two pilot regions.
    """

    draws: int = 9_999
    seed: int = 1
    by_site: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The analysis plan, frozen before the year-end data are opened; `digest` is its hash."""

    version: int
    dated: date
    instrument: str
    baseline_wave: int
    endline_wave: int
    estimand: Texts
    outcomes: tuple[Outcome, ...]
    covariates: tuple[Covariate, ...]
    families: Mapping[str, str]  # family → method of multiple testing
    alpha: float
    power: float
    thresholds: Mapping[str, float]
    digest: str
    verdict: VerdictRules = VerdictRules()
    resampling: Resampling = Resampling()
    challenges: ChallengeRules = field(default_factory=ChallengeRules)
    text: str = ""  # plan.yaml, word for word


@dataclass(frozen=True, slots=True)
class Disclosure:
    """The study's own rules for the gate out.

    `importance`: what is hidden last, by step of the participant flow or by table's name; the
    programme has an order of its own for what is not named.
    """

    minimum_cell: int = 10
    round_counts_to: int = 5
    importance: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a refused file may lie in the quarantine, and which days are no working days."""

    refused_days: int = 14
    holidays: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Study:
    id: str
    title: Texts
    languages: tuple[str, ...]
    example: bool  # its regions' roles and data are invented; every page says so
    time_zone: str
    waves: tuple[Wave, ...]
    regions: Mapping[str, Region]
    splits: tuple[Split, ...]
    roles: tuple[RegionRole, ...]
    sites: Mapping[str, Site]
    instruments: Mapping[str, Instrument]
    scales: Mapping[str, Scale]
    reference_values: tuple[ReferenceValue, ...]
    plan: Plan | None
    disclosure: Disclosure
    intake: Mapping[str, float]  # thresholds of the gate in: see study.yaml
    digest: str  # of every file of the study, in a fixed order
    permissions: Permissions = field(default_factory=Permissions)
    retention: Retention = Retention()
    texts: Authored = NOTHING  # outside `digest`: a better sentence is not another study
    contents: Mapping[str, Contents] = field(default_factory=dict)
    wording: Wording = AS_SHIPPED

    def wave(self, number: int) -> Wave:
        return next(wave for wave in self.waves if wave.id == number)

    def arm_of(self, region: str, day: date) -> Arm:
        """The region's arm on that day; OTHER where nobody gave it a role."""
        for role in self.roles:
            if role.region == region and role.start <= day and (not role.end or day <= role.end):
                return role.arm
        return Arm.OTHER

    def scales_of(self, instrument: str) -> tuple[Scale, ...]:
        chosen = (s for s in self.scales.values() if s.instrument == instrument)
        return tuple(sorted(chosen, key=lambda s: (s.position, s.id)))
