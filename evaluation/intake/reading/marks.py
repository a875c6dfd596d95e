"""What a worksheet hides, joins and works out: the parser of cells says none of it.

Looked for in the sheet's XML by its bytes, because a whole XML tree costs ten times the reading.
Runs in the child process, after the package was checked: standard library only.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
LAST_COLUMN = 16_384
ROOT = re.compile(rb"<(\w+:)?worksheet\b")
ATTRIBUTE = re.compile(rb'\b(r|min|max|t|ref)="([^"]*)"')
CELL = re.compile(rb"([A-Z]{1,3})([0-9]{1,7})")

Place = tuple[int, int]
"""Row and column, both from 0."""


@dataclass(frozen=True, slots=True)
class Marks:
    """`formulas` have a result in the file, `valueless` none (or an error such as #REF!).
    `joined`: areas of one column, (first row, last row, column)."""

    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    formulas: tuple[Place, ...] = ()
    valueless: tuple[Place, ...] = ()
    joined: tuple[tuple[int, int, int], ...] = ()


def marks_by_sheet(content: bytes) -> list[Marks]:
    """One each of the workbook's sheets, in the order of its tabs."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        there = set(archive.namelist())
        parts = _parts(archive) if {WORKBOOK, RELATIONS} <= there else []
        return [_marks(archive.read(part)) if part in there else Marks() for part in parts]


def _parts(archive: zipfile.ZipFile) -> list[str]:
    relations = ElementTree.fromstring(archive.read(RELATIONS))
    targets = {each.get("Id", ""): each.get("Target", "") for each in relations}
    return [
        posixpath.normpath(posixpath.join("/xl", targets.get(key, ""))).lstrip("/")
        for key in _sheet_keys(archive.read(WORKBOOK))
    ]


def _sheet_keys(workbook: bytes) -> Iterator[str]:
    for element in ElementTree.fromstring(workbook).iter():
        if element.tag.rpartition("}")[2] == "sheet":
            yield next((v for k, v in element.attrib.items() if k.endswith("}id")), "")


def _marks(xml: bytes) -> Marks:
    root = ROOT.search(xml[:4096])
    prefix = (root[1] or b"") if root else b""
    formulas, valueless = _formulas(xml, prefix)
    return Marks(
        hidden_rows=tuple(_hidden_rows(xml, prefix)),
        hidden_columns=tuple(_hidden_columns(xml, prefix)),
        formulas=formulas,
        valueless=valueless,
        joined=tuple(_joined(xml, prefix)),
    )


def _tags(xml: bytes, prefix: bytes, name: bytes, needle: bytes) -> Iterator[dict[bytes, bytes]]:
    """The attributes of every tag of that name with the needle in it."""
    if needle in xml:
        for found in re.finditer(rb"<%b\b[^>]*" % (prefix + name), xml):
            if needle in found[0]:
                yield dict(ATTRIBUTE.findall(found[0]))


def _hidden_rows(xml: bytes, prefix: bytes) -> Iterator[int]:
    for needle in (b' hidden="1"', b' hidden="true"'):
        for said in _tags(xml, prefix, b"row", needle):
            if said.get(b"r", b"").isdigit():
                yield int(said[b"r"]) - 1


def _hidden_columns(xml: bytes, prefix: bytes) -> Iterator[int]:
    for needle in (b' hidden="1"', b' hidden="true"'):
        for said in _tags(xml, prefix, b"col", needle):
            first, last = said.get(b"min", b""), said.get(b"max", b"")
            if first.isdigit() and last.isdigit():
                yield from range(int(first) - 1, min(int(last), LAST_COLUMN))


def _joined(xml: bytes, prefix: bytes) -> Iterator[tuple[int, int, int]]:
    for said in _tags(xml, prefix, b"mergeCell", b"mergeCell "):
        corners = CELL.findall(said.get(b"ref", b""))
        if len(corners) == 2:
            start, end = (_place(corner) for corner in corners)
            if start[1] == end[1]:
                yield start[0], end[0], start[1]


def _formulas(xml: bytes, prefix: bytes) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    with_result: list[Place] = []
    without: list[Place] = []
    if b"<%bf" % prefix in xml:
        cell = rb"<{0}c\b([^>]*)>\s*<{0}f\b(?:[^>]*/>|[^>]*>[^<]*</{0}f>)\s*(<{0}v>[^<])?"
        for found in re.finditer(cell.replace(b"{0}", re.escape(prefix)), xml):
            said = dict(ATTRIBUTE.findall(found[1]))
            if at := CELL.fullmatch(said.get(b"r", b"")):
                good = found[2] and said.get(b"t") != b"e"
                (with_result if good else without).append(_place(at.groups()))
    for said in _tags(xml, prefix, b"c", b' t="e"'):
        if at := CELL.fullmatch(said.get(b"r", b"")):
            without.append(_place(at.groups()))
    return tuple(with_result), tuple(sorted(set(without)))


def _place(corner: Sequence[bytes]) -> Place:
    letters, digits = corner
    column = 0
    for letter in letters:
        column = column * 26 + letter - ord("A") + 1
    return int(digits) - 1, column - 1
