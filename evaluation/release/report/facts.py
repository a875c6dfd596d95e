"""Everything a report could say, before the gate out has looked at it."""

from __future__ import annotations

from dataclasses import dataclass, field

from evaluation.design import Study
from evaluation.records.estimates import Comparison
from evaluation.records.planning import Planning


@dataclass(frozen=True, slots=True)
class Facts:
    comparison: Comparison
    study: Study
    planning: Planning = field(default_factory=Planning)
