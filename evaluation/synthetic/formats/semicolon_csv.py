"""A table that somebody saved from Excel on a Russian Windows: `;`, dd.mm.yyyy, decimal commas."""

from __future__ import annotations

import csv
from pathlib import Path

from evaluation.design import Field, FieldType
from evaluation.synthetic.rows import Column
from evaluation.synthetic.sending import Form, Sending
from evaluation.synthetic.wording import dotted, worded

LANGUAGE = "ru"


def write(path: Path, sending: Sending, form: Form, *, encoding: str) -> None:
    fields = form.instrument.row_fields
    columns = [_typed(sending.rows.columns[f.name], f) for f in fields]
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow([sending.header(f, LANGUAGE) for f in fields])
        writer.writerows(zip(*columns, strict=True))


def _typed(column: Column, field: Field) -> list[str]:
    """As Excel shows it: words for everything but the questions, whose boxes are numbered."""
    if field.type is FieldType.DATE:
        return dotted(column)
    if field.type is FieldType.INTEGER and field.minimum is not None and field.maximum is not None:
        # A measured number in a column that shows decimals.
        return [f"{text},0" if text.isdecimal() else text for text in column]
    return list(column) if field.item else worded(column, field, LANGUAGE)
