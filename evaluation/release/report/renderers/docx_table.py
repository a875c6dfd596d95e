"""A table of the report as a table of Word: its head repeated, rows whole, numbers on the right.

Rows are written as the standard's own text (Office Open XML, ECMA-376, part 1, §17.4) and read
once a table: building every cell by python-docx cost three times as much as all the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from evaluation.release.report.blocks import Align, Table
from evaluation.release.report.renderers import docx_parts as parts
from evaluation.release.report.renderers import docx_styles as styles
from evaluation.release.report.renderers.widths import shares

if TYPE_CHECKING:
    from docx.document import Document as Word

WIDTH = 16.6  # centimetres: A4 without its margins
BREAK = '</w:t><w:br/><w:t xml:space="preserve">'


def table(word: Word, block: Table) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Cm

    parts.line(word, "Caption", block.caption)
    widths = [Cm(WIDTH * share) for share in shares(block)]
    made = word.add_table(rows=0, cols=len(widths))
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    parts.titled(made, block.caption)
    rows = _rows(block, [round(width.twips) for width in widths])
    for row in parse_xml(f"<w:tbl {nsdecls('w')}>{rows}</w:tbl>"):
        made._tbl.append(row)
    for words in block.notes:
        parts.line(word, "Report Note", words)


def _rows(block: Table, widths: list[int]) -> str:
    """`widths` in twentieths of a point."""
    rows = [_row(block, [column.title for column in block.columns], widths, head=True)]
    for group in block.groups:
        if group.title:
            rows.append(_group(group.title, widths))
        rows += [_row(block, [line.head, *line.cells], widths) for line in group.rows]
    return "".join(rows)


def _row(block: Table, texts: list[str], widths: list[int], *, head: bool = False) -> str:
    colour, thick = (styles.INK, 8) if head else (styles.RULE, 4)
    cells = "".join(
        _cell(text, width, bold=head, number=column.align is Align.NUMBER, edge=(colour, thick))
        for text, width, column in zip(texts, widths, block.columns, strict=True)
    )
    # Repeated on every page that the table reaches; no row is broken over two.
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"


def _group(title: str, widths: list[int]) -> str:
    cell = _cell(
        title, sum(widths), bold=True, number=False, edge=(styles.RULE, 4), columns=len(widths)
    )
    return f"<w:tr>{cell}</w:tr>"


def _cell(
    text: str, width: int, *, bold: bool, number: bool, edge: tuple[str, int], columns: int = 1
) -> str:
    colour, thick = edge
    style = "ReportCellNumber" if number else "ReportCell"
    keep, weight = ("<w:keepNext/>", "<w:rPr><w:b/></w:rPr>") if bold else ("", "")
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    words = BREAK.join(map(escape, text.split("\n")))
    return (
        f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/>{span}<w:tcBorders>'
        f'<w:bottom w:val="single" w:sz="{thick}" w:space="0" w:color="{colour}"/>'
        f'</w:tcBorders></w:tcPr><w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr>'
        f'<w:r>{weight}<w:t xml:space="preserve">{words}</w:t></w:r></w:p></w:tc>'
    )
