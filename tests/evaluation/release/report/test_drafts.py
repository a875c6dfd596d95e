"""A draft says on every page, in every format, that nobody has approved it."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest

from evaluation.language import Language
from evaluation.release import build_reports
from evaluation.release.report.drafts import as_draft
from tests.evaluation.release import given
from tests.evaluation.release.report.pdf_reading import Pdf
from tests.evaluation.release.report.reading import document

MARKS = {
    "en": "Draft, not approved",
    "ru": "Проект, не утверждён",
    "kk": "Жоба, бекітілмеген",
}


@pytest.mark.parametrize("code", MARKS)
def test_every_page_of_every_format_bears_the_mark(code: str) -> None:
    html, pdf, word, page = build_reports(
        given.released(),
        given.study(),
        Language(code),
        forms=("html", "pdf", "docx", "page"),
        draft=True,
    )
    assert html.decode().count(MARKS[code]) == 1
    read = Pdf(pdf)
    assert all(MARKS[code] in read.shown(n, everything=True) for n in range(len(read.pages)))
    header = docx.Document(io.BytesIO(word)).sections[0].header
    assert MARKS[code] in header.paragraphs[0].text
    assert len(Pdf(page).pages) == 1
    assert MARKS[code] in Pdf(page).shown(0, everything=True)


def test_what_is_approved_bears_none() -> None:
    (html,) = build_reports(given.released(), given.study(), Language("en"), forms=("html",))
    assert MARKS["en"] not in html.decode()
    assert "has not approved" not in html.decode()


def test_it_stands_before_the_other_marks_or_alone() -> None:
    say = Language("en")
    made = document()
    assert as_draft(made, say).page_mark == f"{MARKS['en']} · {made.page_mark}"
    assert as_draft(replace(made, page_mark=""), say).page_mark == MARKS["en"]
    assert as_draft(made, say).banners[1:] == made.banners
