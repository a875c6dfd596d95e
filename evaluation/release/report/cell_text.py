"""A released cell as the reader's language writes it, and the number behind it for a chart."""

from __future__ import annotations

from evaluation.language import Language
from evaluation.release.disclosure import Cell, Mark


def show(cell: Cell, say: Language, *, signed: bool = False) -> str:
    if isinstance(cell, Mark):
        return f"[{cell}]"
    if cell.percent:
        return say.percent(cell.value)
    text = say.number(cell.value, cell.decimals, signed=signed)
    return say("report.below", value=text) if cell.below else text


def number(cell: Cell) -> float | None:
    """None where the gate put a mark."""
    return None if isinstance(cell, Mark) else cell.value


def interval(low: Cell, high: Cell, say: Language) -> str:
    if isinstance(low, Mark):
        return show(low, say)
    return say(
        "report.interval", low=show(low, say, signed=True), high=show(high, say, signed=True)
    )
