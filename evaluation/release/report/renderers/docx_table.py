"""A table of the report as a table of Word: its head repeated, rows whole, numbers on the right.

Rows are written as the standard's own text (Office Open XML, ECMA-376, part 1, §17.4) and read
once a table: building every cell by python-docx cost three times as much as all the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from evaluation.release.report.blocks import Align, Table
from evaluation.release.report.renderers import docx_links as links
from evaluation.release.report.renderers import docx_parts as parts
from evaluation.release.report.renderers import docx_styles as styles
from evaluation.release.report.renderers.widths import shares, turns

if TYPE_CHECKING:
    from docx.document import Document as Word

WIDTH = 16.6  # centimetres: A4 without its margins
MARGIN = 80  # twentieths of a point: less than Word's own, which would break words in two
INDENT = 120  # of words behind a number
SHORT = 14  # rows that are kept on one page, with the notes
SECTIONS = 1000  # bookmarks of sections count from 0, those of tables from here
BREAK = '</w:t><w:br/><w:t xml:space="preserve">'


def table(word: Word, block: Table) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Cm

    links.target(parts.line(word, "Caption", block.caption), block.id, len(word.tables) + SECTIONS)
    widths = [Cm(WIDTH * share) for share in shares(block)]
    made = word.add_table(rows=0, cols=len(widths))
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    parts.titled(made, block.caption)
    parts.margins(made, left=0, right=MARGIN)
    rows = _rows(block, [round(width.twips) for width in widths])
    for row in parse_xml(f"<w:tbl {nsdecls('w')}>{rows}</w:tbl>"):
        made._tbl.append(row)
    for words in block.notes:
        parts.line(word, "Report Note", words)


def _rows(block: Table, widths: list[int]) -> str:
    """`widths` in twentieths of a point."""
    whole = sum(len(group.rows) + bool(group.title) for group in block.groups) <= SHORT
    titles = [column.title for column in block.columns]
    rows = [_row(block, titles, widths, head=True, keep=True)]
    for group in block.groups:
        if group.title:
            rows.append(_group(group.title, widths))
        for line in group.rows:
            last = group is block.groups[-1] and line is group.rows[-1]
            keep = whole and (not last or bool(block.notes))
            rows.append(_row(block, [line.head, *line.cells], widths, head=False, keep=keep))
    return "".join(rows)


def _row(block: Table, texts: list[str], widths: list[int], *, head: bool, keep: bool) -> str:
    colour, thick = (styles.INK, 8) if head else (styles.RULE, 4)
    looks = [
        Look(
            "ReportCellNumber" if column.align is Align.NUMBER else "ReportCell",
            head,
            keep,
            f'w:val="single" w:sz="{thick}" w:space="0" w:color="{colour}"',
            INDENT if turns(block, place) else 0,
        )
        for place, column in enumerate(block.columns)
    ]
    cells = "".join(map(_cell, texts, widths, looks))
    # Repeated on every page that the table reaches; no row is broken over two.
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"


def _group(title: str, widths: list[int]) -> str:
    edge = f'w:val="single" w:sz="4" w:space="0" w:color="{styles.RULE}"'
    look = Look("ReportCell", bold=True, keep=True, edge=edge, columns=len(widths))
    return f"<w:tr>{_cell(title, sum(widths), look)}</w:tr>"


@dataclass(frozen=True, slots=True)
class Look:
    """`keep`: on the page of the next row; `edge`: the line below; `indent` in twentieths of a
    point."""

    style: str
    bold: bool
    keep: bool
    edge: str
    indent: int = 0
    columns: int = 1


def _cell(text: str, width: int, look: Look) -> str:
    keep = "<w:keepNext/>" if look.keep else ""
    indent = f'<w:ind w:left="{look.indent}"/>' if look.indent else ""
    weight = "<w:rPr><w:b/></w:rPr>" if look.bold else ""
    span = f'<w:gridSpan w:val="{look.columns}"/>' if look.columns > 1 else ""
    words = BREAK.join(map(escape, text.split("\n")))
    return (
        f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/>{span}<w:tcBorders>'
        f"<w:bottom {look.edge}/></w:tcBorders></w:tcPr>"
        f'<w:p><w:pPr><w:pStyle w:val="{look.style}"/>{keep}{indent}</w:pPr>'
        f'<w:r>{weight}<w:t xml:space="preserve">{words}</w:t></w:r></w:p></w:tc>'
    )
