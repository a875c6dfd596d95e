"""A number's citation leads to its table, in every format that can lead anywhere."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import docx
import pytest

from evaluation.language import Language, languages
from evaluation.release.report.blocks import Document, Table
from evaluation.release.report.document import build_document
from evaluation.release.report.renderers import RENDERERS
from evaluation.release.report.renderers.widths import shares
from tests.evaluation.release import given
from tests.evaluation.release.report.pdf_reading import Pdf
from tests.evaluation.release.report.test_widths import table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LINK = re.compile(r'<a class="cite" href="#([^"]+)">([^<]+)</a>')


def made(code: str = "en") -> Document:
    return build_document(given.released(), Language(code), given.study())


def captions(document: Document) -> dict[str, str]:
    """Table id → its caption, which begins as it is counted."""
    every = (block for section in document.sections for block in section.blocks)
    return {block.id: block.caption for block in every if isinstance(block, Table)}


@pytest.mark.parametrize("code", languages())
def test_on_the_page_every_citation_leads_to_the_table_of_its_number(code: str) -> None:
    document = made(code)
    page = RENDERERS["html"](document).decode()
    links = LINK.findall(page)
    assert len(links) > 5
    said = captions(document)
    for anchor, mark in links:
        assert page.count(f'<table id="{anchor}">') == 1
        (number,) = re.findall(r"\d+", mark)
        assert re.findall(r"\d+", said[anchor])[0] == number
    bare = LINK.sub("", page)
    assert not [mark for mark, _ in document.citations if mark in bare]


def test_in_word_they_lead_to_captions_and_the_words_stay_as_they_were() -> None:
    document = made()
    word = docx.Document(io.BytesIO(RENDERERS["docx"](document)))
    plain = docx.Document(io.BytesIO(RENDERERS["docx"](replace(document, citations=()))))
    assert [p.text for p in word.paragraphs] == [p.text for p in plain.paragraphs]
    marked = {
        mark.get(f"{W}name"): paragraph.text
        for paragraph in word.paragraphs
        for mark in paragraph._p.iter(f"{W}bookmarkStart")
    }
    cited = [link for paragraph in word.paragraphs for link in paragraph.hyperlinks]
    cited = [link for link in cited if link.text in dict(document.citations)]
    assert len(cited) == len(LINK.findall(RENDERERS["html"](document).decode()))
    said = captions(document)
    for link in cited:
        assert marked[link.fragment] == said[dict(document.citations)[link.text]]


def test_in_pdf_they_are_links_too_but_not_on_the_one_page_that_is_handed_on() -> None:
    document = made()

    def links(form: str, document: Document) -> int:
        return sum(name == "Link" for name, _ in Pdf(RENDERERS[form](document)).tags)

    count = len(LINK.findall(RENDERERS["html"](document).decode()))
    assert links("pdf", document) - links("pdf", replace(document, citations=())) == count
    assert links("page", document) == 0


def test_words_behind_a_number_get_more_room_than_words_behind_words() -> None:
    beside = table("what it says", "word")
    columns = (*beside.columns, replace(beside.columns[1], title="no", align="text"))
    rows = tuple(replace(row, cells=(*row.cells, "yes")) for row in beside.groups[0].rows)
    wide = replace(beside, columns=columns, groups=(replace(beside.groups[0], rows=rows),))
    words = replace(wide, columns=(columns[0], replace(columns[1], align="text"), columns[2]))
    assert shares(wide)[2] > shares(words)[2]
