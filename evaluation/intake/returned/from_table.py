"""A file without sheets of its own (CSV, JSON, …) → a workbook with the same rows and texts."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from evaluation.intake.reading.sheets import Reading, Sheet, letter
from evaluation.intake.returned.marks import Sheets
from evaluation.intake.returned.pages import put

LONGEST = 32_767
"""Signs in one cell, at most; openpyxl would refuse the rest."""
WIDTH, HEADER_WIDTH = 14, 24


def book_of(reading: Reading, title: str, first_row: int) -> tuple[Workbook, Sheets]:
    """`title` for a table that has no name; the rows above `first_row` stay in sight."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheets: dict[int | None, Worksheet] = {}
    for sheet in reading.sheets:
        made = book.create_sheet(sheet.name or title)
        _fill(made, sheet)
        if not sheet.visible:
            made.sheet_state = "hidden"
        made.freeze_panes = f"A{first_row}" if first_row > 1 else None
        sheets[sheet.number] = made
    return book, sheets


def _fill(made: Worksheet, sheet: Sheet) -> None:
    for index, column in enumerate(sheet.columns, start=1):
        texts = [ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST] for text in column.texts]
        for row, code in enumerate(column.codes.tolist(), start=1):
            if code:
                cell = made.cell(row, index)
                assert isinstance(cell, Cell)
                put(cell, texts[code])
        wide = any(len(text) > WIDTH for text in texts)
        made.column_dimensions[letter(index - 1)].width = HEADER_WIDTH if wide else WIDTH
    for cell in made[1]:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
