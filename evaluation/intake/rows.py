"""Which rows of a sheet are data. Nothing is dropped unsaid; numbers stay those of the sheet."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from evaluation.design import Need
from evaluation.intake.reading.sheets import Column, letter
from evaluation.intake.recognise.folding import code_text
from evaluation.intake.recognise.headers import Headings
from evaluation.intake.recognise.headers_again import without_headers
from evaluation.intake.recognise.layout import Layout
from evaluation.records.findings import Effect, Finding, Severity


def data_rows(layout: Layout, headings: Headings) -> tuple[NDArray[np.int64], tuple[Finding, ...]]:
    """Sheet rows from 0. Empty ones are passed over; so are totals and notes below the table."""
    body = np.arange(layout.first_row, layout.sheet.rows, dtype=np.int64)
    headed = [c for c, header in zip(layout.sheet.columns, layout.headers, strict=True) if header]
    filled = np.zeros(len(body), dtype=bool)
    for column in headed:
        filled |= column.codes[body] != 0
    rows, again = without_headers(layout, body[filled])
    end = _end_of_table(layout, headings, rows)
    if end == len(rows):
        return rows, again
    below = Finding(
        "rows_below_table",
        Severity.PLEASE_CHECK,
        Effect.NOTE,
        sheet=layout.sheet.number,
        row=int(rows[end]) + 1,
        column=letter(0),
        values={"n": len(rows) - end},
    )
    return rows[:end], (*again, below)


def _end_of_table(layout: Layout, headings: Headings, rows: NDArray[np.int64]) -> int:
    """A total or a note has no code, and leaves most required columns empty."""
    name = layout.instrument.identity.respondent
    if name is None or name not in headings.fields:
        return len(rows)
    coded = _coded(
        layout.sheet.columns[headings.fields[name]], layout.instrument.field(name).pattern
    )
    required = [
        layout.sheet.columns[headings.fields[field.name]]
        for field in layout.instrument.row_fields
        if field.need is Need.REQUIRED and field.name in headings.fields
    ]
    for end in range(len(rows), 0, -1):
        row = rows[end - 1]
        answered = sum(bool(column.codes[row]) for column in required)
        if coded[row] or 2 * answered > len(required):
            return end
    return 0


def _coded(column: Column, pattern: str | None) -> NDArray[np.bool_]:
    if pattern is None:
        given: NDArray[np.bool_] = column.codes != 0
        return given
    form = re.compile(pattern)
    fits = [bool(form.fullmatch(text) or form.fullmatch(code_text(text))) for text in column.texts]
    coded: NDArray[np.bool_] = np.array(fits, dtype=bool)[column.codes]
    return coded
