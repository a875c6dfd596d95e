"""The words of an HTML report; a cell is known by its table, row and column."""

from __future__ import annotations

from html.parser import HTMLParser

from evaluation.release.rereading.lines import Kind, Line, Place, UnreadableError

SILENT = frozenset({"style", "script", "svg"})
BREAKS = frozenset(
    {
        *("p", "h1", "h2", "h3", "li", "dt", "dd", "div", "span", "title"),
        *("table", "caption", "tr", "td", "th", "figcaption", "summary"),
    }
)


def read(content: bytes) -> tuple[Line, ...]:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadableError from None
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.end_piece()
    return tuple(reader.lines)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self._piece: list[str] = []
        self._silent = 0
        self._section = self._before = ""
        self._caption = self._row = ""
        self._columns: list[str] = []
        self._column = -1
        self._tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self._silent += 1
        if tag in BREAKS:
            self.end_piece()
            self._tag = tag if tag != "span" else self._tag
        if tag == "table":
            self._caption, self._columns = "", []
        if tag == "tr":
            self._row, self._column = "", -1
        if tag in ("td", "th"):
            self._column += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silent = max(self._silent - 1, 0)
        if tag in BREAKS:
            self.end_piece()
        if tag == "table":
            self._caption = ""

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._piece.append(data)

    def end_piece(self) -> None:
        """What was said since the last break is one line, if it is anything."""
        text = " ".join("".join(self._piece).split())
        self._piece = []
        if text:
            self.lines.append(Line(text, self._place()))
            self._remember(text)

    def _place(self) -> Place:
        if self._caption and self._tag in ("td", "th"):
            column = self._columns[self._column : self._column + 1]
            return Place(Kind.CELL, (self._caption, self._row, "".join(column)))
        return Place(Kind.TEXT, (self._section, self._before))

    def _remember(self, text: str) -> None:
        if self._tag == "h2":
            self._section = text
        elif self._tag == "caption":
            self._caption = text
        elif self._tag == "th" and not self._row and self._column == 0 and self._columns:
            self._row = text
        elif self._tag == "th":
            self._columns.append(text)
        self._before = text
