"""A `Page` → a sheet of ours: the hidden column, the table, the links, what to do next."""

from __future__ import annotations

from math import ceil

from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import Outline, PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from evaluation.intake.returned import looks
from evaluation.intake.returned.hidden import Key
from evaluation.intake.returned.looks import Wardrobe
from evaluation.intake.returned.marks import Sheets
from evaluation.intake.returned.plan import Line, Page

FIRST = 2
"""Our columns begin at B; A is hidden and holds the keys."""
LINE, TALLEST = 15.0, 400.0  # points; Excel allows no row of more than 409
A4, MARGIN = 9, 0.4


def write_page(sheet: Worksheet, page: Page, sheets: Sheets, wardrobe: Wardrobe) -> None:
    _widths(sheet, page)
    _write(sheet, 1, (page.heading,), wardrobe, looks.heading)
    sheet.cell(1, 1).value = page.marker.text()
    sheet.row_dimensions[1].height = 24
    row = 2
    for text in page.intro:
        _across(sheet, row, text, page, wardrobe)
        row += 1
    row += 1
    if page.lines:
        row = _table(sheet, row, page, sheets, wardrobe)
    if page.after:
        _write(sheet, row + 1, (page.after_title,), wardrobe, looks.heading)
        _key(sheet, row + 1, Key(), (page.after_title,))
        for place, text in enumerate(page.after, start=row + 2):
            _across(sheet, place, text, page, wardrobe)


def _widths(sheet: Worksheet, page: Page) -> None:
    sheet.column_dimensions["A"].hidden = True
    for place, (_, width) in enumerate(page.columns, start=FIRST):
        sheet.column_dimensions[get_column_letter(place)].width = width
    setup = sheet.page_setup
    setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight = "landscape", A4, 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=MARGIN, right=MARGIN, top=MARGIN, bottom=MARGIN)
    sheet.sheet_view.showGridLines = False


def _table(sheet: Worksheet, row: int, page: Page, sheets: Sheets, wardrobe: Wardrobe) -> int:
    """The first row below the table."""
    headers = tuple(header for header, _ in page.columns)
    _write(sheet, row, headers, wardrobe, looks.column_header)
    _key(sheet, row, Key(), headers)
    _tall(sheet, row, headers, page)
    sheet.freeze_panes = f"A{row + 1}"
    sheet.print_title_rows = f"{row}:{row}"
    for number, line in enumerate(page.lines, start=row + 1):
        _line(sheet, number, line, page, sheets, wardrobe)
    last = row + len(page.lines)
    sheet.auto_filter.ref = f"B{row}:{get_column_letter(FIRST + len(headers) - 1)}{last}"
    sheet.sheet_properties.outlinePr = Outline(summaryBelow=False)
    return last + 1


def _line(
    sheet: Worksheet, row: int, line: Line, page: Page, sheets: Sheets, wardrobe: Wardrobe
) -> None:
    target = sheets.get(line.link.sheet) if line.link else None
    texts = list(line.texts)
    if target is not None:
        texts[page.sheet] = target.title
    _write(sheet, row, tuple(texts), wardrobe, looks.text)
    # What a sender may write later is not ours to vouch for.
    _key(sheet, row, line.key, tuple(map(str, texts)), page.marker.reason)
    if line.link and target is not None:
        _link(sheet, row, line, target.title, page, wardrobe)
    if line.severity:
        cell = sheet.cell(row, FIRST)
        wardrobe.dress(cell, f"severity {line.severity}", looks.severity(line.severity))
    _tall(sheet, row, tuple(map(str, texts)), page)
    if line.folded:
        sheet.row_dimensions[row].outlineLevel = 1
        sheet.row_dimensions[row].hidden = True


def _link(
    sheet: Worksheet, row: int, line: Line, title: str, page: Page, wardrobe: Wardrobe
) -> None:
    assert line.link is not None
    cell = sheet.cell(row, FIRST + page.linked)
    quoted = title.replace("'", "''")
    place = f"'{quoted}'!{line.link.column}{line.link.row}"
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place)
    wardrobe.dress(cell, "linked", looks.linked)


def _across(sheet: Worksheet, row: int, text: str, page: Page, wardrobe: Wardrobe) -> None:
    """A paragraph over the whole width of the page."""
    last = FIRST + len(page.columns) - 1
    sheet.merge_cells(start_row=row, start_column=FIRST, end_row=row, end_column=last)
    _write(sheet, row, (text,), wardrobe, looks.paragraph)
    _key(sheet, row, Key(), (text,))
    width = sum(width for _, width in page.columns)
    sheet.row_dimensions[row].height = LINE * _lines(text, width)


def _write(
    sheet: Worksheet, row: int, texts: tuple[str | int, ...], wardrobe: Wardrobe, how: looks.Dress
) -> None:
    for place, text in enumerate(texts, start=FIRST):
        cell = sheet.cell(row, place)
        assert isinstance(cell, Cell)
        put(cell, text)
        wardrobe.dress(cell, how.__name__, how)


def put(cell: Cell, text: str | int) -> None:
    """A text stays a text, whatever it begins with: "=1+1" is no formula."""
    cell.value = None if text == "" else text
    if text and isinstance(text, str):
        cell.data_type = "s"


def _key(sheet: Worksheet, row: int, key: Key, texts: tuple[str, ...], reason: int = 0) -> None:
    """`texts` begin in B; the column of reasons (0 is A) is left out."""
    ours = [text for place, text in enumerate(texts, start=1) if place != reason]
    sheet.cell(row, 1).value = key.text(ours)


def _tall(sheet: Worksheet, row: int, texts: tuple[str, ...], page: Page) -> None:
    """Said outright: not every programme makes a row taller for a text that wraps."""
    widths = (width for _, width in page.columns)
    lines = max(_lines(text, width) for text, width in zip(texts, widths, strict=True))
    sheet.row_dimensions[row].height = min(LINE * lines, TALLEST)


def _lines(text: str, width: int) -> int:
    # Words wrap before they fill a line, and Cyrillic letters are wider than digits.
    return sum(ceil((len(line) or 1) / (0.8 * width)) for line in text.splitlines() or [""])
