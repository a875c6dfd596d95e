"""CSV and its kin → one sheet. Nothing is dropped, nothing is taken for missing by its name.

Rows keep the numbers that a spreadsheet shows beside them: blank lines count, a `sep=` line does
not, a quoted line break does not start a row.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Mapping
from itertools import zip_longest

import numpy as np

from evaluation.errors import DeliveryError
from evaluation.intake.reading.encodings import decode
from evaluation.intake.reading.sheets import Column, Reading, Sheet, column_of

SEPARATORS = (";", ",", "\t")
SAMPLE = 20
"""Lines in which the separator is looked for: titles may stand above the headers."""
SPARE = 56
"""Columns beyond the limit that a row may have before it is counted wholly: they may be empty."""


def read(content: bytes, limits: Mapping[str, float], known_words: Callable[[str], int]) -> Reading:
    text = decode(content, known_words)
    text, separator = _separator(text)
    try:
        rows = _rows(text, separator, int(limits["rows"]), int(limits["columns"]))
    except csv.Error:
        raise DeliveryError("damaged_file") from None
    columns = tuple(_column(column) for column in zip_longest(*rows, fillvalue=""))
    return Reading((Sheet(None, "", len(rows), columns),))


def _rows(text: str, separator: str, most: int, widest: int) -> list[list[str]]:
    """Counted while they are read: ten million line breaks are ten million lists."""
    rows: list[list[str]] = []
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        if len(rows) == most + SAMPLE:
            raise DeliveryError("too_many_rows", limit=most)
        if len(row) > widest + SPARE:
            row = row[: _width(row)]
            if len(row) > widest + SPARE:
                raise DeliveryError("too_many_columns", limit=widest)
        rows.append(row)
    return rows


def _width(row: list[str]) -> int:
    """Without the empty cells at its end, of which spreadsheets write any number."""
    return next((place for place in range(len(row), 0, -1) if row[place - 1]), 0)


def _column(cells: tuple[str, ...]) -> Column:
    index: dict[str, int] = {"": 0}
    codes = np.array([index.setdefault(cell, len(index)) for cell in cells], dtype=np.int32)
    return column_of(tuple(index), codes)


def _separator(text: str) -> tuple[str, str]:
    """The separator, and the text without the line that Excel reads it from."""
    first, _, rest = text.partition("\n")
    said = first.strip().strip('"')
    if said.lower().startswith("sep=") and len(said) == 5:
        return rest, said[4]
    if first.lower().startswith("sep=\t"):
        return rest, "\t"
    return text, max(SEPARATORS, key=lambda mark: _regularity(text, mark))


def _regularity(text: str, separator: str) -> tuple[int, int]:
    """How many of the first lines have as many cells as most have, and how many cells those are.

    A table has the same number in every line; a title or a decimal comma has not.
    """
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        widths = Counter(len(row) for _, row in zip(range(SAMPLE), lines, strict=False))
    except csv.Error:
        return 0, 0
    return max(((n, width) for width, n in widths.items() if width > 1), default=(0, 0))
