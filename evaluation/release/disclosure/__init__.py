"""The gate out: `protect` turns `Facts` into `ReleasedFacts`, and nothing else can make one."""

from evaluation.release.disclosure.cells import Cell, Mark, ReleasedNumber
from evaluation.release.disclosure.datasets.released import (
    ReleasedDataset,
    ReleasedIndicator,
    ReleasedLine,
)
from evaluation.release.disclosure.gate import protect
from evaluation.release.disclosure.ledger import EarlierReport
from evaluation.release.disclosure.released import (
    Audit,
    Provenance,
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
    "EarlierReport",
    "Mark",
    "Provenance",
    "ReleasedArm",
    "ReleasedCompanion",
    "ReleasedDataset",
    "ReleasedFacts",
    "ReleasedFlow",
    "ReleasedIndicator",
    "ReleasedLine",
    "ReleasedNumber",
    "ReleasedOutcome",
    "ReleasedQuality",
    "Step",
    "protect",
]
