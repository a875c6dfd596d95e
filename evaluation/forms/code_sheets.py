"""Sheets of child codes: a page to print and cut, or a workbook to tick off.

A card bears the code and nothing that says what the survey is about or whom it is for. The list of
names stays on paper with its keeper: no sheet has a place for a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from evaluation.language import Language

TEMPLATES = Path(__file__).parent / "templates"
CARDS_A_PAGE = 14
"""Two beside each other, seven under each other: 99 x 38 mm on A4."""
FIRST_ROW = 4


@dataclass(frozen=True, slots=True)
class Card:
    """`number`: the how-manieth of this printing, to see at once which card is missing."""

    number: int
    code: str


def code_page(codes: Sequence[str], title: str, say: Language) -> bytes:
    """HTML for A4, self-contained; `title` is the questionnaire's own, neutral one."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    templates = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    cards = [Card(number, code) for number, code in enumerate(codes, start=1)]
    page = templates.get_template("codes.html")
    pages = [cards[at : at + CARDS_A_PAGE] for at in range(0, len(cards), CARDS_A_PAGE)]
    return page.render(pages=pages, title=title, say=say, total=len(codes)).encode()


def code_workbook(codes: Sequence[str], title: str, say: Language) -> bytes:
    """xlsx: the codes as text, beside them where and when each was handed out."""
    from xlsxwriter import Workbook

    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False}
    book = Workbook(target, options)
    book.set_properties({"title": title})
    sheet = book.add_worksheet(say("codes.sheet"))
    bold = book.add_format({"bold": True, "border": 1, "bg_color": "#E8EEF4", "text_wrap": True})
    large = book.add_format({"num_format": "@", "font_name": "Courier New", "font_size": 16})
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, say("codes.no_names"))
    headers = ("codes.number", "codes.code", "codes.site", "codes.handed_out")
    for column, key in enumerate(headers):
        sheet.write_string(FIRST_ROW - 1, column, say(key), bold)
    for row, code in enumerate(codes, start=FIRST_ROW):
        sheet.write_number(row, 0, row - FIRST_ROW + 1)
        sheet.write_string(row, 1, code, large)
    for column, width in enumerate((8, 22, 18, 22)):
        sheet.set_column(column, column, width)
    sheet.set_paper(9)
    sheet.repeat_rows(FIRST_ROW - 1)
    sheet.freeze_panes(FIRST_ROW, 0)
    book.close()
    return target.getvalue()
