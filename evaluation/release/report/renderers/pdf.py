"""A document as PDF/UA-1: tagged, titled, with its language, bookmarks and words for pictures.

The words go to typst as data, never as markup, so that no text can become an instruction. The
standard is strict: typst refuses to write a file whose picture has no words.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

from evaluation.release.report.blocks import Block, Document, Figure, Section, Table
from evaluation.release.report.renderers.notes import with_notes
from evaluation.release.report.renderers.pictures import fixed, fonts
from evaluation.release.report.renderers.widths import shares

TEMPLATE = Path(__file__).parent / "templates" / "report.typ"


def render(document: Document) -> bytes:
    return _pdf(document, contents=True)


def render_page(document: Document) -> bytes:
    """The first section alone, to be handed on as one sheet of paper."""
    first = replace(document, sections=document.sections[:1])
    return _pdf(first, contents=False)


def _pdf(document: Document, *, contents: bool) -> bytes:
    import typst

    return typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        font_paths=fonts(),
        sys_inputs={"document": json.dumps(_data(document, contents=contents))},
        pdf_standards="ua-1",
        # The data's own moment, not the clock's: the same facts are the same bytes for ever.
        timestamp=int(document.facts.provenance.cut_off.timestamp()),
    )


def _data(document: Document, *, contents: bool) -> dict[str, object]:
    """What the template reads; `contents`: whether a table of contents and the figures' tables
    follow."""
    return {
        "language": document.language,
        "kind": document.kind,
        "title": document.title,
        "subtitle": document.subtitle,
        "banners": document.banners,
        "mark": document.page_mark,
        "labels": asdict(document.labels),
        "contents": contents,
        "citations": dict(document.citations),
        "sections": [_section(section) for section in document.sections],
        "figures": [
            _block(block.table)
            for section in document.sections
            for block in section.blocks
            if isinstance(block, Figure)
        ],
    }


def _section(section: Section) -> dict[str, object]:
    blocks = [_block(block) for block in with_notes(section.blocks)]
    return {"id": section.id, "title": section.title, "blocks": blocks}


def _block(block: Block) -> dict[str, object]:
    if isinstance(block, Figure):
        block = replace(block, svg=fixed(block.svg))
    data = {"kind": type(block).__name__, **asdict(block)}
    return data | {"widths": shares(block)} if isinstance(block, Table) else data
