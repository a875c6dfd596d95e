"""A `Plan` done to a workbook: marks, drop-downs, our two sheets in front, neutral properties."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.packaging.custom import CustomPropertyList
from openpyxl.worksheet.worksheet import Worksheet

from evaluation.intake.returned.hidden import marker_of
from evaluation.intake.returned.looks import Wardrobe
from evaluation.intake.returned.marks import Sheets, clear, mark, offer
from evaluation.intake.returned.pages import write_page
from evaluation.intake.returned.plan import Plan

MADE_ON = datetime(2022, 1, 1)
"""In the workbook's properties instead of the clock."""


def sheets_of(book: Workbook) -> Sheets:
    """By the number of the tab, charts counted; None is the first."""
    sheets: dict[int | None, Worksheet] = {}
    for number, name in enumerate(book.sheetnames, start=1):
        sheet = book[name]
        if isinstance(sheet, Worksheet):
            sheets[number] = sheet
            sheets.setdefault(None, sheet)
    return sheets


def annotated(book: Workbook, sheets: Sheets, plan: Plan) -> bytes:
    wardrobe = Wardrobe()
    if _take_out_ours(book):
        clear(book, wardrobe)
    mark(sheets, plan.marks, wardrobe)
    offer(sheets, plan.dropdowns)
    for place, page in enumerate(plan.pages):
        write_page(book.create_sheet(page.title, place), page, sheets, wardrobe)
    book.active = 0
    for number, sheet in enumerate(book.worksheets):
        # Two selected tabs are a group: what is typed into one is typed into both.
        sheet.sheet_view.tabSelected = number == 0
    book.properties = DocumentProperties(creator="", created=MADE_ON)
    untyped: Any = book  # the library's types do not know these properties
    untyped.custom_doc_props = CustomPropertyList()
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _take_out_ours(book: Workbook) -> bool:
    """Whether the workbook had been returned before."""
    ours = [sheet for sheet in book.worksheets if _is_ours(sheet)]
    for sheet in ours:
        book.remove(sheet)
    return bool(ours)


def _is_ours(sheet: Worksheet) -> bool:
    texts = (row[0] for row in sheet.iter_rows(max_col=1, max_row=5, values_only=True))
    return marker_of(text for text in texts if isinstance(text, str)) is not None
