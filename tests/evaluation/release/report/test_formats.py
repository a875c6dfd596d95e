"""The three formats say the same: every letter and every number, read back from the files."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

import docx
import pytest

from evaluation.language import Language
from evaluation.release import FORMS, build_report, build_reports
from evaluation.release.report.blocks import Document
from evaluation.release.report.document import build_document
from evaluation.release.report.renderers import RENDERERS
from tests.evaluation.release import given
from tests.evaluation.release.report.pdf_reading import Pdf

CODES = ("en", "ru", "kk")


class Texts(HTMLParser):
    """What a page says, piece by piece, without its frame: no table of contents, no skip link, no
    mark, no words inside pictures."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.pieces: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "br"):
            said = dict(attrs).get("class") or ""
            self.inside.append("aside" if said in ("skip", "page-mark") else tag)

    def handle_endtag(self, tag: str) -> None:
        self.inside.pop()

    def handle_data(self, data: str) -> None:
        aside = {"head", "nav", "svg", "aside", "summary"} & set(self.inside)
        if data.strip() and not aside:
            self.pieces.append(bare(data))


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def of_word(file: bytes) -> str:
    """Paragraphs and tables of the body, without the table of contents."""
    word = docx.Document(io.BytesIO(file))
    said = [p.text for p in word.paragraphs if p.style and p.style.name != "Report Contents"]
    rows = [row for table in word.tables for row in table.rows]
    for row in rows:
        said += {cell._tc: cell.text for cell in row.cells}.values()  # a merged cell once
    return "".join(said)


def made(code: str, **changes: object) -> Document:
    document = build_document(given.released(), Language(code), given.study())
    return replace(document, **changes)  # type: ignore[arg-type]


def letters(document: Document) -> tuple[list[str], dict[str, str]]:
    """The pieces of the page, and what each format says in all, without blanks."""
    page = Texts(RENDERERS["html"](document).decode())
    extras = [bare(document.labels.figures), bare(document.labels.contents)]
    files = {
        "pdf": bare(Pdf(RENDERERS["pdf"](document)).text()).replace("•", ""),
        "docx": bare(of_word(RENDERERS["docx"](document))).replace("·", ""),
    }
    for extra in extras:
        assert all(text.count(extra) == 1 for text in files.values())
        files = {name: text.replace(extra, "") for name, text in files.items()}
    return page.pieces, files


@pytest.mark.parametrize("code", CODES)
def test_the_three_formats_say_the_same_letters_and_the_same_numbers(code: str) -> None:
    pieces, files = letters(made(code))
    assert len(pieces) > 300
    for name, text in files.items():
        assert Counter(text) == Counter("".join(pieces).replace("·", "")), name
        assert [piece for piece in pieces if piece.replace("·", "") not in text] == [], name


def test_the_comparison_notices_one_altered_digit() -> None:
    document = made("en")
    pieces, _ = letters(document)
    place = next(n for n, section in enumerate(document.sections) if section.id == "participation")
    section = document.sections[place]
    _, flow, *others = section.blocks
    group = flow.groups[0]  # type: ignore[union-attr]
    first = replace(group.rows[1], cells=("236", *group.rows[1].cells[1:]))
    rows = (group.rows[0], first, *group.rows[2:])
    altered = replace(flow, groups=(replace(group, rows=rows),))  # type: ignore[type-var]
    changed = replace(section, blocks=(section.blocks[0], altered, *others))
    sections = (*document.sections[:place], changed, *document.sections[place + 1 :])
    _, files = letters(replace(document, sections=sections))
    for text in files.values():
        assert Counter(text) != Counter("".join(pieces).replace("·", ""))


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_the_same_bytes_every_time(form: str) -> None:
    once, again = (
        build_report(given.released(), given.study(), Language("kk"), form=form) for _ in "12"
    )
    assert once == again


def test_several_forms_are_those_that_were_asked_for() -> None:
    files = build_reports(given.released(), given.study(), Language("en"), forms=tuple(FORMS))
    assert [file[:4] for file in files] == [b"<!DO", b"%PDF", b"PK\x03\x04", b"%PDF"]
    assert set(FORMS) == set(RENDERERS)
