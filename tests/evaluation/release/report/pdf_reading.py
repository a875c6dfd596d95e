"""A small reader of PDF, apart from the programme that wrote it: text, tags, bookmarks, words.

ISO 32000-1: objects (7.3), object streams (7.5.7), filters (7.4.4), text with CID fonts and their
ToUnicode maps (9.7, 9.10.3), the structure tree (14.7). Enough for what typst writes, no more; what
it does not know, it stumbles over.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import cached_property
from typing import Any

TOKEN = re.compile(
    rb"\s*(<<|>>|\[|\]|/[^\s<>\[\]()/%{}]*|\(|<[0-9A-Fa-f\s]*>"
    rb"|\d+ \d+ R\b|[-+]?\d*\.?\d+|[A-Za-z'\"*]+)",
    re.DOTALL,
)
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Name(str):
    """/Name"""


class Reference(int):
    """12 0 R"""


class Operator(str):
    """Tj, BDC ..."""


def tokens(data: bytes) -> Iterator[bytes]:
    at = 0
    while match := TOKEN.search(data, at):
        at = string_end(data, match.start(1)) if match[1] == b"(" else match.end()
        yield data[match.start(1) : at]


def string_end(data: bytes, at: int) -> int:
    """Where a string ends: brackets inside of it stand in pairs or after a backslash."""
    deep = 0
    while True:
        deep += {b"(": 1, b")": -1}.get(data[at : at + 1], 0)
        at += 2 if data[at : at + 1] == b"\\" else 1
        if not deep:
            return at


def values(data: bytes) -> list[Any]:
    """Everything in a stream of objects, containers nested."""
    stack: list[list[Any]] = [[]]
    for token in tokens(data):
        if token in (b"<<", b"["):
            stack.append([])
        elif token in (b">>", b"]"):
            inner = stack.pop()
            pairs = dict(zip(inner[::2], inner[1::2], strict=True)) if token == b">>" else inner
            stack[-1].append(pairs)
        else:
            stack[-1].append(single(token))
    return stack[0]


def single(token: bytes) -> Any:
    if token.startswith(b"/"):
        return Name(token[1:].decode())
    if token.startswith(b"("):
        return re.sub(rb"\\([0-7]{1,3}|.)", unescape, token[1:-1], flags=re.DOTALL)
    if token.startswith(b"<"):
        digits = re.sub(rb"\s", b"", token[1:-1])
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    if token.endswith(b" R"):
        return Reference(token.split()[0])
    if re.fullmatch(rb"[-+]?\d*\.?\d+", token):
        return float(token)
    return Operator(token.decode())


def unescape(found: re.Match[bytes]) -> bytes:
    if found[1].isdigit():
        return bytes([int(found[1], 8)])
    return ESCAPES.get(found[1], found[1])


def text_of(value: bytes) -> str:
    return value[2:].decode("utf-16-be") if value.startswith(b"\xfe\xff") else value.decode()


class Pdf:
    def __init__(self, file: bytes) -> None:
        self.objects: dict[int, Any] = {}
        self.streams: dict[int, bytes] = {}
        for match in re.finditer(rb"(?<!\d)(\d+) 0 obj\b(.*?)\bendobj", file, re.DOTALL):
            self._keep(int(match[1]), match[2])
        for number, made in list(self.objects.items()):
            if isinstance(made, dict) and made.get("Type") == "ObjStm":
                self._unpack(number, made)
        self.catalog = next(o for o in self._dicts() if o.get("Type") == "Catalog")

    def _keep(self, number: int, body: bytes) -> None:
        head, _, rest = body.partition(b"stream")
        self.objects[number] = values(head)[0]
        if rest:
            raw = rest.lstrip(b"\r").removeprefix(b"\n").rpartition(b"endstream")[0]
            packed = self.objects[number].get("Filter") in ("FlateDecode", ["FlateDecode"])
            self.streams[number] = zlib.decompressobj().decompress(raw) if packed else raw

    def _unpack(self, number: int, made: dict[str, Any]) -> None:
        data, first = self.streams[number], int(made["First"])
        places = [int(place) for place in data[:first].split()]
        ends = [*(place + first for place in places[3::2]), len(data)]
        for inner, start, end in zip(places[::2], places[1::2], ends, strict=True):
            self.objects[inner] = values(data[first + start : end])[0]

    def _dicts(self) -> Iterator[dict[str, Any]]:
        return (made for made in self.objects.values() if isinstance(made, dict))

    def get(self, value: Any) -> Any:
        return self.objects[value] if isinstance(value, Reference) else value

    @cached_property
    def pages(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        waiting = [self.get(self.catalog["Pages"])]
        while waiting:
            node = waiting.pop(0)
            kids = [self.get(kid) for kid in node.get("Kids", [])]
            waiting = kids + waiting
            if node["Type"] == "Page":
                found.append(node)
        return found

    @property
    def about(self) -> str:
        """The XMP packet: title, standard, dates."""
        return self.streams[self.catalog["Metadata"]].decode()

    @property
    def bookmarks(self) -> list[str]:
        """Of the first level."""
        found, item = [], self.get(self.get(self.catalog["Outlines"])["First"])
        while item:
            found.append(text_of(item["Title"]))
            item = self.get(item.get("Next"))
        return found

    @cached_property
    def tags(self) -> list[tuple[str, dict[str, Any]]]:
        """The structure tree in reading order, from its root down."""
        found: list[tuple[str, dict[str, Any]]] = []

        def walk(node: Any) -> None:
            made = self.get(node)
            if isinstance(made, list):
                for kid in made:
                    walk(kid)
            elif isinstance(made, dict):
                if "S" in made:
                    found.append((str(made["S"]), made))
                walk(made.get("K"))

        walk(self.catalog["StructTreeRoot"])
        return found

    @cached_property
    def aside(self) -> set[tuple[int, int]]:
        """Page and number of what stands inside pictures and the table of contents."""
        found: set[tuple[int, int]] = set()

        def walk(node: Any, page: int, inside: bool) -> None:
            if isinstance(node, float) and inside:
                found.add((page, int(node)))
            made = self.get(node)
            for kid in made if isinstance(made, list) else []:
                walk(kid, page, inside)
            if isinstance(made, dict):
                page, inside = made.get("Pg", page), inside or made.get("S") in ("TOC", "Figure")
                walk(made.get("K", made.get("MCID")), page, inside)

        walk(self.catalog["StructTreeRoot"], 0, False)
        return found

    def text(self) -> str:
        """Of all pages, but for artifacts (running heads), pictures and the table of contents."""
        return " ".join(self.shown(number) for number in range(len(self.pages)))

    def shown(self, number: int, *, everything: bool = False) -> str:
        page = self.pages[number]
        resources = self.get(page["Resources"])
        fonts = {name: self._letters(ref) for name, ref in self.get(resources["Font"]).items()}
        contents = page["Contents"]
        parts = contents if isinstance(contents, list) else [contents]
        data = b"\n".join(self.streams[part] for part in parts)
        place = next(n for n, made in self.objects.items() if made is page)
        return self._said(data, fonts, place, everything)

    def _said(
        self, data: bytes, fonts: dict[str, dict[int, str]], page: int, everything: bool
    ) -> str:
        said: list[str] = []
        marks: list[bool] = []
        font: dict[int, str] = {}
        waiting: list[Any] = []
        for value in values(data):
            if not isinstance(value, Operator):
                waiting.append(value)
                continue
            if value in ("BDC", "BMC"):
                marks.append(waiting[0] == "Artifact" or self._is_aside(waiting, page))
            elif value == "EMC":
                marks.pop()
            elif value == "Tf":
                font = fonts[waiting[0]]
            elif value in ("Tj", "TJ") and (everything or not any(marks)):
                said.append(decoded(waiting[0], font))
            elif value in ("BT", "ET", "Tm", "Td", "T*"):
                said.append(" ")
            waiting = []
        return "".join(said)

    def _is_aside(self, mark: list[Any], page: int) -> bool:
        more = mark[1] if len(mark) > 1 and isinstance(mark[1], dict) else {}
        return (page, int(more.get("MCID", -1))) in self.aside

    def _letters(self, font: Any) -> dict[int, str]:
        return unicode_map(self.streams[self.get(font)["ToUnicode"]])


def decoded(shown: Any, letters: dict[int, str]) -> str:
    pieces = shown if isinstance(shown, list) else [shown]
    codes = b"".join(piece for piece in pieces if isinstance(piece, bytes))
    return "".join(
        letters[int.from_bytes(codes[at : at + 2], "big")] for at in range(0, len(codes), 2)
    )


def unicode_map(data: bytes) -> dict[int, str]:
    found: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", data, re.DOTALL):
        for code, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", data, re.DOTALL):
        for first, last, text in re.findall(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = int.from_bytes(bytes.fromhex(text.decode()), "big")
            for place, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                found[code] = chr(start + place)
    return found
