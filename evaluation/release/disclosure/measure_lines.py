"""What leaves of the measures beside the estimates: lines of cells, each under its own name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import InitVar, dataclass, fields

from evaluation.release.disclosure.cells import Cell, written
from evaluation.release.disclosure.seal import Seal, Sealed, guard


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedLine(Sealed):
    """One record of `Measures` after the gate: `key` says of what, `numbers` are its fields as
    cells, `words` those that are no numbers. Hidden ones are marks; `reason` as in the record."""

    key: tuple[str, ...]
    numbers: tuple[tuple[str, Cell], ...]
    words: tuple[tuple[str, str], ...] = ()
    reason: str | None = None
    seal: InitVar[Seal]

    def __post_init__(self, seal: Seal) -> None:
        guard(seal)

    def number(self, name: str) -> Cell:
        return dict(self.numbers)[name]

    def word(self, name: str) -> str:
        """ "" where there is none, or it stayed in."""
        return dict(self.words).get(name, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedMeasures(Sealed):
    """The fields of `Measures`, line by line."""

    reliabilities: tuple[ReleasedLine, ...]
    stabilities: tuple[ReleasedLine, ...]
    item_differences: tuple[ReleasedLine, ...]
    losses: tuple[ReleasedLine, ...]
    links: tuple[ReleasedLine, ...]
    doubtful: tuple[ReleasedLine, ...]
    covariate_gaps: tuple[ReleasedLine, ...]
    spreads: tuple[ReleasedLine, ...]
    robustness: tuple[ReleasedLine, ...]
    seen_causes: tuple[ReleasedLine, ...]
    seal: InitVar[Seal]

    def __post_init__(self, seal: Seal) -> None:
        guard(seal)

    def cells(self) -> Iterator[tuple[str, str]]:
        """For the ledger: `measure/<kind>/<key>/<number>` → text."""
        for field in fields(self):
            for line in getattr(self, field.name):
                for name, cell in line.numbers:
                    yield "/".join(("measure", field.name, *line.key, name)), written(cell)
