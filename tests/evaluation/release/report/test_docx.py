"""The report for Word, read back by python-docx and, where there is one, by LibreOffice."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import docx as python_docx
import pytest
from docx.document import Document as Word

from evaluation.language import Language
from evaluation.release.report.blocks import Document, Figure, Paragraph, Section, Table
from evaluation.release.report.document import build_document
from evaluation.release.report.renderers import docx
from tests.evaluation.release import given

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LOCALES = {"en": "en-GB", "ru": "ru-RU", "kk": "kk-KZ"}


def made(code: str = "en") -> Document:
    return build_document(given.released(), Language(code), given.study())


@pytest.fixture(scope="module", params=LOCALES)
def document(request: pytest.FixtureRequest) -> Document:
    return made(str(request.param))


@pytest.fixture(scope="module")
def file(document: Document) -> bytes:
    return docx.render(document)


@pytest.fixture(scope="module")
def word(file: bytes) -> Word:
    return python_docx.Document(io.BytesIO(file))


def texts(word: Word, style: str) -> list[str]:
    return [p.text for p in word.paragraphs if p.style is not None and p.style.name == style]


def blocks(document: Document, kind: type[Table] | type[Figure]) -> list[Table | Figure]:
    return [b for section in document.sections for b in section.blocks if isinstance(b, kind)]


def test_every_style_that_is_named_is_there(word: Word) -> None:
    known = {style.style_id for style in word.styles}
    used = {p.get(f"{W}val") for p in word.element.body.iter(f"{W}pStyle")}
    assert used <= known
    assert "Normal" not in used or used - {"Normal"}


def test_headings_are_headings_and_captions_captions(word: Word, document: Document) -> None:
    titles = [section.title for section in document.sections]
    assert texts(word, "Title") == [document.title]
    assert texts(word, "Heading 1") == [*titles, document.labels.figures]
    captions = [block.caption for block in (*blocks(document, Table), *blocks(document, Figure))]
    behind = [figure.table.caption for figure in blocks(document, Figure)]  # type: ignore[union-attr]
    assert sorted(texts(word, "Caption")) == sorted([*captions, *behind])


def test_tables_have_header_rows_that_are_repeated(word: Word, document: Document) -> None:
    expected = len(blocks(document, Table)) + len(blocks(document, Figure))
    assert len(word.tables) == expected
    for table in word.tables:
        heads = [
            row._tr.trPr is not None and row._tr.trPr.find(f"{W}tblHeader") is not None
            for row in table.rows
        ]
        assert heads == [True] + [False] * (len(heads) - 1)
        assert table._tbl.tblPr.find(f"{W}tblCaption") is not None


def test_numbers_stand_on_the_right(word: Word) -> None:
    styles = {
        cell.paragraphs[0].style.name  # type: ignore[union-attr]
        for table in word.tables
        for row in table.rows
        for cell in row.cells
        if re.fullmatch(r"[+−]?\d+[.,]\d+", cell.text)
    }
    assert styles == {"Report Cell Number"}


def test_every_picture_has_its_words(word: Word, document: Document) -> None:
    words = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert words == [figure.alternative for figure in blocks(document, Figure)]  # type: ignore[union-attr]


def test_the_table_of_contents_is_whole_and_leads_somewhere(word: Word, document: Document) -> None:
    titles = [section.title for section in document.sections]
    assert texts(word, "Report Contents") == [*titles, document.labels.figures]
    entries = [p for p in word.paragraphs if p.style and p.style.name == "Report Contents"]
    anchors = [link.fragment for entry in entries for link in entry.hyperlinks]
    marks = [mark.get(f"{W}name") for mark in word.element.body.iter(f"{W}bookmarkStart")]
    assert len(anchors) == len(titles) + 1
    assert set(anchors) <= set(marks) and len(marks) == len(set(marks))
    assert any("TOC" in (code.text or "") for code in word.element.body.iter(f"{W}instrText"))


def test_its_language_is_on_every_letter(word: Word, document: Document) -> None:
    said = {lang.get(f"{W}val") for lang in word.styles.element.iter(f"{W}lang")}
    assert said == {LOCALES[document.language]}
    assert word.core_properties.language == document.language


def test_it_names_nobody_and_its_date_is_the_datas(word: Word, document: Document) -> None:
    about = word.core_properties
    assert about.title == f"{document.kind}: {document.title}"
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")
    assert about.created == about.modified
    assert about.created is not None
    assert about.created.replace(tzinfo=None) == given.run().as_of.replace(tzinfo=None)


def test_no_part_of_the_file_tells_when_it_was_packed(file: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert parts.testzip() is None


def test_the_mark_of_example_data_is_in_the_running_head(word: Word, document: Document) -> None:
    assert word.sections[0].header.paragraphs[0].text == document.page_mark
    plain = python_docx.Document(io.BytesIO(docx.render(replace(document, page_mark=""))))
    assert plain.sections[0].header.paragraphs[0].text == ""


def test_the_foot_counts_pages(word: Word, document: Document) -> None:
    foot = word.sections[0].footer.paragraphs[0]
    codes = [code.text.strip() for code in foot._p.iter(f"{W}instrText")]
    assert codes == ["PAGE", "NUMPAGES"]
    assert document.title in foot.text


def test_a_report_without_figures_needs_no_numbers_behind_them() -> None:
    document = made()
    section = Section("one", "One", (Paragraph("Few words."),))
    word = python_docx.Document(io.BytesIO(docx.render(replace(document, sections=(section,)))))
    assert texts(word, "Heading 1") == texts(word, "Report Contents") == ["One"]


def test_a_language_without_a_country_is_said_as_it_is() -> None:
    file = docx.render(replace(made(), language="uz"))
    styles = python_docx.Document(io.BytesIO(file)).styles.element
    assert {lang.get(f"{W}val") for lang in styles.iter(f"{W}lang")} == {"uz"}


def converted(file: Path, folder: Path) -> str | None:
    """What LibreOffice makes of it as HTML; None where there is none that knows Word's files."""
    office = shutil.which("soffice")
    if office is None:
        return None
    subprocess.run(
        [
            office,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "html:HTML (StarWriter)",
            "--outdir",
            str(folder),
            str(file),
        ],
        capture_output=True,
        timeout=120,
        check=False,
    )
    made = folder / f"{file.stem}.html"
    return made.read_text("utf-8") if made.exists() else None


def test_libreoffice_opens_it_with_the_same_tables_and_figures(tmp_path: Path) -> None:
    document = made("kk")
    plain = tmp_path / "plain.docx"
    python_docx.Document().save(str(plain))
    if converted(plain, tmp_path) is None:
        pytest.skip("no LibreOffice Writer on this machine")
    file = tmp_path / "report.docx"
    file.write_bytes(docx.render(document))
    html = converted(file, tmp_path)
    assert html is not None
    tables, figures = len(blocks(document, Table)), len(blocks(document, Figure))
    assert html.count("<table") == tables + figures
    assert html.count("<img") == figures
