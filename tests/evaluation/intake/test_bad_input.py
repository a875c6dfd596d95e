"""Every bad file of the specification: one clear refusal in three languages, never a crash."""

import io
import struct
import zipfile

import pytest

from evaluation.intake import receipt_text
from evaluation.language import Language, languages
from evaluation.records.batches import Status
from tests.evaluation.intake.given import (
    ADA,
    BEN,
    PUPIL,
    checked,
    pupil_rows,
    rules,
    shared,
    text_table,
    workbook,
)

GOOD = workbook(("data", pupil_rows(ADA, BEN)))
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


def repacked(content=GOOD, *, add=(), change=None, drop=()):
    """The workbook's archive with members added, changed (a function of name and bytes), dropped."""
    new = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(new, "w") as archive:
        for name in old.namelist():
            if name not in drop:
                data = old.read(name)
                archive.writestr(name, change(name, data) if change else data)
        for name, data in add:
            archive.writestr(name, data)
    return new.getvalue()


def with_entity(name, data):
    if not name.endswith("sheet1.xml"):
        return data
    return data.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet', 1)


def bomb():
    """Two thousand times larger unpacked than packed, as the largest member says of itself."""
    new = io.BytesIO(GOOD)
    with zipfile.ZipFile(new, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.bin", bytes(250 * 1024 * 1024))
    return new.getvalue()


def far_corner():
    """A kilobyte that makes a parser ask for half a terabyte: a cell in the very last corner."""
    return repacked(
        change=lambda name, data: (
            data.replace(
                b"</sheetData>",
                b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
            )
            if name.endswith("sheet1.xml")
            else data
        )
    )


def locked():
    return OLE + "EncryptedPackage".encode("utf-16-le")


def encrypted_member():
    """A zip whose members are locked with a password, as some archivers make."""
    content = bytearray(repacked())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := content.find(signature, start)) >= 0:
            flags = struct.unpack_from("<H", content, start + place)[0]
            struct.pack_into("<H", content, start + place, flags | 1)
            start += 4
    return bytes(content)


def plain_zip(**members):
    new = io.BytesIO()
    with zipfile.ZipFile(new, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return new.getvalue()


def columns(*extra, header=PUPIL, drop=()):
    kept = [name for name in header if name not in drop]
    rows = [[dict(zip(PUPIL, ADA, strict=True)).get(n, "1") for n in (*kept, *extra)]]
    return text_table([[*kept, *extra], *rows])


FILES = {
    "nothing": (b"", "empty_file"),
    "only blanks": (b" \r\n\t\x00", "empty_file"),
    "too many bytes": (b"Code\r\n" + b"a1\r\n" * 3_000_000, "file_too_large"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(50), "not_a_table"),
    "a scan": (b"%PDF-1.7\n" + bytes(50), "not_a_table"),
    "noise": (bytes(range(1, 32)) * 20, "not_a_table"),
    "a password": (locked(), "password"),
    "an old workbook": (OLE + "Workbook".encode("utf-16-le"), "old_xls"),
    "an old document": (OLE + "WordDocument".encode("utf-16-le"), "word_document"),
    "a truncated zip": (GOOD[: len(GOOD) // 2], "damaged_file"),
    "a zip with a broken member": (GOOD.replace(b"\x08\x00", b"\x09\x00"), "damaged_file"),
    "locked members": (encrypted_member(), "password"),
    "an empty zip": (plain_zip(), "not_a_workbook"),
    "a zip of pictures": (plain_zip(a_dot_png=b"x"), "not_a_workbook"),
    "a text document": (plain_zip(word__document_dot_xml=b"<w/>"), "word_document"),
    "a table of another office": (
        plain_zip(mimetype=b"x", content_dot_xml=b"<x/>"),
        "opendocument",
    ),
    "macros": (repacked(add=[("xl/vbaProject.bin", b"x")]), "macros"),
    "external links": (
        repacked(add=[("xl/externalLinks/externalLink1.xml", b"<x/>")]),
        "external_links",
    ),
    "embedded files": (repacked(add=[("xl/embeddings/a.docx", b"x")]), "embedded_objects"),
    "a binary workbook": (repacked(add=[("xl/workbook.bin", b"x")]), "binary_workbook"),
    "entities": (repacked(change=with_entity), "xml_entities"),
    "a zip bomb": (bomb(), "file_too_large"),
    "thousands of members": (
        repacked(add=[(f"xl/media/{n}.png", b"") for n in range(5001)]),
        "file_too_large",
    ),
    "a cell in the last corner": (far_corner(), "file_too_large"),
    "broken xml": (
        repacked(change=lambda n, d: b"<worksheet" if n.endswith("sheet1.xml") else d),
        "damaged_file",
    ),
    "a form instead of data": (
        workbook(("survey", [["type", "name", "label"], ["text", "code", "Code"]])),
        "xlsform",
    ),
    "two data sheets": (
        workbook(("one", pupil_rows(ADA)), ("two", pupil_rows(BEN))),
        "two_data_sheets",
    ),
    "no headers": (text_table([ADA, BEN]), "no_data_sheet"),
    "no rows": (text_table(pupil_rows()), "no_rows"),
    "too many rows": (text_table(pupil_rows(*[ADA] * 5030)), "too_many_rows"),
    "slightly too many rows": (text_table(pupil_rows(*[ADA] * 5001)), "too_many_rows"),
    "too many rows in a workbook": (
        workbook(("data", pupil_rows(*[("a1",)] * 5200))),
        "too_many_rows",
    ),
    "too many columns": (columns(*[f"q{n}" for n in range(200)]), "too_many_columns"),
    "too many different texts": (
        text_table(
            [[f"q{n}" for n in range(60)]] + [[f"{n} {m}" for m in range(60)] for n in range(2600)]
        ),
        "too_many_texts",
    ),
    "too many different texts of children": (
        text_table(
            pupil_rows(
                *[[*ADA, *(f"{n} {m}" for m in range(60))] for n in range(2600)],
                header=(*PUPIL, *(f"q{m}" for m in range(60))),
            )
        ),
        "too_many_texts",
    ),
    "a missing column": (columns(drop=["Sex"]), "missing_column"),
    "an unknown column": (columns("Shoe size"), "unknown_column"),
    "a forbidden column": (columns("Surname"), "personal_data"),
    "a column twice": (columns("Sex"), "duplicate_column"),
    "letters lost": (columns("Т?ркістан"), "letters_lost"),
    "an unclosed quote": (b'Code,Sex\r\n"a1' + b"x" * 200_000, "damaged_file"),
    "half of a letter": (b"\xff\xfeC\x00o", "damaged_file"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_refused_by_name(study, name):
    content, rule = FILES[name]
    intake = checked(content, study)
    assert intake.status is Status.REFUSED
    assert rule in rules(intake)
    assert intake.accepted.empty
    assert intake.tally.accepted == 0
    for code in languages():
        said = receipt_text(
            intake.verdict, Language(code), study.instruments.get(intake.instrument)
        )
        assert Language(code)(f"rule.{rule}.fix", **intake.findings[0].values) in said


def test_the_form_of_a_real_project_is_not_taken_for_data(study):
    content = shared("fixtures/odk_xlsform__simple_repeat.xlsx").read_bytes()
    assert rules(checked(content, study)) == ["xlsform"]


def test_a_second_sheet_that_is_empty_does_no_harm(study):
    content = workbook(("data", pupil_rows(ADA)), ("copy", [list(PUPIL)]), ("Sheet3", []))
    assert checked(content, study).status is Status.ACCEPTED
