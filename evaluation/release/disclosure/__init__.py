"""The gate out: `protect` turns `Facts` into `ReleasedFacts`, and nothing else can make one."""

from evaluation.release.disclosure.account import Audit, Provenance
from evaluation.release.disclosure.cells import Cell, Mark, ReleasedNumber
from evaluation.release.disclosure.datasets.released import (
    ReleasedDataset,
    ReleasedIndicator,
    ReleasedRow,
)
from evaluation.release.disclosure.evidence import Direction, ReleasedChallenge
from evaluation.release.disclosure.gate import protect
from evaluation.release.disclosure.ledger import EarlierReport
from evaluation.release.disclosure.measure_lines import ReleasedLine, ReleasedMeasures
from evaluation.release.disclosure.planning import ReleasedPlanning
from evaluation.release.disclosure.released import (
    ReleasedArm,
    ReleasedCompanion,
    ReleasedFacts,
    ReleasedFlow,
    ReleasedOutcome,
    ReleasedQuality,
    Step,
)

__all__ = [
    "Audit",
    "Cell",
    "Direction",
    "EarlierReport",
    "Mark",
    "Provenance",
    "ReleasedArm",
    "ReleasedChallenge",
    "ReleasedCompanion",
    "ReleasedDataset",
    "ReleasedFacts",
    "ReleasedFlow",
    "ReleasedIndicator",
    "ReleasedLine",
    "ReleasedMeasures",
    "ReleasedNumber",
    "ReleasedOutcome",
    "ReleasedPlanning",
    "ReleasedQuality",
    "ReleasedRow",
    "Step",
    "protect",
]
