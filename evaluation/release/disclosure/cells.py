"""One released cell: a number that was rounded and may be shown, or the mark that stands for it."""

from __future__ import annotations

from dataclasses import InitVar, dataclass
from enum import StrEnum

from evaluation.release.disclosure.seal import SEAL, Seal, Sealed, guard


class Mark(StrEnum):
    """What stands where no number does. Shown in square brackets, explained in every report."""

    CONFIDENTIAL = "c"
    NOT_APPLICABLE = "z"
    NOT_AVAILABLE = "x"
    LOW = "low"  # rounds to nothing, and is not nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedNumber(Sealed):
    """`value` is already rounded to `decimals`; `percent`: it is a share; `below`: it is less."""

    value: float
    decimals: int
    percent: bool = False
    below: bool = False
    seal: InitVar[Seal]

    def __post_init__(self, seal: Seal) -> None:
        guard(seal)


Cell = ReleasedNumber | Mark


def written(cell: Cell) -> str:
    """The cell in no language, for the ledger: `205`, `95%`, `<0.001`, `[c]`."""
    if isinstance(cell, Mark):
        return f"[{cell}]"
    if cell.percent:
        return f"{cell.value:.0%}"
    return f"{'<' if cell.below else ''}{cell.value:.{cell.decimals}f}"


def release(
    value: float, *, decimals: int = 0, percent: bool = False, below: bool = False
) -> ReleasedNumber:
    return ReleasedNumber(value=value, decimals=decimals, percent=percent, below=below, seal=SEAL)
