"""The upload template: a workbook whose columns, lists and words all come from the instrument.

Sheet 1 takes the answers, sheet 2 is the card of the batch, sheet 3 explains. Titles, names and
properties are neutral: a workbook lying open on a shared computer must not out a child.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from math import ceil
from typing import Any

from evaluation.design import Field, FieldType, Instrument, Study
from evaluation.forms.instructions import instructions
from evaluation.forms.prompts import validation_of
from evaluation.language import Language
from evaluation.records.batches import Card

TEMPLATE_VERSION = 1
"""Raised whenever the sheets or columns change in a way that a reader would notice."""

MADE_ON = datetime(2022, 1, 1)
"""In the workbook's properties instead of the clock, so that equal contents are equal bytes."""

OPTIONS = {
    "in_memory": True,
    # What people type stays text: "=1+1" is never a formula, "10-12" never a date.
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
PROTECTION = {
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "delete_rows": True,
    "sort": True,
    "autofilter": True,
}
HEADER_HEIGHT = 96  # points: six lines of a question
INSTRUCTION_WIDTH, LETTERS_A_LINE = 74, 72  # an A4 page; Cyrillic letters are wider than digits
LINE, HEADING_LINE = 15.0, 22.0  # points
ITEM_WIDTH = 20
WIDTHS = (10, 24)  # characters, at least and at most
A4 = 9


@dataclass(frozen=True, slots=True)
class Looks:
    """The workbook's cell formats; of xlsxwriter, which brings no types."""

    header: Any
    label: Any
    text: Any
    day: Any
    number: Any
    heading: Any
    paragraph: Any

    def of(self, field: Field) -> Any:
        if field.type is FieldType.DATE:
            return self.day
        return self.number if field.type is FieldType.INTEGER else self.text


def build_template(instrument: Instrument, study: Study, language: str) -> bytes:
    """An empty template (xlsx); the same bytes for the same study and language."""
    return fill_template(instrument, study, language, card=Card(), rows=())


def fill_template(
    instrument: Instrument,
    study: Study,
    language: str,
    *,
    card: Card,
    rows: Iterable[Sequence[str]],
) -> bytes:
    """A template with `card` and `rows` in it; a row holds one text a row field, in their order.

    ISO dates become dates and whole numbers numbers where the field says so; whatever does not
    fit its field stays the text it is.
    """
    from xlsxwriter import Workbook

    say = Language(language)
    target = BytesIO()
    book = Workbook(target, OPTIONS)
    book.set_properties({"title": say.text(instrument.title), "created": MADE_ON})
    looks = _looks(book)
    answers = book.add_worksheet(say("template.sheet_answers"))
    _write_answers(answers, instrument, study, say, looks, rows)
    batch = book.add_worksheet(say("template.sheet_card"))
    _write_card(batch, instrument, study, say, looks, card)
    how_to = book.add_worksheet(say("template.sheet_instructions"))
    _write_instructions(how_to, instrument, study, say, looks)
    book.close()
    return target.getvalue()


def _looks(book: Any) -> Looks:
    wrapped = {"text_wrap": True, "valign": "top"}
    shaded = {"bold": True, "bg_color": "#E8EEF4", "border": 1, "border_color": "#9FB3C8"}
    return Looks(
        header=book.add_format({**wrapped, **shaded}),
        label=book.add_format({**wrapped, **shaded}),
        text=book.add_format({"num_format": "@", "locked": False}),
        day=book.add_format({"num_format": "yyyy-mm-dd", "locked": False}),
        number=book.add_format({"num_format": "0", "locked": False}),
        heading=book.add_format({**wrapped, "bold": True, "font_size": 14}),
        paragraph=book.add_format(wrapped),
    )


def _write_answers(
    sheet: Any,
    instrument: Instrument,
    study: Study,
    say: Language,
    looks: Looks,
    rows: Iterable[Sequence[str]],
) -> None:
    last = int(study.intake["rows"])
    fields = instrument.row_fields
    for column, field in enumerate(fields):
        sheet.set_column(column, column, _width(field, say), looks.of(field))
        sheet.write_string(0, column, say.text(field.header), looks.header)
        sheet.data_validation(1, column, last, column, validation_of(field, study, say))
    for row, values in enumerate(rows, start=1):
        for column, (field, value) in enumerate(zip(fields, values, strict=True)):
            _write_cell(sheet, row, column, field, value, looks)
    sheet.set_row(0, HEADER_HEIGHT)
    sheet.freeze_panes(1, 1)
    # Codes are text on purpose; Excel would mark every one of them with a green corner.
    sheet.ignore_errors({"number_stored_as_text": f"A1:{_last_column(len(fields))}{last + 1}"})
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.repeat_rows(0)
    sheet.protect("", PROTECTION)


def _write_card(
    sheet: Any, instrument: Instrument, study: Study, say: Language, looks: Looks, card: Card
) -> None:
    known = {
        "template_version": str(TEMPLATE_VERSION),
        "instrument_version": str(instrument.version),
    }
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 24)
    for row, field in enumerate(instrument.batch_fields):
        sheet.write_string(row, 0, say.text(field.header), looks.label)
        value = card.get(field.name) or known.get(field.name, "")
        sheet.write_blank(row, 1, None, looks.of(field))
        _write_cell(sheet, row, 1, field, value, looks)
        sheet.data_validation(row, 1, row, 1, validation_of(field, study, say))
    sheet.set_paper(A4)
    sheet.protect("", PROTECTION)


def _write_instructions(
    sheet: Any, instrument: Instrument, study: Study, say: Language, looks: Looks
) -> None:
    sheet.set_column(0, 0, INSTRUCTION_WIDTH)
    for row, line in enumerate(instructions(instrument, study, say)):
        # Said outright: LibreOffice does not make a row taller for a text that wraps.
        rows = ceil(len(line.text) / LETTERS_A_LINE)
        sheet.set_row(row, rows * (HEADING_LINE if line.heading else LINE))
        sheet.write_string(row, 0, line.text, looks.heading if line.heading else looks.paragraph)
    sheet.set_paper(A4)
    sheet.protect("", PROTECTION)


def _write_cell(sheet: Any, row: int, column: int, field: Field, value: str, looks: Looks) -> None:
    look = looks.of(field)
    if not value:
        return
    if field.type is FieldType.DATE and (day := _day(value)):
        sheet.write_datetime(row, column, datetime(day.year, day.month, day.day), look)
    elif field.type is FieldType.INTEGER and value.isdecimal():
        sheet.write_number(row, column, int(value), look)
    else:
        sheet.write_string(row, column, value, look)


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _width(field: Field, say: Language) -> int:
    if field.item:
        return ITEM_WIDTH
    return min(max(len(say.text(field.header)) + 2, WIDTHS[0]), WIDTHS[1])


def _last_column(columns: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(columns - 1))
