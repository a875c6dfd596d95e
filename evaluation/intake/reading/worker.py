"""The child process that opens a workbook or JSON: content in, sheets out, nothing else.

It stands apart because a workbook of a kilobyte can make the parser ask for half a terabyte and
abort. Here that costs one short-lived process with a bounded memory. It starts in some 50 ms, so
it may import nothing heavy.

The answer is one line of JSON, then for every column the number of each row's text as 32 bits.
A column of a questionnaire has few distinct texts; sending each once is what makes this quick.
"""

from __future__ import annotations

import io
import json
import resource
from array import array
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, time
from typing import BinaryIO
from xml.etree import ElementTree

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from evaluation.errors import DeliveryError
from evaluation.intake.reading.marks import Marks, marks_by_sheet
from evaluation.intake.reading.nested import Submissions, read_submissions
from evaluation.intake.reading.package import check_package, dates_from_1904
from evaluation.intake.reading.package_parts import texts_outside_cells

Cell = str | float | int | bool | datetime | date | time | None
OUT_OF_MEMORY = 3
HEADROOM = 100
"""Rows of titles, headers and notes that a sheet may have beside its data."""


def main(
    stdin: BinaryIO,
    stdout: BinaryIO,
    *,
    memory: int,
    unpacked: int,
    rows: int,
    columns: int = 200,
    seconds: int = -1,
) -> None:
    """`memory` in bytes and `seconds` of computing bound the whole process; -1 leaves it free."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    try:
        content = stdin.read()
        if content.startswith(b"PK"):
            check_package(content, unpacked)
            heads, codes = _sheets(content, rows + HEADROOM)
            head = {
                "sheets": heads,
                "date_1904": dates_from_1904(content),
                "remarks": [],
                "parts": texts_outside_cells(content),
            }
        else:
            head, codes = _tables(read_submissions(content, rows=rows, columns=columns))
    except DeliveryError as refusal:
        stdout.write(json.dumps({"refused": refusal.rule, "values": refusal.values}).encode())
        return
    except MemoryError:
        raise SystemExit(OUT_OF_MEMORY) from None
    stdout.write(json.dumps(head).encode() + b"\n")
    stdout.writelines(codes)


def _sheets(content: bytes, rows: int) -> tuple[list[dict[str, object]], list[bytes]]:
    heads: list[dict[str, object]] = []
    codes: list[bytes] = []
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        marks = marks_by_sheet(content)
        for number, sheet in enumerate(workbook.sheets_metadata, start=1):
            if sheet.typ is not SheetTypeEnum.WorkSheet:
                continue
            opened = workbook.get_sheet_by_name(sheet.name)
            height, columns = _columns(opened, rows)
            seen = marks[number - 1] if number <= len(marks) else Marks()
            texts = []
            for column in joined_down(columns, seen):
                distinct, column_codes = factorise(column)
                texts.append(distinct)
                codes.append(column_codes.tobytes())
            visible = sheet.visible is SheetVisibleEnum.Visible
            heads.append(
                {
                    "number": number,
                    "name": sheet.name,
                    "visible": visible,
                    "rows": height,
                    "texts": texts,
                    "marks": asdict(seen),
                }
            )
    except (CalamineError, ElementTree.ParseError):
        raise DeliveryError("damaged_file") from None
    return heads, codes


def _tables(said: Submissions) -> tuple[dict[str, object], list[bytes]]:
    """Submissions in the same form as a workbook: a single table is a file without sheets."""
    heads: list[dict[str, object]] = []
    codes: list[bytes] = []
    for number, table in enumerate(said.tables, start=1):
        texts = []
        for distinct, column in table.columns():
            texts.append(distinct)
            codes.append(column.tobytes())
        place = number if len(said.tables) > 1 else None
        head = {"number": place, "name": table.name, "visible": True, "texts": texts}
        heads.append({**head, "rows": table.rows + 1})
    n = said.tables[0].rows
    remarks = [("part_of_export", {"n": n})] if said.is_part else []
    return {"sheets": heads, "date_1904": False, "remarks": remarks, "parts": []}, codes


def joined_down(columns: list[tuple[Cell, ...]], marks: Marks) -> list[Sequence[Cell]]:
    """Cells that are joined with the one above say what that one says. Only downwards: an answer
    that is drawn across several questions answers none of them."""
    filled: list[Sequence[Cell]] = list(columns)
    lists: dict[int, list[Cell]] = {}
    left = sum(map(len, columns))
    for first, last, column in marks.joined:
        if column < len(filled) and first < len(filled[column]):
            if column not in lists:
                filled[column] = lists[column] = list(columns[column])
            cells = lists[column]
            last = min(last, len(cells) - 1)
            left -= last - first
            if left < 0:
                raise DeliveryError("damaged_file")  # areas that lie over each other
            cells[first + 1 : last + 1] = [cells[first]] * (last - first)
    return filled


def _columns(sheet: CalamineSheet, rows: int) -> tuple[int, list[tuple[Cell, ...]]]:
    if sheet.total_height > rows:
        raise DeliveryError("too_many_rows", limit=rows - HEADROOM)
    # Without the empty area on top, row numbers would not be those that Excel shows.
    table = sheet.to_python(skip_empty_area=False)
    return len(table), list(zip(*table, strict=True))


def factorise(column: Sequence[Cell]) -> tuple[list[str], array[int]]:
    """The distinct texts, the first of them empty, and for each row which of them it has."""
    if bool in set(map(type, column)):
        # Python holds True and 1 for the same key.
        column = [text_of(cell) if isinstance(cell, bool) else cell for cell in column]
    index: dict[Cell, int] = {"": 0}
    codes = array("i", [index.setdefault(cell, len(index)) for cell in column])
    return [text_of(cell) for cell in index], codes


def text_of(cell: Cell) -> str:
    """As it would be typed: whole numbers without a point, dates as ISO, truth as TRUE or FALSE."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, (datetime, date, time)):
        return cell.isoformat()
    return "" if cell is None else str(cell)
