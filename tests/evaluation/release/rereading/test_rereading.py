"""A report's words come out of its file again, and one changed digit is found where it stands."""

from __future__ import annotations

import io
import zipfile

import pytest

from evaluation.language import Language
from evaluation.release import FORMS, build_reports
from evaluation.release.rereading import files, html_text, pdf_text, word_text
from evaluation.release.rereading.files import read_lines
from evaluation.release.rereading.lines import (
    Difference,
    Kind,
    Line,
    Place,
    UnreadableError,
    differences,
    in_common,
)
from tests.evaluation.release import given
from tests.evaluation.release.report.pdf_reading import Pdf

WORD = "word/document.xml"


def made(code: str = "en", **changes: object) -> dict[str, bytes]:
    found = given.comparison(given.estimate(**changes), given.unclear(), given.unanswered())  # type: ignore[arg-type]
    built = build_reports(given.released(found), given.study(), Language(code), forms=FORMS)
    return dict(zip(FORMS, built, strict=True))


@pytest.fixture(scope="module")
def report() -> dict[str, bytes]:
    return made()


@pytest.fixture(scope="module")
def other() -> dict[str, bytes]:
    """The same report with one mean a tenth higher: 3.6 became 3.7."""
    return made(endline_pilot=3.742)


def repacked(file: bytes, change: tuple[str, str], *, part: str = WORD) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, text.replace(*map(str.encode, change)) if name == part else text)
    return packed.getvalue()


@pytest.mark.parametrize("form", ["html", "docx"])
def test_a_changed_digit_is_found_by_table_row_and_column(
    form: str, report: dict[str, bytes], other: dict[str, bytes]
) -> None:
    (found,) = differences(read_lines(report[form]), read_lines(other[form]))
    assert found.should == "3.6"
    caption, row, column = found.place.parts
    assert found.place.kind is Kind.CELL
    assert caption.startswith("Table ")
    assert (row, column) == ("Joy of reading", "Pilot, end")


def test_in_a_pdf_it_is_found_by_page_and_what_stands_before(
    report: dict[str, bytes], other: dict[str, bytes]
) -> None:
    (found,) = differences(read_lines(report["pdf"]), read_lines(other["pdf"]))
    assert found.should == "3.6"
    page, before = found.place.parts
    assert found.place.kind is Kind.PAGE
    assert "3.6" in Pdf(report["pdf"]).shown(int(page) - 1)
    assert before == "3.2"  # the mean at baseline, in the same row


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("code", ["en", "kk"])
def test_nothing_differs_from_itself_and_every_number_is_read(form: str, code: str) -> None:
    file = made(code)[form]
    lines = read_lines(file)
    assert differences(lines, read_lines(file)) == ()
    assert in_common(lines, lines) == 1
    said = " ".join(line.text for line in lines)
    assert ("0.31" if code == "en" else "0,31") in said
    assert len(lines) > 100


def test_a_second_reader_finds_the_same_letters_in_a_pdf(report: dict[str, bytes]) -> None:
    read = Pdf(report["pdf"])
    theirs = "".join(read.shown(n, everything=True) for n in range(len(read.pages)))
    ours = "".join(line.text for line in read_lines(report["pdf"]))
    assert "".join(ours.split()) == "".join(theirs.split())


def test_what_was_put_in_or_left_out_is_told_by_its_neighbour() -> None:
    def page(*texts: str) -> tuple[Line, ...]:
        return html_text.read("".join(f"<p>{text}</p>" for text in texts).encode())

    assert differences(page("a", "b"), page("a", "x", "b")) == (
        Difference(Place(Kind.TEXT, ("", "")), None),
    )
    assert differences(page("a", "b"), page("a")) == (Difference(Place(Kind.TEXT, ("", "a")), "b"),)
    assert differences((), page("a")) == (Difference(Place(Kind.TEXT, ("", "")), None),)
    assert in_common((), page("a")) == 0


def test_words_of_styles_and_pictures_are_no_text_and_a_group_is_no_row() -> None:
    page = """<h2>Results</h2><style>p {}</style><svg><text>1</text></svg></svg>
    <table><caption><span>Table 1</span></caption><tr><th>Name</th><th>Mean</th></tr>
    <tr><th>Reading</th><td>3.6</td></tr></table><td>alone</td>"""
    lines = html_text.read(page.encode())
    assert [line.text for line in lines] == [
        *("Results", "Table 1", "Name", "Mean", "Reading", "3.6", "alone")
    ]
    assert lines[-2].place == Place(Kind.CELL, ("Table 1", "Reading", "Mean"))
    assert lines[-1].place.kind is Kind.TEXT


def word(xml: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as parts:
        parts.writestr(WORD, xml)
    return packed.getvalue()


BROKEN = {
    "no text": b"\xff\xfe\xfa",
    "no zip": b"PK\x03\x04 and nothing more",
    "a zip without words": repacked(word("<a/>"), ("", ""), part="x")[:30],
    "no xml": word("<w:"),
    "a document type": word('<!DOCTYPE a [<!ENTITY b "c">]><a/>'),
    "half a pdf": b"%PDF-1.7 1 0 obj << /Type /Catalog >> endobj",
    "a pdf without a catalog": b"%PDF-1.7",
    "a pdf of other objects": b"%PDF-1.7 1 0 obj << /Type /Catalog /Pages 7 0 R >> endobj",
    "a pdf whose pages go round": b"%PDF-1.7 1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj "
    b"2 0 obj << /Kids [2 0 R] >> endobj",
    "a pdf with a string without an end": b"%PDF-1.7 1 0 obj << /Type /Catalog /Pages 2 0 R >> "
    b"endobj 2 0 obj << /Type /Page /Contents 3 0 R /Resources << /Font << /F0 9 0 R >> >> >> "
    b"endobj 9 0 obj << >> endobj 3 0 obj << >> stream\nBT (a( Tj ET\nendstream endobj",
    "a pdf whose stream is no stream": b"%PDF-1.7 3 0 obj << /Filter /FlateDecode >> stream\n"
    b"xxx\nendstream endobj",
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_what_is_no_report_is_said_to_be_unreadable(content: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_lines(content)


def test_files_that_are_far_too_large_are_not_opened() -> None:
    with pytest.raises(UnreadableError):
        read_lines(b"x" * (files.LARGEST + 1))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(WORD, b" " * (word_text.LARGEST + 1))
    with pytest.raises(UnreadableError):
        read_lines(packed.getvalue())


def test_an_empty_word_file_has_no_lines() -> None:
    assert read_lines(word("<a/>")) == ()
    body = f'<a xmlns:w="{word_text.W[1:-1]}"><w:body><w:tbl/></w:body></a>'
    assert read_lines(word(body)) == ()


SIMPLE = (
    b"%%PDF-1.7 1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj "
    b"2 0 obj << /Kids [4 0 R] >> endobj "
    b"4 0 obj << /Type /Page /Contents [3 0 R] /Resources << /Font << /F0 5 0 R /F1 7 0 R >> >> >> "
    b"endobj 5 0 obj << /ToUnicode 6 0 R >> endobj 7 0 obj << >> endobj "
    b"6 0 obj << >> stream\nbeginbfchar <0001> <0041> endbfchar "
    b"beginbfrange <0002> <0004> <0042> endbfrange\nendstream endobj "
    b"3 0 obj << >> stream\n%s\nendstream endobj"
)


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        (rb"BT /F0 9 Tf <00010002> Tj ET", "AB"),
        (rb"BT /F0 9 Tf [<0001> -20 <0004>] TJ ET", "AD"),
        (rb"BT /F0 9 Tf (\000\001\000\003) Tj ET", "AC"),
        (rb"BT /F0 9 Tf (\000\001\b\n) Tj ET", "A\ufffd"),
        (rb"BT /F1 9 Tf <0001> Tj ET", "\ufffd"),
        (rb"BT /F0 9 Tf <0001> Tj <0002> Tj ET BT ET", "AB"),
    ],
)
def test_every_way_of_writing_a_string_is_read(shown: bytes, text: str) -> None:
    (line,) = pdf_text.read(SIMPLE % shown)
    assert line.text == text
    assert line.place == Place(Kind.PAGE, ("1", ""))
