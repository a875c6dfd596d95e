"""The looks of a Word document: real styles, so that who edits it changes a style, not a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evaluation.release.report.renderers.docx_parts import edge, language, shade, typeface

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.styles.style import ParagraphStyle

FONT = "Arial"
"""On every office computer, Kazakh letters included; LibreOffice has one of the same widths."""

CODE_FONT = "Courier New"

INK, MUTED, ACCENT, WARN, WASH = "1D2A35", "4A5660", "005F8F", "7A5200", "F1F4F6"
RULE = "C9D2DA"

LOCALES = {"en": "en-GB", "ru": "ru-RU", "kk": "kk-KZ"}


def dress(word: Word, code: str) -> None:
    """`code`: the language, or Word would underline every Kazakh word as a mistake."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    language(word, LOCALES.get(code, code))
    _change(word, "Normal", size=10, after=5, colour=INK)
    _change(word, "Title", size=24, after=4, colour=INK, bold=True)
    _change(word, "Subtitle", size=10, after=8, colour=MUTED)
    _change(word, "Heading 1", size=17, before=22, after=8, colour=INK, bold=True)
    _change(word, "Heading 2", size=12, before=12, after=4, colour=INK, bold=True)
    _change(word, "Caption", size=10, before=12, after=4, colour=INK, bold=True)
    _change(word, "List Bullet", size=10, after=3, colour=INK)
    _change(word, "TOC Heading", size=17, before=0, after=8, colour=INK, bold=True)
    _new(word, "Report Kind", size=10, after=2, colour=ACCENT, bold=True)
    _new(word, "Report Lead", size=11, after=8, colour=INK)
    _new(word, "Report Note", size=8.5, before=4, after=6, colour=MUTED)
    _new(word, "Report Cell", size=8.5, before=1.5, after=1.5, colour=INK)
    number = _new(word, "Report Cell Number", size=8.5, before=1.5, after=1.5, colour=INK)
    number.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _new(word, "Report Number", size=11, after=4, colour=INK)
    _new(word, "Report Term", size=10, before=4, after=0, colour=INK, bold=True, next=True)
    _new(word, "Report Term Text", size=10, after=4, colour=INK, indent=12)
    _new(word, "Report Contents", size=10, after=3, colour=INK)
    edge(_new(word, "Report Banner", size=9, after=4, colour="5C3D00", indent=6), "left", WARN)
    statement = _new(word, "Report Statement", size=10, before=3, after=3, colour=INK)
    edge(statement, "top", RULE)
    for level, line in (("sure", ACCENT), ("unsure", MUTED)):
        answer = _new(word, f"Report Answer {level}", size=10, after=0, colour=INK, indent=6)
        edge(answer, "left", line, thick=18)
        shade(answer, WASH)


def _change(
    word: Word,
    name: str,
    *,
    size: float,
    colour: str,
    before: float = 0,
    after: float = 0,
    bold: bool = False,
    indent: float = 0,
    next: bool = False,
) -> ParagraphStyle:
    """`next`: never alone at the foot of a page. Sizes and room in points."""
    from docx.shared import Pt, RGBColor

    style: ParagraphStyle = word.styles[name]
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(colour)
    typeface(style, FONT)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing = 1.12
    if indent:
        form.left_indent = Pt(indent)
    if next or name in ("Caption", "Heading 1", "Heading 2"):
        form.keep_with_next = True
    return style


def _new(word: Word, name: str, **looks: object) -> ParagraphStyle:
    from docx.enum.style import WD_STYLE_TYPE

    word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = word.styles["Normal"]
    return _change(word, name, **looks)  # type: ignore[arg-type]
