"""What a workbook says outside of its cells: comments, names, properties, headers, text boxes.

Nobody sees most of it, and that is where a name stays behind. Runs in the child process, after
`package` has bounded what is unpacked: standard library only.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass

from evaluation.errors import DeliveryError
from evaluation.intake.reading.plain_xml import elements

MOST_TEXTS = 20_000
AUTHORS = frozenset({"creator", "lastModifiedBy", "Manager", "author", "displayName", "userName"})
PROPERTIES = frozenset(
    {"title", "subject", "description", "keywords", "category", "contentStatus", "Company"}
)
HEADER = re.compile(rb"<(?:\w+:)?headerFooter\b.*?</(?:\w+:)?headerFooter>", re.DOTALL)


FORMATS = re.compile(r'&(?:"[^"]*"|\d+|K\w{6}|.)')
"""Page headers name their fonts, sizes and colours in between."""


@dataclass(frozen=True, slots=True)
class Part:
    """A text outside of the cells. `place` is one of PLACES; `cell` is of a comment (B5)."""

    place: str
    text: str
    sheet: int | None = None
    cell: str | None = None


PLACES = (
    *("author", "property", "comment", "defined_name", "page_header", "drawing", "link", "copy"),
    "sheet_name",
)


def texts_outside_cells(content: bytes) -> list[tuple[str, str, int | None, str | None]]:
    """As plain values, for they go to the parent process as JSON; `Part(*each)` there."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = _sheets_by_part(archive)
        found: dict[Part, None] = {}
        for name in archive.namelist():
            for part in _parts_of(archive, name, sheets):
                if part.text.strip():
                    found.setdefault(part)
                if len(found) > MOST_TEXTS:
                    raise DeliveryError("file_too_large")
    return [astuple(part) for part in found]


def _parts_of(archive: zipfile.ZipFile, name: str, sheets: dict[str, int]) -> Iterator[Part]:
    lowered = name.lower()
    if lowered.endswith((".xml", ".rels")):
        for start, read in READERS:
            if lowered.startswith(start):
                yield from read(archive.read(name), sheets.get(name))


def _properties(content: bytes, sheet: int | None) -> Iterator[Part]:
    for element in elements(content):
        if element.name in AUTHORS:
            yield Part("author", element.text)
        elif element.name in PROPERTIES or "property" in element.parents:
            yield Part("property", element.text)
        elif element.name == "property":
            yield Part("property", element.attributes.get("name", ""))


def _persons(content: bytes, sheet: int | None) -> Iterator[Part]:
    for element in elements(content):
        yield Part("author", element.attributes.get("displayName", ""))


def _comments(content: bytes, sheet: int | None) -> Iterator[Part]:
    """A note begins with its author's name and a colon, which Excel puts there by itself."""
    authors: list[str] = []
    said = ""
    for element in elements(content):
        if element.name == "author":
            authors.append(element.text)
            yield Part("author", element.text)
        elif element.name in ("t", "text"):
            said += element.text
        elif element.name in ("comment", "threadedComment"):
            for author in authors:
                said = said.removeprefix(f"{author}:")
            yield Part("comment", said.strip(), sheet, element.attributes.get("ref"))
            said = ""


def _names(content: bytes, sheet: int | None) -> Iterator[Part]:
    for element in elements(content):
        if element.name == "definedName" and not element.attributes["name"].startswith("_xlnm."):
            yield Part("defined_name", " ".join(element.attributes["name"].split("_")))
            yield Part("defined_name", element.text)
        elif element.name == "fileSharing":
            yield Part("author", element.attributes.get("userName", ""))
        elif element.name == "sheet":
            yield Part("sheet_name", element.attributes.get("name", ""))


def _page_headers(content: bytes, sheet: int | None) -> Iterator[Part]:
    """Cut out before it is parsed: the cells around it are many, and are read elsewhere."""
    for found in HEADER.finditer(content):
        bare = re.sub(rb"(</?)\w+:", rb"\1", found[0])
        for element in elements(bare):
            yield Part(
                "page_header", re.sub(r'&(?:"[^"]*"|\d+|K\w{6}|.)', " ", element.text), sheet
            )


def _drawn(content: bytes, sheet: int | None) -> Iterator[Part]:
    """Text boxes, one line a paragraph; the names and other texts of pictures; copies in charts."""
    line = ""
    for element in elements(content):
        if element.name == "t":
            line += element.text
        elif element.name == "p":
            yield Part("drawing", line, sheet)
            line = ""
        elif element.name == "cNvPr":
            for key in ("name", "descr", "title"):
                yield Part("drawing", element.attributes.get(key, ""), sheet)
        elif element.text.strip():
            yield Part("drawing", element.text, sheet)


def _copies(content: bytes, sheet: int | None) -> Iterator[Part]:
    """A pivot table keeps the rows it was made of, though their sheet be deleted."""
    for element in elements(content):
        for key in ("v", "name", "displayName", "caption", "refreshedBy"):
            place = "author" if key == "refreshedBy" else "copy"
            yield Part(place, element.attributes.get(key, ""), sheet)


def _links(content: bytes, sheet: int | None) -> Iterator[Part]:
    for element in elements(content):
        if element.attributes.get("TargetMode") == "External":
            yield Part("link", element.attributes.get("Target", ""), sheet)


READERS: tuple[tuple[str, Callable[[bytes, int | None], Iterator[Part]]], ...] = (
    ("docprops/", _properties),
    ("xl/comments", _comments),
    ("xl/threadedcomments", _comments),
    ("xl/persons/", _persons),
    ("xl/workbook.xml", _names),
    ("xl/worksheets/sheet", _page_headers),
    ("xl/drawings/drawing", _drawn),
    ("xl/charts/chart", _drawn),
    ("customxml/item", _drawn),
    ("xl/pivotcache/", _copies),
    ("xl/tables/", _copies),
    ("xl/worksheets/_rels/", _links),
)
"""By the beginning of a part's path; no part begins like two of them."""


def _sheets_by_part(archive: zipfile.ZipFile) -> dict[str, int]:
    """Part → the number of the sheet that it belongs to, counted as the tabs stand."""
    targets = _targets(archive, "xl/workbook.xml")
    numbers: dict[str, int] = {}
    tabs = [e for e in elements(archive.read("xl/workbook.xml")) if e.name == "sheet"]
    for number, tab in enumerate(tabs, start=1):
        part = targets.get(tab.attributes.get("id", ""))
        if part is not None:
            numbers[part] = number
            numbers[_relations(part)] = number
            for belonging in _targets(archive, part).values():
                numbers.setdefault(belonging, number)
    return numbers


def _targets(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """What a part refers to inside the archive, by id."""
    name = _relations(part)
    if name not in archive.namelist():
        return {}
    return {
        element.attributes["Id"]: _path(part, element.attributes.get("Target", ""))
        for element in elements(archive.read(name))
        if "Id" in element.attributes and element.attributes.get("TargetMode") != "External"
    }


def _relations(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def _path(part: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
