"""A document for Word and LibreOffice, to be commented on and put into other papers.

Real headings, captions, lists and header rows, words for every picture, the language on every
letter. Figures' tables follow at the end, since a paper cannot fold them away.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from evaluation.release.report.blocks import (
    Answers,
    Block,
    Bullets,
    Document,
    Figure,
    KeyNumbers,
    Light,
    Note,
    Paragraph,
    Statement,
    Subheading,
    Table,
    Terms,
)
from evaluation.release.report.renderers import docx_parts as parts
from evaluation.release.report.renderers import docx_styles as styles
from evaluation.release.report.renderers.docx_links import link_citations
from evaluation.release.report.renderers.docx_table import WIDTH, table
from evaluation.release.report.renderers.notes import with_notes
from evaluation.release.report.renderers.pictures import dots

if TYPE_CHECKING:
    from docx.document import Document as Word

MARGIN = 2.2
SURE = ("supported", "suggestive")
FIGURES = "figures"


def render(document: Document) -> bytes:
    import docx

    word = docx.Document()
    styles.dress(word, document.language)
    _properties(word, document)
    _page(word, document)
    _front(word, document)
    for number, section in enumerate(document.sections):
        _heading(word, section.title, section.id, number)
        for block in with_notes(section.blocks):
            DRAW[type(block)](word, block)
        if number == 0:
            _contents(word, document)
    _figures(word, document)
    link_citations(word, document.citations)
    file = io.BytesIO()
    word.save(file)
    return parts.dateless(file.getvalue())


def _properties(word: Word, document: Document) -> None:
    """Nobody's name, and the data's moment in place of the clock's."""
    about = word.core_properties
    moment = document.facts.provenance.cut_off.replace(tzinfo=None)
    about.title, about.language = f"{document.kind}: {document.title}", document.language
    about.author = about.last_modified_by = about.comments = ""
    about.created = about.modified = moment
    about.revision = 1


def _page(word: Word, document: Document) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, RGBColor

    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(MARGIN)
    if document.page_mark:
        mark = page.header.paragraphs[0]
        mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = mark.add_run(document.page_mark)
        run.bold, run.font.color.rgb = True, RGBColor.from_string(styles.WARN)
    foot = page.footer.paragraphs[0]
    foot.style = word.styles["Report Note"]
    foot.add_run(f"{document.title} · {document.labels.page} ")
    parts.field(foot, "PAGE")
    foot.add_run(" / ")
    parts.field(foot, "NUMPAGES")


def _front(word: Word, document: Document) -> None:
    parts.line(word, "Report Kind", document.kind)
    parts.unlined(parts.line(word, "Title", document.title))
    parts.line(word, "Subtitle", document.subtitle)
    for words in document.banners:
        parts.line(word, "Report Banner", words)


def _heading(word: Word, title: str, id: str, number: int) -> None:
    parts.bookmark(parts.line(word, "Heading 1", title), id, number)


def _contents(word: Word, document: Document) -> None:
    """After the first section, which stands alone on its page."""
    entries = [(section.id, section.title) for section in document.sections]
    if any(_all_figures(document)):
        entries.append((FIGURES, document.labels.figures))
    title = parts.line(word, "TOC Heading", document.labels.contents)
    title.paragraph_format.page_break_before = True
    parts.contents([parts.line(word, "Report Contents") for _ in entries], entries)


def _figures(word: Word, document: Document) -> None:
    figures = tuple(_all_figures(document))
    if figures:
        _heading(word, document.labels.figures, FIGURES, len(document.sections))
    for figure in figures:
        table(word, figure.table)


def _all_figures(document: Document) -> Iterable[Figure]:
    blocks = (block for section in document.sections for block in section.blocks)
    return (block for block in blocks if isinstance(block, Figure))


def _paragraph(word: Word, block: Paragraph) -> None:
    parts.line(word, "Report Lead" if block.lead else "Normal", block.text)


def _subheading(word: Word, block: Subheading) -> None:
    parts.line(word, "Heading 2", block.text)


def _list(word: Word, block: Bullets) -> None:
    _bullets(word, block.items)


def _note(word: Word, block: Note) -> None:
    parts.line(word, "Report Note", block.text)


def _statement(word: Word, block: Statement) -> None:
    line = parts.line(word, "Report Statement")
    line.add_run(f"{block.id}  ").bold = True
    line.add_run(block.text)


def _light(word: Word, block: Light) -> None:
    parts.line(word, "Heading 2", f"{block.title}: {block.word}")
    _bullets(word, block.reasons)


def _bullets(word: Word, items: Iterable[str]) -> None:
    for item in items:
        parts.line(word, "List Bullet", item)


def _numbers(word: Word, block: KeyNumbers) -> None:
    from docx.shared import Pt, RGBColor

    for item in block.items:
        line = parts.line(word, "Report Number")
        value = line.add_run(f"{item.value}  ")
        value.font.size, value.font.color.rgb = Pt(18), RGBColor.from_string(styles.ACCENT)
        line.add_run(item.label).bold = True
        details = line.add_run("".join(f" · {detail}" for detail in item.details))
        details.font.size, details.font.color.rgb = Pt(9), RGBColor.from_string(styles.MUTED)


def _answers(word: Word, block: Answers) -> None:
    for answer in block.items:
        parts.line(word, "Heading 2", answer.title)
        look = f"Report Answer {'sure' if answer.level in SURE else 'unsure'}"
        parts.line(word, look, answer.text).paragraph_format.keep_with_next = True
        parts.line(word, look).add_run(answer.word).bold = True


def _terms(word: Word, block: Terms) -> None:
    from docx.shared import Pt

    for item in block.items:
        parts.line(word, "Report Term", item.name)
        run = parts.line(word, "Report Term Text").add_run(item.text)
        if item.code:
            run.font.name, run.font.size = styles.CODE_FONT, Pt(8)


def _figure(word: Word, block: Figure) -> None:
    from docx.shared import Cm

    parts.line(word, "Caption", block.caption)
    picture = word.add_picture(io.BytesIO(dots(block.svg)), width=Cm(WIDTH))
    parts.alternative(picture, block.alternative)
    for words in block.notes:
        parts.line(word, "Report Note", words)


DRAW: dict[type[Block], Callable[[Word, Any], None]] = {
    Paragraph: _paragraph,
    Subheading: _subheading,
    Bullets: _list,
    Note: _note,
    Statement: _statement,
    KeyNumbers: _numbers,
    Answers: _answers,
    Light: _light,
    Terms: _terms,
    Table: table,
    Figure: _figure,
}
