"""The Word file as another programme reads it: LibreOffice makes PDF and text of it, nothing lost."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from evaluation.language import Language, languages
from evaluation.release.report.blocks import Document, Figure, Table
from evaluation.release.report.document import build_document
from evaluation.release.report.renderers import RENDERERS
from tests.evaluation.release import given
from tests.evaluation.release.report.pdf_reading import Pdf
from tests.evaluation.release.report.test_formats import bare

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
ASKED = (Table, Figure)
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")


TAGGED = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
TEXT = "txt:Text (encoded):UTF8"


@dataclass(frozen=True, slots=True)
class Read:
    """A report, and what LibreOffice made of its Word file."""

    document: Document
    pdf: Pdf
    text: str


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Read]:
    """By language; started once for all of them."""
    folder = tmp_path_factory.mktemp("office")
    study = given.study()
    made = {c: build_document(given.released(), Language(c), study) for c in languages()}
    for code, document in made.items():
        (folder / f"{code}.docx").write_bytes(RENDERERS["docx"](document))
    for form in (TAGGED, TEXT):
        convert(folder, form)
    return {
        code: Read(
            document,
            Pdf((folder / f"{code}.pdf").read_bytes()),
            bare((folder / f"{code}.txt").read_text("utf-8-sig")),
        )
        for code, document in made.items()
    }


def convert(folder: Path, form: str) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = map(str, sorted(folder.glob("*.docx")))
    subprocess.run(
        [str(OFFICE), profile, "--headless", "--convert-to", form, "--outdir", str(folder), *files],
        check=True,
        capture_output=True,
        timeout=240,
        env={"HOME": str(folder), "PATH": os.environ["PATH"]},
    )


def tags(pdf: Pdf, *names: str) -> int:
    return sum(name in names for name, _ in pdf.tags)


@pytest.mark.parametrize("code", languages())
def test_tables_and_figures_are_as_many_as_the_report_and_its_pdf_have(
    converted: dict[str, Read], code: str
) -> None:
    document, office = converted[code].document, converted[code].pdf
    blocks = [block for section in document.sections for block in section.blocks]
    figures = [block for block in blocks if isinstance(block, Figure)]
    tables = [block for block in blocks if isinstance(block, Table)]
    ours = Pdf(RENDERERS["pdf"](document))
    expected = len(tables) + len(figures)  # the numbers of a figure are a table too
    assert tags(office, "Table") == tags(ours, "Table") == expected
    assert tags(office, "Figure") == tags(ours, "Figure") == len(figures) > 2


@pytest.mark.parametrize("code", languages())
def test_every_title_and_every_number_of_the_tables_is_in_it(
    converted: dict[str, Read], code: str
) -> None:
    document, text = converted[code].document, converted[code].text
    blocks = [block for section in document.sections for block in section.blocks]
    tables = [b.table if isinstance(b, Figure) else b for b in blocks if isinstance(b, ASKED)]
    assert len(tables) > 10
    said = [document.title, *(section.title for section in document.sections)]
    for each in tables:
        rows = [row for group in each.groups for row in group.rows]
        said += [each.caption, *(text for row in rows for text in (row.head, *row.cells))]
        for group in each.groups:
            # One after the other as they stand in the table, not just somewhere in the report.
            lines = (bare("".join((row.head, *row.cells))) for row in group.rows)
            assert "".join(lines) in text, each.id
    assert [words for words in said if bare(words) not in text] == []
