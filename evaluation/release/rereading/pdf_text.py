"""The words of a PDF report, page by page: as much of ISO 32000-1 as our own PDFs need.

Objects (7.3), text with its ToUnicode maps (9.10.3); object streams, which they have not, are not
looked into. A file that another programme took apart may say the same in other ways; then it cannot
be read, which tells enough.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from evaluation.release.rereading.lines import Kind, Line, Place, UnreadableError

LARGEST = 50_000_000  # bytes of one stream, unpacked
OBJECT = re.compile(rb"(?<!\d)(\d+) 0 obj\b(.*?)\bendobj", re.DOTALL)
REFERENCE = re.compile(rb"(\d+) 0 R")
TOKEN = re.compile(rb"\s*(\(|<[0-9A-Fa-f\s]*>|\[|\]|/[^\s<>\[\]()/%{}]*|[^\s<>\[\]()/]+|<<|>>)")
NEWLINES = frozenset({b"BT", b"ET"})
SHOWN = frozenset({b"Tj", b"TJ"})
Letters = dict[int, str]


def read(content: bytes) -> tuple[Line, ...]:
    try:
        return tuple(_Pdf(content).lines())
    except (KeyError, ValueError, IndexError, zlib.error):
        raise UnreadableError from None


class _Pdf:
    def __init__(self, content: bytes) -> None:
        self.bodies: dict[int, bytes] = {}
        self.streams: dict[int, bytes] = {}
        for match in OBJECT.finditer(content):
            self._keep(int(match[1]), match[2])

    def _keep(self, number: int, body: bytes) -> None:
        head, found, rest = body.partition(b"stream")
        self.bodies[number] = head
        if found:
            raw = rest.lstrip(b"\r").removeprefix(b"\n").rpartition(b"endstream")[0]
            packed = b"/FlateDecode" in head
            self.streams[number] = zlib.decompressobj().decompress(raw, LARGEST) if packed else raw

    def lines(self) -> Iterator[Line]:
        for number, page in enumerate(self._pages(), start=1):
            before = ""
            for text in self._said(page):
                yield Line(text, Place(Kind.PAGE, (str(number), before)))
                before = text if len(text) > 1 else before  # charts are set letter by letter

    def _pages(self) -> Iterator[bytes]:
        catalogs = [b for b in self.bodies.values() if re.search(rb"/Type\s*/Catalog", b)]
        catalog = catalogs[-1]  # the last one counts
        waiting = [int(_required(rb"/Pages\s+(\d+) 0 R", catalog)[1])]
        seen: set[int] = set()
        while waiting:
            number = waiting.pop(0)
            if number in seen:
                raise ValueError("a page that is its own parent")
            seen.add(number)
            body = self.bodies[number]
            kids = re.search(rb"/Kids\s*\[(.*?)\]", body, re.DOTALL)
            if kids:
                waiting = [int(kid) for kid in REFERENCE.findall(kids[1])] + waiting
            else:
                yield body

    def _said(self, page: bytes) -> Iterator[str]:
        fonts = self._fonts(page)
        found = _required(rb"/Contents\s*(\[.*?\]|\d+ 0 R)", page)
        parts = [int(part) for part in REFERENCE.findall(found[1])]
        letters: Letters = {}
        said: list[str] = []
        waiting: list[bytes] = []
        for token in _tokens(b"\n".join(self.streams[part] for part in parts)):
            if token == b"Tf":
                letters = fonts[waiting[-2]]
            elif token in SHOWN:
                said.append(_decoded(waiting, letters))
            elif token in NEWLINES:
                yield from _whole(said)
                said = []
            waiting = [] if token.isalpha() else [*waiting, token]

    def _fonts(self, page: bytes) -> dict[bytes, Letters]:
        resources = self._of(page, rb"/Resources")
        named = re.findall(rb"(/[^\s/<>]+)\s+(\d+) 0 R", self._of(resources, rb"/Font"))
        return {name: self._letters(int(font)) for name, font in named}

    def _of(self, body: bytes, key: bytes) -> bytes:
        """What stands under the key: the object it leads to, or all that follows."""
        found = re.search(key + rb"\s+(\d+) 0 R", body)
        return self.bodies[int(found[1])] if found else body.partition(key)[2]

    def _letters(self, font: int) -> Letters:
        leads = re.search(rb"/ToUnicode\s+(\d+) 0 R", self.bodies[font])
        return _unicode_map(self.streams[int(leads[1])]) if leads else {}


def _required(pattern: bytes, body: bytes) -> re.Match[bytes]:
    found = re.search(pattern, body, re.DOTALL)
    if found is None:
        raise ValueError("something every PDF has is not there")
    return found


def _whole(said: list[str]) -> Iterator[str]:
    if text := " ".join("".join(said).split()):
        yield text


def _tokens(data: bytes) -> Iterator[bytes]:
    at = 0
    while match := TOKEN.search(data, at):
        at = _string_end(data, match.start(1)) if match[1] == b"(" else match.end()
        yield data[match.start(1) : at]


def _string_end(data: bytes, at: int) -> int:
    """Where a string ends: brackets inside of it stand in pairs or after a backslash."""
    deep = 0
    while True:
        deep += {b"(": 1, b")": -1}.get(data[at : at + 1], 0)
        if at >= len(data):
            raise ValueError("a string without an end")
        at += 2 if data[at : at + 1] == b"\\" else 1
        if not deep:
            return at


def _decoded(shown: list[bytes], letters: Letters) -> str:
    codes = b"".join(_string(token) for token in shown)
    pairs = (codes[at : at + 2] for at in range(0, len(codes), 2))
    return "".join(letters.get(int.from_bytes(pair, "big"), "\ufffd") for pair in pairs)


ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def _string(token: bytes) -> bytes:
    if token.startswith(b"<"):
        return bytes.fromhex(token[1:-1].decode("ascii"))
    if not token.startswith(b"("):
        return b""
    return re.sub(rb"\\([0-7]{1,3}|.)", _unescaped, token[1:-1], flags=re.DOTALL)


def _unescaped(found: re.Match[bytes]) -> bytes:
    if found[1].isdigit():
        return bytes([int(found[1], 8) % 256])
    return ESCAPES.get(found[1], found[1])


def _unicode_map(data: bytes) -> Letters:
    found: Letters = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", data, re.DOTALL):
        for code, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", data, re.DOTALL):
        for first, last, text in re.findall(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = int(text, 16)
            for place, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                found[code] = chr(start + place)
    return found
