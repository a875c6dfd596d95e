"""How our own sheets know themselves again: a hidden first column that says whose row it is.

A title can be changed and a child can be called like one; so the first cell names the batch, and
every row carries a digest of what we wrote in it. What the digest does not cover any more was
typed by somebody, and is looked through for personal data like any other cell.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

MARK = "stories-returned/1"
_MARKER = re.compile(rf"{MARK} (\d+) ([0-9a-f]{{64}})")
_IN_BYTES = re.compile(_MARKER.pattern.encode())
LONGEST = 80
"""Bytes of a marker, at most: so many may stand across two pieces."""
PIECE = 1 << 20
PARTS = ("xl/sharedStrings", "xl/worksheets/sheet")
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)
SEARCHED = 64 * PIECE
"""How much of an unpacked archive is searched; what lies behind it was not written by us."""


@dataclass(frozen=True, slots=True)
class Marker:
    """`reason`: the column (0 is A) in which a sender may explain; 0 where there is none."""

    batch: str
    reason: int

    def text(self) -> str:
        return f"{MARK} {self.reason} {self.batch}"


@dataclass(frozen=True, slots=True)
class Key:
    """Which finding a row is about. `head` is the first row of its cause; "" is not known.

    `person` is the child's code, so that a reason finds its child wherever the row has moved.
    """

    rule: str = ""
    field: str = ""
    person: str = ""
    cause: int = 0
    head: bool = False

    def text(self, texts: Iterable[str]) -> str:
        said = [self.rule, self.field, self.person, self.cause, self.head]
        return json.dumps([digest(said, texts), *said], ensure_ascii=False)


def marker_of(texts: Iterable[str]) -> Marker | None:
    """Of the hidden column's texts, in any order."""
    for text in texts:
        if found := _MARKER.fullmatch(text):
            return Marker(found[2], int(found[1]))
    return None


def key_of(text: str, texts: Iterable[str]) -> Key | None:
    """None where the row is not, or no longer, as we wrote it."""
    try:
        seal, rule, field, person, cause, head = json.loads(text)
    except (ValueError, TypeError):
        return None
    said = [rule, field, person, cause, head]
    if seal != digest(said, texts):
        return None
    return Key(rule, field, person, cause, head)


def digest(said: list[object], texts: Iterable[str]) -> str:
    """Spaces and line breaks do not count: spreadsheets write them anew."""
    plain = [" ".join(text.split()) for text in texts]
    while plain and not plain[-1]:
        plain.pop()
    return hashlib.sha256(json.dumps([said, plain]).encode()).hexdigest()[:16]


def batch_named_in(content: bytes) -> str | None:
    """The batch that a workbook was returned for, without opening it as one.

    Some programmes keep texts beside the sheets and some in them. They are searched piece by
    piece, so an archive that swells costs neither memory nor much time.
    """
    if not content.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [name for name in archive.namelist() if name.startswith(PARTS)]
            return _searched(archive, names)
    # Locked, damaged, of an unknown packing: the gate says so, with what to do.
    except UNREADABLE:
        return None


def _searched(archive: zipfile.ZipFile, names: list[str]) -> str | None:
    left = SEARCHED
    for name in names:
        with archive.open(name) as part:
            tail = b""
            while left > 0 and (piece := part.read(PIECE)):
                if found := _IN_BYTES.search(tail + piece):
                    return found[2].decode()
                tail = piece[-LONGEST:]
                left -= len(piece)
    return None
