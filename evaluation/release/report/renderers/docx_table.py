"""A table of the report as a table of Word: its head repeated, rows whole, numbers on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaluation.release.report.blocks import Align, Table
from evaluation.release.report.renderers import docx_parts as parts
from evaluation.release.report.renderers import docx_styles as styles
from evaluation.release.report.renderers.widths import shares

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.table import _Cell, _Row

WIDTH = 16.6  # centimetres: A4 without its margins


def table(word: Word, block: Table) -> None:
    from docx.shared import Cm

    parts.line(word, "Caption", block.caption)
    widths = [Cm(WIDTH * share) for share in shares(block)]
    made = word.add_table(rows=0, cols=len(widths))
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    parts.titled(made, block.caption)
    head = made.add_row()
    parts.repeated(head)
    _fill(head, block, [column.title for column in block.columns], head=True)
    for group in block.groups:
        if group.title:
            _group(made.add_row(), group.title)
        for line in group.rows:
            _fill(made.add_row(), block, [line.head, *line.cells])
    for words in block.notes:
        parts.line(word, "Report Note", words)


def _group(row: _Row, title: str) -> None:
    cell = row.cells[0].merge(row.cells[-1])
    _write(cell, title, bold=True, number=False)
    parts.underline(cell, styles.RULE, 4)


def _fill(row: _Row, block: Table, texts: list[str], *, head: bool = False) -> None:
    parts.whole(row)
    colour, thick = (styles.INK, 8) if head else (styles.RULE, 4)
    for cell, text, column in zip(row.cells, texts, block.columns, strict=True):
        _write(cell, text, bold=head, number=column.align is Align.NUMBER)
        parts.underline(cell, colour, thick)


def _write(cell: _Cell, text: str, *, bold: bool, number: bool) -> None:
    line = cell.paragraphs[0]
    line._p.get_or_add_pPr().style = "ReportCellNumber" if number else "ReportCell"
    line.add_run(text).bold = bold
    line.paragraph_format.keep_with_next = bold or None  # a heading never ends a page
