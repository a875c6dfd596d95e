"""The report on paper, read back by a reader of our own."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from evaluation.language import Language
from evaluation.release import build_report
from evaluation.release.report.blocks import Document, Figure, Paragraph, Table
from evaluation.release.report.document import build_document
from evaluation.release.report.renderers import pdf
from tests.evaluation.release import given
from tests.evaluation.release.report.pdf_reading import Pdf, text_of

CODES = ("en", "ru", "kk")


def made(code: str = "en") -> Document:
    return build_document(given.released(), Language(code), given.study())


@pytest.fixture(scope="module", params=CODES)
def document(request: pytest.FixtureRequest) -> Document:
    return made(str(request.param))


@pytest.fixture(scope="module")
def file(document: Document) -> bytes:
    return pdf.render(document)


@pytest.fixture(scope="module")
def read(file: bytes) -> Pdf:
    return Pdf(file)


def all_of(document: Document, kind: type) -> list[object]:
    return [b for section in document.sections for b in section.blocks if isinstance(b, kind)]


def test_it_says_what_it_is(read: Pdf, document: Document) -> None:
    assert read.catalog["Lang"] == document.language.encode()
    assert read.catalog["ViewerPreferences"]["DisplayDocTitle"] == "true"
    assert f"{document.kind}: {document.title}" in read.about
    assert re.search(r"pdfuaid:part[^0-9]*1\b", read.about)


def test_its_date_is_the_datas_and_not_the_clocks(read: Pdf) -> None:
    moment = given.run().as_of
    dates = set(re.findall(r"\d{4}-\d\d-\d\dT\d\d:\d\d", read.about))
    assert dates == {moment.strftime("%Y-%m-%dT%H:%M")}


def test_every_section_has_its_bookmark(read: Pdf, document: Document) -> None:
    titles = [section.title for section in document.sections]
    assert read.bookmarks == [*titles, document.labels.figures]


def test_headings_tables_and_pictures_are_tagged_as_such(read: Pdf, document: Document) -> None:
    assert read.catalog["MarkInfo"]["Marked"] == "true"
    tags = [tag for tag, _ in read.tags]
    tables, figures = len(all_of(document, Table)), len(all_of(document, Figure))
    assert tags.count("Table") == tables + figures
    assert tags.count("THead") == tags.count("Table")
    assert tags.count("Figure") == figures
    assert tags.count("H1") == len(document.sections) + 2  # the contents, the figures' numbers
    assert tags.count("TOCI") == len(document.sections) + 1
    assert {"L", "LI", "Caption", "TH", "TD"} <= set(tags)


def test_every_picture_has_its_words(read: Pdf, document: Document) -> None:
    words = [text_of(made["Alt"]) for tag, made in read.tags if tag == "Figure"]
    assert words == [figure.alternative for figure in all_of(document, Figure)]  # type: ignore[attr-defined]


def test_the_mark_of_example_data_is_on_every_page(read: Pdf, document: Document) -> None:
    mark = document.page_mark.replace(" ", "")
    pages = range(len(read.pages))
    assert len(pages) > 3
    assert all(mark in read.shown(n, everything=True).replace(" ", "") for n in pages)


def test_real_data_carry_no_mark() -> None:
    plain = replace(made(), page_mark="", banners=())
    assert "EXAMPLE" not in Pdf(pdf.render(plain)).shown(0, everything=True)
    assert "EXAMPLE" in Pdf(pdf.render(made())).shown(0, everything=True)


def test_its_fonts_travel_with_it(read: Pdf) -> None:
    fonts = [o for o in read.objects.values() if isinstance(o, dict) and "FontName" in o]
    assert len(fonts) >= 3
    assert all({"FontFile2", "FontFile3"} & set(font) for font in fonts)


def test_text_is_never_an_instruction() -> None:
    nasty = '#panic("no") *bold* $x^2$ \\ @cite <label> "quoted" // gone? /* gone? */'
    document = made()
    section = replace(document.sections[0], blocks=(Paragraph(nasty),))
    read = Pdf(pdf.render(replace(document, title=nasty, sections=(section,))))
    assert read.text().replace(" ", "").count(nasty.replace(" ", "")) == 2


def test_a_report_without_figures_needs_no_numbers_behind_them() -> None:
    document = made()
    section = replace(document.sections[0], blocks=(Paragraph("Few words."),))
    read = Pdf(pdf.render(replace(document, sections=(section,))))
    assert read.bookmarks == [section.title]


# Three years that a programme may have: it shows, it does not, it cannot be told.
YEARS = {
    "clear": given.comparison(),
    "unclear": given.comparison(given.unclear("reading"), given.unclear("telling")),
    "not estimable": given.comparison(given.unanswered("reading"), given.unanswered("telling")),
}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("year", YEARS)
def test_the_page_at_a_glance_is_one_page(code: str, year: str) -> None:
    released, study = given.released(YEARS[year]), given.study()
    read = Pdf(build_report(released, study, Language(code), form="page"))
    assert len(read.pages) == 1
    first = build_document(released, Language(code), study).sections[0]
    assert read.bookmarks == [first.title]
    shown = read.text().replace(" ", "").replace("\xa0", "")
    answers = next(b for b in first.blocks if type(b).__name__ == "Answers")
    for answer in answers.items:  # type: ignore[union-attr]
        assert re.sub(r"\s", "", answer.text) in re.sub(r"\s", "", shown)
