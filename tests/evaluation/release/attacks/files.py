"""What stands in released files, read by somebody who has nothing else: HTML, PDF, DOCX, CSV.

Every table, and what is said in words and beside pictures. Each format is read from its own bytes,
so that what one of them lets slip is found although the others keep it.
"""

from __future__ import annotations

import csv
import html
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser

import docx

from evaluation.language import Language
from tests.evaluation.release.attacks.pdf_tables import spoken, tables_of
from tests.evaluation.release.disclosure.attacker import COLUMNS, ROWS, Shown
from tests.evaluation.release.report.pdf_reading import Pdf, text_of

SAY = Language("en")
STEPS = ("eligible", "approached", "baseline", "endline", "both", "analysed")
LONE = ("moved", "unassigned")
COUNT = r"(\[\w+\]|\d[\d,]*)"
NOW = re.compile(
    re.escape(SAY("report.column.now", day=date.min)).replace(re.escape(SAY.day(date.min)), ".+")
)
"""The head of the column of today, in a table that lays two reports side by side."""

Sheet = list[list[str]]
"""A table as rows of texts; a row that only names a group of rows has one cell."""


@dataclass(frozen=True, slots=True)
class Read:
    """`text`: everything, tables and descriptions of pictures included, with single blanks."""

    sheets: tuple[Sheet, ...]
    text: str


class Tables(HTMLParser):
    """Every table of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sheets: list[Sheet] = []
        self._text: list[str] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.sheets.append([])
        if tag == "tr":
            self.sheets[-1].append([])
        if tag in ("td", "th"):
            self._text = []

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._text is not None:
            self.sheets[-1][-1].append(bare("".join(self._text)))
            self._text = None

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)


def bare(text: str) -> str:
    return " ".join(text.split())


def of_html(file: bytes) -> Read:
    page = file.decode()
    described = re.sub(r'<[^>]*aria-label="([^"]*)"[^>]*>', r" \1 ", page)
    words = re.sub(r"<style.*?</style>", " ", described, flags=re.DOTALL)
    return Read(tuple(Tables(page).sheets), bare(html.unescape(re.sub(r"<[^>]*>", " ", words))))


def of_pdf(file: bytes) -> Read:
    pdf = Pdf(file)
    sheets = tuple([[bare(cell) for cell in row] for row in table] for table in tables_of(pdf))
    described = [text_of(made["Alt"]) for _, made in pdf.tags if "Alt" in made]
    return Read(sheets, bare(" ".join([*spoken(pdf).values(), *described])))


def of_docx(file: bytes) -> Read:
    tables = docx.Document(io.BytesIO(file)).tables
    sheets = tuple(
        [[bare(cell.text) for cell in {c._tc: c for c in row.cells}.values()] for row in table.rows]
        for table in tables
    )
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        body = parts.read("word/document.xml").decode()
    described = re.sub(r'<[^>]*descr="([^"]*)"[^>]*>', r" \1 ", body)
    return Read(sheets, bare(html.unescape(re.sub(r"<[^>]*>", " ", described))))


def of_tables(file: bytes) -> Read:
    """tables.csv: every printed table, a line a cell."""
    made: dict[str, dict[tuple[str, str], dict[str, str]]] = {}
    for line in lines_of(file):
        if line["language"] == SAY.code:
            rows = made.setdefault(line["table"], {})
            rows.setdefault((line["group"], line["row"]), {})[line["column"]] = line["text"]
    sheets = []
    for rows in made.values():
        heads = list(dict.fromkeys(head for cells in rows.values() for head in cells))
        body = [[row, *(cells.get(h, "") for h in heads)] for (_, row), cells in rows.items()]
        sheets.append([[bare(cell) for cell in line] for line in (["", *heads], *body)])
    return Read(tuple(sheets), "")


def of_cells(file: bytes) -> Read:
    """cells.csv, in the words of the report: the flow, and what arrived."""
    said = {
        (line["table"], line["row"], line["column"]): f"[{line['mark']}]"
        if line["mark"]
        else line["value"]
        for line in lines_of(file)
    }
    flow = [["", *(bare(SAY(f"report.arm.{arm}")) for arm in COLUMNS)]]
    for step in STEPS:
        cells = [said["flow", arm, step] for arm in COLUMNS if ("flow", arm, step) in said]
        flow.append([bare(SAY(f"report.step.{step}")), *cells])
    rows = [[bare(SAY(f"report.quality.{name}")), said["quality", "all", name]] for name in ROWS]
    lone = [SAY(f"report.flow.{name}", count=said["flow", "all", name]) for name in LONE]
    return Read((flow, [["", ""], *rows]), bare(" ".join(lone)))


def lines_of(file: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.decode(), newline="")))


READERS = {
    "html": of_html,
    "pdf": of_pdf,
    "docx": of_docx,
    "page": of_pdf,
    "tables": of_tables,
    "cells": of_cells,
}


def shown_in(form: str, file: bytes) -> Shown:
    """Count → number, or None where a mark stands; whatever any table, sentence or picture says."""
    read = READERS[form](file)
    return together([*map(_of_sheet, read.sheets), _of_words(read.text)])


def then_in(form: str, file: bytes) -> Shown:
    """What a report says of the one before it, laid beside its own counts."""
    return together(_of_changes(sheet, then=True) for sheet in READERS[form](file).sheets)


def together(seen: Iterable[Shown]) -> Shown:
    """A number that is hidden in one place and shown in another is shown."""
    known: Shown = {}
    for shown in seen:
        for name, number in shown.items():
            if known.get(name) is None:
                known[name] = number
    return known


def means_in(form: str, file: bytes) -> Mapping[str, float | None]:
    """outcome/arm/time → mean; from whatever table has columns for an arm at a time."""
    columns = {
        bare(SAY(f"report.column.{arm}_{time}")): f"{arm}/{time}"
        for arm in ("pilot", "comparison")
        for time in ("start", "end")
    }
    return {
        f"{row[0]}/{columns[head]}": None if cell.startswith("[") else float(cell)
        for sheet in READERS[form](file).sheets
        for row in sheet[1:]
        if len(row) == len(sheet[0])
        for head, cell in zip(sheet[0], row, strict=True)
        if head in columns
    }


def _of_sheet(sheet: Sheet) -> Shown:
    steps = {bare(SAY(f"report.step.{step}")): step for step in STEPS}
    arms = {bare(SAY(f"report.arm.{arm}")): arm for arm in COLUMNS}
    lines = {bare(SAY(f"report.quality.{name}")): name for name in ROWS}
    shown = _of_changes(sheet)
    if shown:
        return shown
    for row in sheet[1:]:
        if row[0] in steps and len(row) == len(sheet[0]):
            for head, cell in zip(sheet[0][1:], row[1:], strict=True):
                if head in arms:
                    shown[f"{steps[row[0]]}/{arms[head]}"] = _number(cell)
        if row[0] in lines:
            shown[lines[row[0]]] = _number(row[1])
    return shown


def _of_changes(sheet: Sheet, *, then: bool = False) -> Shown:
    """The column of now, or of then, of a table that lays the counts of two reports side by side;
    nothing of any other table."""
    if not sheet or len(sheet[0]) != 3 or not NOW.fullmatch(sheet[0][2]):
        return {}
    names = {bare(SAY(f"report.step.{step}")): f"{step}/total" for step in STEPS}
    names |= {bare(SAY(f"report.quality.{name}")): name for name in ROWS}
    place = 1 if then else 2
    return {names[row[0]]: _number(row[place]) for row in sheet[1:] if row[0] in names}


def _of_words(text: str) -> Shown:
    """The numbers on page one, those of the picture's description, and two sentences."""
    pilot, comparison = (bare(SAY(f"report.arm.{arm}")) for arm in ("pilot", "comparison"))
    found: list[Shown] = []
    for step in STEPS:
        label = re.escape(bare(SAY(f"report.step.{step}")))
        arms = f"{pilot}: {COUNT} ?{comparison}: {COUNT}"
        for total, p, c in re.findall(rf"{COUNT} {label} {arms}", text) + re.findall(
            rf"{label} {COUNT} {arms}", text
        ):
            counts = (total, p, c)
            found.append(
                {
                    f"{step}/{column}": _number(counts[place])
                    for place, column in enumerate(("total", "pilot", "comparison"))
                }
            )
        drawn = re.search(
            rf"{pilot}: [^;]*{label}: {COUNT}[^;]*; {comparison}: [^;]*{label}: {COUNT}", text
        )
        if drawn:
            found.append(
                {f"{step}/{arm}": _number(drawn[n]) for n, arm in ((1, "pilot"), (2, "comparison"))}
            )
    for name in LONE:
        before = re.escape(bare(SAY(f"report.flow.{name}", count="@")).partition("@")[0].strip())
        found += [{name: _number(count)} for count in re.findall(rf"{before} {COUNT}", text)]
    return together(found)


def _number(text: str) -> int | None:
    return None if text.startswith("[") else int(text.replace(",", ""))
