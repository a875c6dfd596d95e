"""A zip of CSV files, as ODK Central and SurveyCTO hand out: one file a form and repeat → sheets.

Only tables are unpacked, and no further than a plain file may be long. What is no table is not
read past but refused: a photograph or a voice that came along unasked would stay in the safe, and
no scan can look into it.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from evaluation.errors import DeliveryError
from evaluation.intake.reading import delimited
from evaluation.intake.reading.package import MEMBERS
from evaluation.intake.reading.sheets import Reading, Sheet

ZIP = b"PK\x03\x04"
MEDIA = frozenset(
    [
        ".jpg",
        ".jpeg",
        ".png",
        ".gif",
        ".webp",
        ".heic",
        ".mp3",
        ".m4a",
        ".aac",
        ".amr",
        ".wav",
        ".ogg",
        ".3gp",
        ".3gpp",
        ".mp4",
        ".mov",
        ".webm",
        ".pdf",
    ]
)
NESTED = frozenset(
    [".zip", ".7z", ".rar", ".gz", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".json", ".enc"]
)
LEFT_BY_SYSTEMS = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
KNOWN_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


def recognises(content: bytes) -> bool:
    """A zip that is no office document and brings a table or another archive."""
    if not content.startswith(ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [name.lower() for name in archive.namelist()[: MEMBERS + 1]]
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False  # the workbook's reader says what is wrong with it
    if "[content_types].xml" in names or "mimetype" in names:
        return False
    return any(PurePosixPath(name).suffix in NESTED | {".csv"} for name in names)


def read(content: bytes, limits: Mapping[str, float], known_words: Callable[[str], int]) -> Reading:
    """Raises `DeliveryError` for media, archives in archives, locked or too large members."""
    sheets: list[Sheet] = []
    left = int(limits["bytes"])
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = _tables(archive)
            for number, member in enumerate(members, start=1):
                table = _unpacked(archive, member, left)
                left -= len(table)
                if table.strip(b"\x00 \t\r\n"):
                    sheets += _sheets(number, member, table, limits, known_words)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError):
        raise DeliveryError("damaged_file") from None
    except RuntimeError:  # zipfile's word for a member locked with a password
        raise DeliveryError("password") from None
    if not sheets:
        raise DeliveryError("empty_file")
    return Reading(tuple(sheets))


def _tables(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    tables = []
    if len(archive.infolist()) > MEMBERS:
        raise DeliveryError("file_too_large")
    for member in archive.infolist():
        name = member.filename.lower()
        if name.endswith(("/", *LEFT_BY_SYSTEMS)) or name.startswith(LEFT_BY_SYSTEMS):
            continue
        suffix = PurePosixPath(name).suffix
        if suffix in MEDIA or name.startswith("media/") or "/media/" in name:
            raise DeliveryError("media_inside")
        if suffix != ".csv":
            raise DeliveryError("archive_of_others")
        if member.compress_type not in KNOWN_METHODS:
            raise DeliveryError("damaged_file")
        tables.append(member)
    return tables


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes:
    with archive.open(member) as file:
        table = file.read(left + 1)
    if len(table) > left:
        raise DeliveryError("file_too_large")
    return table


def _sheets(
    number: int,
    member: zipfile.ZipInfo,
    table: bytes,
    limits: Mapping[str, float],
    known_words: Callable[[str], int],
) -> list[Sheet]:
    read = delimited.read(table, limits, known_words)
    name = PurePosixPath(member.filename).stem
    return [Sheet(number, name, each.rows, each.columns) for each in read.sheets]
