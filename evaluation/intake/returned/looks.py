"""How cells are dressed. A mark is a colour and a pattern and a border: never colour alone."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from typing import Any, Literal

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from evaluation.intake.returned.plan import MUST_FIX, PLEASE_CHECK

Dress = Callable[[Cell], None]

RED, DARK_RED = "FFFFC7CE", "FF9C0006"
YELLOW, BROWN = "FFFFEB9C", "FF7F6000"
BLUE, GREY, PALE = "FF0563C1", "FF9FB3C8", "FFE8EEF4"
MARK_COLOURS = frozenset({RED, YELLOW})


def _border(style: Literal["thin", "medium", "dashed"], colour: str) -> Border:
    side = Side(style=style, color=colour)
    return Border(left=side, right=side, top=side, bottom=side)


FRAME = _border("thin", GREY)
WRAPPED = Alignment(wrap_text=True, vertical="top", horizontal="left")
LETTERS = "Calibri"
MARKS = {
    MUST_FIX: (PatternFill("solid", fgColor=RED), _border("medium", DARK_RED)),
    # Dotted and dashed, so that it is told apart in black and white.
    PLEASE_CHECK: (
        PatternFill("gray0625", fgColor=BROWN, bgColor=YELLOW),
        _border("dashed", BROWN),
    ),
}
PLAIN = (PatternFill(), Border())


def marked(severity: str) -> Dress:
    def dress(cell: Cell) -> None:
        cell.fill, cell.border = MARKS[severity]

    return dress


def unmarked(cell: Cell) -> None:
    cell.fill, cell.border = PLAIN


def is_marked(cell: Cell) -> bool:
    return bool({cell.fill.fgColor.rgb, cell.fill.bgColor.rgb} & MARK_COLOURS)


def heading(cell: Cell) -> None:
    cell.font, cell.alignment = Font(name=LETTERS, bold=True, size=14), Alignment(vertical="center")


def paragraph(cell: Cell) -> None:
    cell.font, cell.alignment = Font(name=LETTERS, size=11), WRAPPED


def column_header(cell: Cell) -> None:
    cell.font, cell.fill = Font(name=LETTERS, bold=True), PatternFill("solid", fgColor=PALE)
    cell.border, cell.alignment = FRAME, WRAPPED


def text(cell: Cell) -> None:
    cell.font = Font(name=LETTERS, size=11)
    cell.border, cell.alignment = FRAME, WRAPPED


def linked(cell: Cell) -> None:
    text(cell)
    cell.font = Font(name=LETTERS, color=BLUE, underline="single")


def severity(name: str) -> Dress:
    def dress(cell: Cell) -> None:
        text(cell)
        if name in MARKS:
            cell.fill, cell.border = MARKS[name]

    return dress


@dataclass(slots=True)
class Wardrobe:
    """Dresses each kind of cell once and copies the result: a style is slow to put together."""

    seen: dict[tuple[str, tuple[int, ...]], object] = field(default_factory=dict)

    def dress(self, cell: Any, name: str, how: Dress) -> None:
        # `_style` is the number of a style; the library's types do not name it.
        key = (name, tuple(cell._style or ()))
        if key not in self.seen:
            how(cell)
            self.seen[key] = cell._style
        cell._style = copy(self.seen[key])
