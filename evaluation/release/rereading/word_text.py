"""The words of a Word report, read from its own XML; a cell is known by table, row and column."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from evaluation.release.rereading.lines import Kind, Line, Place, UnreadableError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY = "word/document.xml"
LARGEST = 50_000_000  # bytes unpacked; a report has less than one
DOCTYPE = b"<!DOCTYPE"  # no word processor writes one, and it could blow itself up


def read(content: bytes) -> tuple[Line, ...]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if parts.getinfo(BODY).file_size > LARGEST:
                raise UnreadableError
            text = parts.read(BODY)
        if DOCTYPE in text:
            raise UnreadableError
        body = ElementTree.fromstring(text).find(f"{W}body")
    except (zipfile.BadZipFile, zlib.error, KeyError, ElementTree.ParseError, RuntimeError):
        raise UnreadableError from None
    return tuple(_lines(body)) if body is not None else ()


def _lines(body: Element) -> Iterator[Line]:
    section = before = ""
    for node in body:
        if node.tag == f"{W}tbl":
            yield from _cells(node, before)
        elif text := _text(node):
            yield Line(text, Place(Kind.TEXT, (section, before)))
            section = text if _style(node) == "Heading1" else section
            before = text


def _cells(table: Element, caption: str) -> Iterator[Line]:
    rows = [[_text(cell) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
    columns = rows[0] if rows else []
    for row in rows:
        for number, text in enumerate(row):
            column = "".join(columns[number : number + 1])
            yield Line(text, Place(Kind.CELL, (caption, row[0], column)))


def _text(node: Element) -> str:
    return " ".join("".join(text.text or "" for text in node.iter(f"{W}t")).split())


def _style(node: Element) -> str:
    found = node.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(f"{W}val", "")
