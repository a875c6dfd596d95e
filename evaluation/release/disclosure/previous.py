"""The report before this one, as its reader has it: released cells and nothing behind them.

What changed is told from what both reports show. Today's cells were judged together with the
earlier ones before they left (ledger.py), so laying them side by side tells nothing new.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import InitVar, dataclass
from datetime import datetime

from evaluation.release.disclosure.cells import Cell, Mark, release
from evaluation.release.disclosure.ledger import EarlierReport
from evaluation.release.disclosure.seal import SEAL, Seal, Sealed, guard


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedPrevious(Sealed):
    """`cells`: ledger key → what stood there."""

    run: str
    cut_off: datetime
    cells: tuple[tuple[str, Cell], ...]
    seal: InitVar[Seal]

    def __post_init__(self, seal: Seal) -> None:
        guard(seal)

    def cell(self, key: str) -> Cell:
        return dict(self.cells).get(key, Mark.NOT_AVAILABLE)


def previous_of(earlier: Sequence[EarlierReport]) -> ReleasedPrevious | None:
    """The latest of the earlier reports, which come in the order in which they left."""
    if not earlier:
        return None
    last = earlier[-1]
    return ReleasedPrevious(
        run=last.comparison.run.id,
        cut_off=last.comparison.run.as_of,
        cells=tuple((key, reread(text)) for key, text in last.cells.items()),
        seal=SEAL,
    )


def reread(text: str) -> Cell:
    """The cell that `written` wrote: `205`, `95%`, `<0.001`, `[c]`."""
    if text.startswith("["):
        return Mark(text.strip("[]"))
    if text.endswith("%"):
        return release(int(text.rstrip("%")) / 100, decimals=2, percent=True)
    bare = text.removeprefix("<")
    decimals = len(bare.partition(".")[2])
    return release(float(bare), decimals=decimals, below=bare != text)
