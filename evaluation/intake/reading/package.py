"""Looks at a workbook as the zip archive it is, before any parser trusts it.

The bytes come from outside. Sizes that an archive states about itself are not believed: every
member is unpacked piece by piece and counted. Runs in the child process: standard library only.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from evaluation.errors import DeliveryError

PIECE = 1 << 20
MEMBERS = 5000
"""A workbook of ten sheets has some thirty members; more than this is an attack or a mistake."""

REFUSED_PARTS = (
    ("xl/vbaproject.bin", "macros"),
    ("xl/macrosheets/", "macros"),
    ("xl/externallinks/", "external_links"),
    ("xl/embeddings/", "embedded_objects"),
    ("xl/activex/", "embedded_objects"),
    ("xl/workbook.bin", "binary_workbook"),
)
ENTITY_MARKS = tuple(
    mark.encode(code)
    for mark in ("<!DOCTYPE", "<!ENTITY")
    for code in ("utf-8", "utf-16-le", "utf-16-be")
)
OVERLAP = max(map(len, ENTITY_MARKS)) - 1


def check_package(content: bytes, unpacked_bytes: int) -> None:
    """Raises `DeliveryError` where the archive is not a plain xlsx workbook of bearable size."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_members(archive, unpacked_bytes)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError):
        raise DeliveryError("damaged_file") from None
    except RuntimeError:  # zipfile's word for a member locked with a password
        raise DeliveryError("password") from None


def dates_from_1904(content: bytes) -> bool:
    """Old workbooks of Macs count days from 1904; a bare day number then means another day."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        workbook = archive.read("xl/workbook.xml")
    return b'date1904="1"' in workbook or b'date1904="true"' in workbook


def _check_members(archive: zipfile.ZipFile, unpacked_bytes: int) -> None:
    names = [name.lower() for name in archive.namelist()]
    if len(names) > MEMBERS:
        raise DeliveryError("file_too_large")
    _check_kind(names)
    for part, rule in REFUSED_PARTS:
        if any(name.startswith(part) for name in names):
            raise DeliveryError(rule)
    if "xl/workbook.xml" not in names or "[content_types].xml" not in names:
        raise DeliveryError("not_a_workbook")
    left = unpacked_bytes
    for member in archive.infolist():
        left -= _unpacked_size(archive, member, left)


def _check_kind(names: list[str]) -> None:
    if "content.xml" in names and "mimetype" in names:
        raise DeliveryError("opendocument")
    if any(name.startswith("word/") for name in names):
        raise DeliveryError("word_document")


def _unpacked_size(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> int:
    size = 0
    tail = b""
    is_text = member.filename.lower().endswith((".xml", ".rels", ".vml"))
    with archive.open(member) as file:
        while piece := file.read(PIECE):
            size += len(piece)
            if size > left:
                raise DeliveryError("file_too_large")
            # Parsers that know entities can be made to swell or to read other files; a workbook
            # written by a spreadsheet never declares one.
            if is_text and any(mark in tail + piece for mark in ENTITY_MARKS):
                raise DeliveryError("xml_entities")
            tail = piece[-OVERLAP:]
    return size
