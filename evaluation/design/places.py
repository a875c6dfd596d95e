"""Where: regions with their dated life, their dated part in the pilot, and the sites."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evaluation.design.questionnaires import Texts


class Arm(StrEnum):
    PILOT = "pilot"
    COMPARISON = "comparison"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Region:
    """A region with its life: `since` and `predecessor` carry the reform of 8 June 2022."""

    code: str
    iso: str
    kind: str
    name: Texts
    aliases: tuple[str, ...] = ()
    predecessor: str | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """Districts and cities that went from one region to another on `day`."""

    new: str
    old: str
    day: date
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegionRole:
    """Which arm a region is in, and from when to when (None: still)."""

    region: str
    arm: Arm
    start: date
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """A school or centre. `region` is by the map of today; both waves are analysed by it."""

    code: str
    region: str
    start: date
    end: date | None = None
    sessions_planned: int = 0
