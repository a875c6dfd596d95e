"""What python-docx has no word for: fields, bookmarks, languages, repeated rows, alternatives.

Each function writes one element of Office Open XML (ECMA-376, part 1) in the place where the
standard wants it.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.shape import InlineShape
    from docx.styles.style import ParagraphStyle
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
"""What stands after the borders in a style's paragraph properties, where it is there."""

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip file can say."""


def element(tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{tag}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def language(word: Word, locale: str) -> None:
    defaults = word.styles.element.find(".//{*}rPrDefault/{*}rPr")
    for old in defaults.findall("{*}lang"):
        defaults.remove(old)
    defaults.append(element("lang", val=locale, eastAsia=locale, bidi="ar-SA"))


def typeface(style: ParagraphStyle, font: str) -> None:
    """For every script: headings of the template have their own font for each."""
    from docx.oxml.ns import qn

    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)


def edge(style: ParagraphStyle, side: str, colour: str, *, thick: int = 6) -> None:
    """A line on one side of every paragraph; `thick` in eighths of a point."""
    properties = style.element.get_or_add_pPr()
    borders = element("pBdr")
    borders.append(element(side, val="single", sz=str(thick), space="6", color=colour))
    properties.insert_element_before(borders, *AFTER_BORDERS)


def shade(style: ParagraphStyle, colour: str) -> None:
    borders = style.element.get_or_add_pPr().find("{*}pBdr")
    borders.addnext(element("shd", val="clear", color="auto", fill=colour))


def line(parent: Word | _Cell, style: str, text: str = "") -> Paragraph:
    """A paragraph; its style by id, the name without spaces: looking the name up costs more than
    all the rest."""
    made = parent.add_paragraph(text)
    made._p.get_or_add_pPr().style = style.replace(" ", "")
    return made


def unlined(paragraph: Paragraph) -> None:
    """The template's own line under the title."""
    borders = paragraph.style.element.pPr.find("{*}pBdr")  # type: ignore[union-attr]
    borders.getparent().remove(borders)


def field(paragraph: Paragraph, instruction: str, shown: str = "1") -> None:
    """Something that the word processor works out, such as the page's number."""
    _begin(paragraph, instruction)
    paragraph.add_run(shown)
    _end(paragraph)


def _begin(paragraph: Paragraph, instruction: str) -> None:
    run = paragraph.add_run()._r
    run.append(element("fldChar", fldCharType="begin"))
    text = element("instrText")
    text.text = f" {instruction} "
    run.append(text)
    run.append(element("fldChar", fldCharType="separate"))


def _end(paragraph: Paragraph) -> None:
    paragraph.add_run()._r.append(element("fldChar", fldCharType="end"))


def contents(paragraphs: list[Paragraph], entries: list[tuple[str, str]]) -> None:
    """A table of contents that is whole before anything has worked it out, each entry a link.

    `entries`: a bookmark and a title each. Without page numbers: which page it is, only the word
    processor knows.
    """
    _begin(paragraphs[0], r'TOC \o "1-1" \h \n \u')
    for paragraph, (anchor, title) in zip(paragraphs, entries, strict=True):
        link = element("hyperlink", anchor=anchor, history="1")
        run = paragraph.add_run(title)._r
        run.getparent().remove(run)
        link.append(run)
        paragraph._p.append(link)
    _end(paragraphs[-1])


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    start = element("bookmarkStart", id=str(number), name=name)
    paragraph.runs[0]._r.addprevious(start)
    paragraph._p.append(element("bookmarkEnd", id=str(number)))


def alternative(picture: InlineShape, words: str) -> None:
    picture._inline.docPr.set("descr", words)


def titled(table: Table, title: str) -> None:
    table._tbl.tblPr.append(element("tblCaption", val=title))


def margins(table: Table, *, left: int, right: int) -> None:
    """Of every cell, in twentieths of a point."""
    room = element("tblCellMar")
    for side, wide in (("left", left), ("right", right)):
        room.append(element(side, w=str(wide), type="dxa"))
    # Before these, as the standard has them in order (ECMA-376, part 1, 17.4.60).
    table._tbl.tblPr.insert_element_before(room, "w:tblLook", "w:tblCaption", "w:tblDescription")


def dateless(file: bytes) -> bytes:
    """The same file without the moment at which its parts were packed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, FIRST_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return packed.getvalue()
