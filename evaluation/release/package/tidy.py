"""One row a cell: every released number in no language, and every table as it is printed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from evaluation.release.report.blocks import Document, Figure, Row, Table

CELLS, TABLES = "cells.csv", "tables.csv"
CELL_COLUMNS = ("table", "row", "column", "value", "bound", "mark", "unit")
TABLE_COLUMNS = ("language", "table", "caption", "group", "row", "column", "text", "mark")

ALL = "all"
"""Where a number is of a whole table and not of a row."""

MARK = re.compile(r"\[([a-z]+)\]")
POINTS = frozenset(
    {
        *("value", "low", "high", "smallest_effect", "bootstrap_low", "bootstrap_high"),
        *("baseline_pilot", "baseline_comparison", "endline_pilot", "endline_comparison"),
    }
)
PROBABILITIES = frozenset(
    {
        *("p_value", "p_adjusted", "smallest_p", "bootstrap_p", "permutation_p"),
        *("p_max_t", "q_sharpened"),
    }
)
SPREADS = frozenset({"standardised", "baseline_gap"})
COUNTED = {"flow": "children", "quality": "rows", "finding": "findings"}
"""What the cells of a table count, unless they are shares."""

Line = tuple[str, ...]


def cells_csv(ledger: Iterable[tuple[str, str]]) -> bytes:
    """`ledger`: key → text, as `ReleasedFacts.ledger()` has them."""
    return written(CELL_COLUMNS, (_cell(key, text) for key, text in ledger))


def tables_csv(documents: Sequence[Document]) -> bytes:
    return written(TABLE_COLUMNS, (line for each in documents for line in _document(each)))


def written(columns: Line, lines: Iterable[Line]) -> bytes:
    """As RFC 4180 has it: UTF-8, commas, CRLF."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows((columns, *lines))
    return text.getvalue().encode()


def _cell(key: str, text: str) -> Line:
    """`flow/pilot/both` → table flow, row pilot, column both; `outcome/civ/value` likewise."""
    table, *middle, column = key.split("/")
    row = "/".join(middle) or ALL
    if mark := MARK.fullmatch(text):
        return (table, row, column, "", "", mark[1], _unit(table, column, text))
    bound, number = ("<", text[1:]) if text.startswith("<") else ("", text)
    # 95% is written as a share, so that a column of numbers holds numbers.
    value = f"{int(number[:-1]) / 100:.2f}" if number.endswith("%") else number
    return (table, row, column, value, bound, "", _unit(table, column, text))


def _unit(table: str, column: str, text: str) -> str:
    if text.endswith("%"):
        return "share"
    if table == "outcome":
        named = ((POINTS, "points"), (PROBABILITIES, "probability"), (SPREADS, "SD"))
        return next((unit for columns, unit in named if column in columns), "")
    return COUNTED.get(table, "")


def _document(document: Document) -> Iterator[Line]:
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Figure):
                yield from _table(document.language, block.table)
            if isinstance(block, Table):
                yield from _table(document.language, block)


def _table(language: str, table: Table) -> Iterator[Line]:
    for group in table.groups:
        for row in group.rows:
            for column, text in _row(table, row):
                mark = MARK.fullmatch(text)
                known = (language, table.id, table.caption, group.title, row.head, column, text)
                yield (*map(plain, known), mark[1] if mark else "")


def _row(table: Table, row: Row) -> Iterator[tuple[str, str]]:
    titles = (column.title for column in table.columns[1:])
    return zip(titles, row.cells, strict=True)


def plain(text: str) -> str:
    """What a spreadsheet would take for a formula is kept from being one; the words stay."""
    return f"'{text}" if text[:1] in ("=", "@", "\t", "\r") else text
