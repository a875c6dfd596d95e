"""Marks in the sender's own sheets: comments, frames, drop-downs; and taking ours off again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from evaluation.intake.returned.looks import Wardrobe, is_marked, marked, unmarked
from evaluation.intake.returned.plan import Dropdown, Mark

Sheets = Mapping[int | None, Worksheet]
"""The sender's sheets by the number of their tab."""

AUTHOR = "stories"
THEIRS = "\n\n────────\n"
"""What stands between our words and a comment that was in the cell before."""
BOX, LETTERS_A_LINE, LINE = 360, 52, 17  # pixels


def clear(book: Workbook, wardrobe: Wardrobe) -> None:
    """Take off the marks of an earlier return: a mended cell must not stay red."""
    for sheet in book.worksheets:
        for cells in sheet.iter_rows():
            for cell in cells:
                if isinstance(cell, Cell) and cell.comment and cell.comment.author == AUTHOR:
                    _, _, theirs = cell.comment.text.partition(THEIRS)
                    cell.comment = _comment(theirs, "") if theirs else None
                    if is_marked(cell):
                        wardrobe.dress(cell, "unmarked", unmarked)


def mark(sheets: Sheets, marks: Iterable[Mark], wardrobe: Wardrobe) -> None:
    for each in marks:
        sheet = sheets.get(each.cell.sheet)
        if sheet is None:
            continue  # a chart has no cells
        cell = _cell(sheet, each.cell.row, each.cell.column)
        before = THEIRS + cell.comment.text if cell.comment else ""
        cell.comment = _comment(each.text + before, AUTHOR)
        wardrobe.dress(cell, f"mark {each.severity}", marked(each.severity))


def offer(sheets: Sheets, dropdowns: Iterable[Dropdown]) -> None:
    """Lists of codes; what the columns offered before makes way, for two rules of one cell are
    what Excel calls a damaged workbook."""
    for each in dropdowns:
        sheet = sheets.get(each.sheet)
        if sheet is None:
            continue
        _make_way(sheet, column_index_from_string(each.column), each.first, each.last)
        rule = DataValidation(
            type="list",
            formula1='"' + ",".join(each.codes) + '"',
            allow_blank=True,
            showErrorMessage=True,
            showInputMessage=True,
            errorStyle="stop",
            error=each.error,
            promptTitle=each.title,
            prompt=each.prompt,
        )
        rule.add(f"{each.column}{each.first}:{each.column}{each.last}")
        sheet.add_data_validation(rule)


def _cell(sheet: Worksheet, row: int, column: str) -> Cell:
    cell = sheet[f"{column}{row}"]
    if isinstance(cell, MergedCell):
        area = next(r for r in sheet.merged_cells.ranges if cell.coordinate in r)
        cell = sheet.cell(area.min_row, area.min_col)
    assert isinstance(cell, Cell)
    return cell


def _comment(text: str, author: str) -> Comment:
    comment = Comment(text, author)
    lines = sum(ceil((len(line) or 1) / LETTERS_A_LINE) for line in text.splitlines())
    comment.width, comment.height = BOX, LINE * (lines + 1)
    return comment


def _make_way(sheet: Worksheet, column: int, first: int, last: int) -> None:
    for rule in list(sheet.data_validations.dataValidation):
        pieces = [piece for area in rule.sqref.ranges for piece in _but(area, column, first, last)]
        if pieces:
            rule.sqref = type(rule.sqref)(" ".join(pieces))
        else:
            sheet.data_validations.dataValidation.remove(rule)


def _but(area: CellRange, column: int, first: int, last: int) -> list[str]:
    """The area without rows `first` to `last` of the column."""
    left, top, right, bottom = area.bounds
    if not (left <= column <= right and top <= last and first <= bottom):
        return [area.coord]
    rest = (
        (left, top, column - 1, bottom),
        (column + 1, top, right, bottom),
        (column, top, column, min(bottom, first - 1)),
        (column, max(top, last + 1), column, bottom),
    )
    return [
        f"{get_column_letter(a)}{b}:{get_column_letter(c)}{d}"
        for a, b, c, d in rest
        if a <= c and b <= d
    ]
