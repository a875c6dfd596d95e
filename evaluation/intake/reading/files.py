"""Which kind of file this is, by its first bytes, never by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from evaluation.errors import DeliveryError
from evaluation.intake.reading import archive, delimited, nested, workbook
from evaluation.intake.reading.sheets import Reading

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
OTHERS = tuple(
    bytes.fromhex(first)
    for first in (
        "25504446",  # PDF
        "89504e47",  # PNG
        "ffd8ff",  # JPEG
        "47494638",  # GIF
        "52617221",  # RAR
        "377abcaf",  # 7z
        "7b5c727466",  # RTF
        "1f8b",  # gzip
    )
)


def read_file(
    content: bytes, limits: Mapping[str, float], known_words: Callable[[str], int]
) -> Reading:
    """Raises `DeliveryError` for whatever is not a table of texts. `limits` are study.intake."""
    if not content.strip(b"\x00 \t\r\n"):
        raise DeliveryError("empty_file")
    if len(content) > limits["bytes"]:
        raise DeliveryError("file_too_large")
    if content.startswith(OLE):
        raise DeliveryError(_old_or_locked(content))
    if content.startswith(OTHERS):
        raise DeliveryError("not_a_table")
    if archive.recognises(content):
        return archive.read(content, limits, known_words)
    if workbook.recognises(content) or nested.recognises(content):
        return workbook.read(content, limits)
    return delimited.read(content, limits, known_words)


def _old_or_locked(content: bytes) -> str:
    """Excel keeps both its locked workbooks and those of before 2007 in the same container."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "password"
    if "WordDocument".encode("utf-16-le") in content:
        return "word_document"
    return "old_xls"
