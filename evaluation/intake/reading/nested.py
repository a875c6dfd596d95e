"""JSON of the collecting tools' interfaces → sheets: nested groups become paths.

KoboToolbox answers with `results`, OData with `value`, SurveyCTO with the bare list. Groups are
joined by a slash, repeats become sheets of their own that say which row they belong to. Runs in
the child process: a list of ten million brackets is a file within every limit of size.
"""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from evaluation.errors import DeliveryError

LISTS = ("results", "value")
START = re.compile(rb'\s*(?:\[\s*[\]\[{"]|\{\s*["}])')
BOM = b"\xef\xbb\xbf"
DEEPEST = 20
"""Groups inside groups; no form has so many."""

MOST_TABLES = 50


@dataclass(frozen=True, slots=True)
class Submissions:
    """`is_part`: the server says that it has more of them."""

    tables: tuple[Table, ...]
    is_part: bool


@dataclass(slots=True)
class Table:
    """One table to be: a column for every path, in the order in which they first come."""

    name: str
    rows: int = 0
    index: dict[str, dict[str, int]] = field(default_factory=dict)
    codes: dict[str, array[int]] = field(default_factory=dict)

    def put(self, path: str, text: str) -> None:
        """The text of the row that is being filled, the last one."""
        codes = self.codes.setdefault(path, array("i"))
        texts = self.index.setdefault(path, {"": 0})
        codes.extend([0] * (self.rows - 1 - len(codes)))
        if len(codes) == self.rows:
            raise DeliveryError("damaged_file")  # one name twice in one submission
        codes.append(texts.setdefault(text, len(texts)))

    def columns(self) -> Iterator[tuple[list[str], array[int]]]:
        """With the path as header on top; `texts[0]` is empty."""
        for path, codes in self.codes.items():
            codes.extend([0] * (self.rows - len(codes)))
            texts = self.index[path]
            header = texts.setdefault(path, len(texts))
            # Half of a letter, which only JSON can spell, could be stored nowhere.
            whole = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
            yield whole, array("i", [header]) + codes


def recognises(content: bytes) -> bool:
    return START.match(_as_bytes(content[:400])) is not None


def read_submissions(content: bytes, *, rows: int, columns: int) -> Submissions:
    """Raises `DeliveryError` where it is not a list of submissions within the limits."""
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        raise DeliveryError("damaged_file") from None
    listed = _listed(said)
    if not all(isinstance(each, dict) for each in listed):
        raise DeliveryError("not_a_table")
    tables = _Tables(rows, columns)
    for number, each in enumerate(listed, start=1):
        tables.add("", each, number, depth=0)
    return Submissions(tuple(tables.all.values()), _is_part(said, len(listed)))


def _is_part(said: object, listed: int) -> bool:
    """A server hands out a hundred or a thousand at a time, and says so in passing."""
    if not isinstance(said, dict):
        return False
    total = said.get("count", said.get("@odata.count"))
    more = isinstance(total, int) and total > listed
    return more or bool(said.get("next") or said.get("@odata.nextLink"))


def _as_bytes(head: bytes) -> bytes:
    """The head in one byte a letter, whatever JSON is written in."""
    return head.decode(json.detect_encoding(head), "ignore").lstrip("\ufeff").encode("utf-8")


def _listed(said: object) -> list[dict[str, object]]:
    if isinstance(said, dict):
        said = next((said[name] for name in LISTS if name in said), None)
    if not isinstance(said, list):
        raise DeliveryError("not_a_table")
    if not said:
        raise DeliveryError("empty_file")
    return said


class _Tables:
    """The main table is called ""; a repeat is called by its path."""

    def __init__(self, rows: int, columns: int) -> None:
        self.all: dict[str, Table] = {"": Table("")}
        self._rows = rows
        self._columns = columns

    def add(self, name: str, record: dict[str, object], parent: int, *, depth: int) -> None:
        table = self.all.setdefault(name, Table(name))
        if len(self.all) > MOST_TABLES or depth > DEEPEST:
            raise DeliveryError("not_a_table")
        table.rows += 1
        if table.rows > self._rows:
            raise DeliveryError("too_many_rows", limit=self._rows)
        if name:
            table.put("_index", str(table.rows))
            table.put("_parent_index", str(parent))
        self._fill(table, "", record, table.rows, depth=depth)

    def _fill(
        self, table: Table, path: str, group: dict[str, object], row: int, *, depth: int
    ) -> None:
        if depth > DEEPEST:
            raise DeliveryError("not_a_table")
        for name, value in group.items():
            if len(table.codes) > self._columns:
                raise DeliveryError("too_many_columns", limit=self._columns)
            if "@odata." in name:
                continue
            here = f"{path}/{name}" if path else name
            if isinstance(value, dict):
                self._fill(table, here, value, row, depth=depth + 1)
            elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
                self._repeat(table, here, value, row, depth=depth)
            else:
                table.put(here, _text(value))

    def _repeat(
        self, table: Table, path: str, value: list[object], row: int, *, depth: int
    ) -> None:
        name = f"{table.name}/{path}" if table.name else path
        for each in value:
            if isinstance(each, dict):
                self.add(name, each, row, depth=depth + 1)


def _text(value: object) -> str:
    if isinstance(value, list):
        return " ".join(_text(each) for each in value if not isinstance(each, list))
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return "" if value is None else str(value)
