"""Everything a report could say, before the gate out has looked at it."""

from __future__ import annotations

from dataclasses import dataclass, field

from evaluation.design import Study
from evaluation.records.challenges import Challenge
from evaluation.records.estimates import Comparison
from evaluation.records.measures import NOTHING, Measures
from evaluation.records.planning import Planning


@dataclass(frozen=True, slots=True)
class Facts:
    comparison: Comparison
    study: Study
    planning: Planning = field(default_factory=Planning)
    evidence: tuple[Challenge, ...] = ()
    measures: Measures = NOTHING
