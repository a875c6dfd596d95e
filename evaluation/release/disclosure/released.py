"""What may leave: every number about children is a `Cell`, every object carries the seal.

Numbers that are not about children (regions, batches, package versions) are plain.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import InitVar, dataclass, fields
from enum import StrEnum

from evaluation.records.opinions import Word
from evaluation.records.planning import Origin
from evaluation.release.disclosure.account import Audit, Provenance
from evaluation.release.disclosure.cells import Cell, written
from evaluation.release.disclosure.datasets.released import ReleasedDataset
from evaluation.release.disclosure.evidence import ReleasedChallenge, evidence_cells
from evaluation.release.disclosure.measure_lines import ReleasedMeasures
from evaluation.release.disclosure.planning import ReleasedPlanning
from evaluation.release.disclosure.previous import ReleasedPrevious
from evaluation.release.disclosure.seal import Seal, Sealed, guard


class Step(StrEnum):
    """The steps of a child's way into the analysis, outermost first."""

    ELIGIBLE = "eligible"
    APPROACHED = "approached"
    BASELINE = "baseline"
    ENDLINE = "endline"
    BOTH = "both"
    ANALYSED = "analysed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedCompanion(Sealed):
    """Another estimator's answer; `points`: in points of the scale (log odds are not)."""

    estimator: str
    points: bool
    value: Cell
    low: Cell
    high: Cell
    p_value: Cell
    seal: InitVar[Seal]

    def __post_init__(self, seal: Seal) -> None:
        guard(seal)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedOutcome(Sealed):
    """An `Estimate` after the gate, field by field: see records/estimates.py for the meanings.

    `hidden`: too few children stand behind it to show the result, or to say why there is none.
    `verdict` is None where it is hidden, or was not kept. Of what leaving single regions out
    does, only whether the sign holds leaves (`keeps_sign`).
    """

    outcome: str
    scale: str
    family: str
    estimator: str
    method: str
    adjusted_by: str | None
    level: float
    hidden: bool
    reason: str | None
    cautions: tuple[str, ...]
    value: Cell
    low: Cell
    high: Cell
    dof: Cell
    p_value: Cell
    p_adjusted: Cell
    standardised: Cell
    smallest_effect: Cell
    smallest_p: Cell
    baseline_gap: Cell
    baseline_pilot: Cell
    baseline_comparison: Cell
    endline_pilot: Cell
    endline_comparison: Cell
    regions_pilot: int
    regions_comparison: int
    verdict: Word | None
    verdict_reasons: tuple[str, ...]
    bootstrap_p: Cell
    bootstrap_low: Cell
    bootstrap_high: Cell
    permutation_p: Cell
    p_max_t: Cell
    q_sharpened: Cell
    intraclass: Cell
    effective_regions: Cell
    keeps_sign: bool | None
    companions: tuple[ReleasedCompanion, ...]
    origin: Origin = Origin.UNFROZEN
    seal: InitVar[Seal]

    def __post_init__(self, seal: Seal) -> None:
        guard(seal)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedArm(Sealed):
    arm: str
    regions: int
    steps: tuple[tuple[Step, Cell], ...]
    seal: InitVar[Seal]

    def __post_init__(self, seal: Seal) -> None:
        guard(seal)

    def cell(self, step: Step) -> Cell:
        return dict(self.steps)[step]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedFlow(Sealed):
    """`coverage`: every outcome rests on at least this share of the analysed, in each arm."""

    arms: tuple[ReleasedArm, ...]
    total: ReleasedArm
    moved: Cell
    unassigned: Cell
    coverage: Cell
    seal: InitVar[Seal]

    def __post_init__(self, seal: Seal) -> None:
        guard(seal)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedQuality(Sealed):
    """`answered` is the share of item questions with a valid answer."""

    batches: int
    refused: int
    rows: Cell
    accepted: Cell
    held: Cell
    without_consent: Cell
    answered: Cell
    findings: tuple[tuple[str, Cell], ...]
    seal: InitVar[Seal]

    def __post_init__(self, seal: Seal) -> None:
        guard(seal)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedFacts(Sealed):
    """All that a report, an export, an artifact or a page may know."""

    outcomes: tuple[ReleasedOutcome, ...]
    flow: ReleasedFlow
    quality: ReleasedQuality
    provenance: Provenance
    audit: Audit
    datasets: tuple[ReleasedDataset, ...] = ()
    planning: ReleasedPlanning | None = None
    evidence: tuple[ReleasedChallenge, ...] = ()
    measures: ReleasedMeasures | None = None
    previous: ReleasedPrevious | None = None
    seal: InitVar[Seal]

    def __post_init__(self, seal: Seal) -> None:
        guard(seal)

    def ledger(self) -> tuple[tuple[str, str], ...]:
        """Every number about children, key → text in no language: `flow/pilot/both` → `[c]`.

        Kept with the report, so that a later one can be checked against it.
        """
        cells = [
            *(
                (f"flow/{arm.arm}/{step}", cell)
                for arm in (*self.flow.arms, self.flow.total)
                for step, cell in arm.steps
            ),
            *_cells("flow", self.flow),
            *_cells("quality", self.quality),
            *((f"finding/{rule}", cell) for rule, cell in self.quality.findings),
            *(pair for o in self.outcomes for pair in _cells(f"outcome/{o.outcome}", o)),
            *(
                pair
                for o, c in ((o, c) for o in self.outcomes for c in o.companions)
                for pair in _cells(f"outcome/{o.outcome}/{c.estimator}", c)
            ),
            *(pair for dataset in self.datasets for pair in dataset.cells()),
        ]
        measures = self.measures.cells() if self.measures else ()
        said = ((key, written(cell)) for key, cell in cells)
        return (*said, *evidence_cells(self.evidence), *measures)


def _cells(
    prefix: str, released: ReleasedFlow | ReleasedQuality | ReleasedOutcome | ReleasedCompanion
) -> Iterator[tuple[str, Cell]]:
    for field in fields(released):
        value = getattr(released, field.name)
        if isinstance(value, Cell):
            yield f"{prefix}/{field.name}", value
