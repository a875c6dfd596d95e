"""Everything a report could say, before the gate out has looked at it."""

from __future__ import annotations

from dataclasses import dataclass

from evaluation.design import Study
from evaluation.records.challenges import Challenge
from evaluation.records.estimates import Comparison
from evaluation.records.measures import NOTHING, Measures


@dataclass(frozen=True, slots=True)
class Facts:
    comparison: Comparison
    study: Study
    evidence: tuple[Challenge, ...] = ()
    measures: Measures = NOTHING
