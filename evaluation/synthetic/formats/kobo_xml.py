"""A KoboToolbox XLSX with XML names and values: one sheet, every cell text."""

from __future__ import annotations

from pathlib import Path

from evaluation.synthetic.kobo_metadata import HEAD, TAIL, head, tail
from evaluation.synthetic.sending import Form, Sending

LONGEST_SHEET_NAME = 31


def write(path: Path, sending: Sending, form: Form) -> None:
    from xlsxwriter import Workbook

    fields = form.instrument.row_fields
    asked = form.where_and_when()
    once = dict(sending.card(form.instrument, 1).values)
    days = sending.days(form)
    columns = [
        *head(days),
        *([once[f.name]] * len(sending.rows) for f in asked),
        *(sending.rows.columns[f.name].tolist() for f in fields),
        *tail(sending, days),
    ]
    titles = [*HEAD, *(sending.retitled.get(f.name, f.name) for f in (*asked, *fields)), *TAIL]
    book = Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    # The clock's place is taken by the first day of fieldwork: equal answers, equal bytes.
    book.set_properties({"created": sending.opening})
    sheet = book.add_worksheet(form.instrument.id[:LONGEST_SHEET_NAME])
    for number, (title, column) in enumerate(zip(titles, columns, strict=True)):
        sheet.write_string(0, number, title)
        for row, text in enumerate(column, start=1):
            if text:
                sheet.write_string(row, number, text)
    book.close()
