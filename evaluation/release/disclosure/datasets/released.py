"""What may leave of a dataset. Numbers that are about nobody (batches, days) are plain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import InitVar, dataclass
from datetime import date

from evaluation.release.disclosure.cells import Cell, Mark
from evaluation.release.disclosure.seal import Seal, Sealed, guard


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedRow(Sealed):
    """A `Line` after the gate: see records/indicators.py. `share` is of `n`, or of those of them
    who answered; `low` to `high` is its interval, or that of the `difference`."""

    codes: tuple[str, ...]
    topic: int | None
    n: Cell
    share: Cell
    share_low: Cell
    share_high: Cell
    first: Cell
    second: Cell
    difference: Cell
    low: Cell
    high: Cell
    seal: InitVar[Seal]

    def __post_init__(self, seal: Seal) -> None:
        guard(seal)


LINE = ("n", "share", "share_low", "share_high", "first", "second", "difference", "low", "high")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedIndicator(Sealed):
    """`planned`, `held`: things, that the register of sites plans and that were delivered."""

    indicator: str
    planned: int | None
    held: int | None
    lines: tuple[ReleasedRow, ...]
    seal: InitVar[Seal]

    def __post_init__(self, seal: Seal) -> None:
        guard(seal)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedDataset(Sealed):
    dataset: str
    versions: tuple[int, ...]
    batches: int
    first_day: date | None
    last_day: date | None
    indicators: tuple[ReleasedIndicator, ...]
    seal: InitVar[Seal]

    def __post_init__(self, seal: Seal) -> None:
        guard(seal)

    @property
    def pooled(self) -> bool:
        return len(self.versions) > 1

    def cells(self) -> Iterator[tuple[str, Cell]]:
        """Ledger key → cell; what does not apply to a line is left out."""
        for indicator in self.indicators:
            for line in indicator.lines:
                key = line_key(self.dataset, indicator.indicator, line.codes, line.topic)
                for name in LINE:
                    cell = getattr(line, name)
                    if cell is not Mark.NOT_APPLICABLE:
                        yield f"{key}/{name}", cell


def line_key(dataset: str, indicator: str, codes: tuple[str, ...], topic: int | None) -> str:
    """`dataset/school_results/good/27+1/-`: the same line in every report."""
    where = "+".join(codes) or "all"
    return f"dataset/{dataset}/{indicator}/{where}/{'-' if topic is None else topic}"
