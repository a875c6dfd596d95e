"""A piece of text in a report, and where it stands: enough for a person to find it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Kind(StrEnum):
    CELL = "cell"  # parts: table, row, column
    TEXT = "text"  # parts: section, the text before it
    PAGE = "page"  # parts: number of the page, the text before it


@dataclass(frozen=True, slots=True)
class Place:
    kind: Kind
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Difference:
    """`should`: what the released report says there; None: nothing, something was put in after
    this place. What the other file says is never kept: nobody knows what was written into it."""

    place: Place
    should: str | None


class UnreadableError(Exception):
    """The file is no report of this format, or was taken apart and put together again."""


def differences(released: Sequence[Line], other: Sequence[Line]) -> tuple[Difference, ...]:
    return tuple(_differences(released, other))


def _differences(released: Sequence[Line], other: Sequence[Line]) -> Iterator[Difference]:
    ours, theirs = [line.text for line in released], [line.text for line in other]
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for kind, start, end, _, _ in matcher.get_opcodes():
        if kind == "insert":
            before = released[max(start - 1, 0)].place if released else Place(Kind.TEXT, ("", ""))
            yield Difference(before, None)
        elif kind != "equal":
            yield from (Difference(line.place, line.text) for line in released[start:end])


def in_common(released: Sequence[Line], other: Sequence[Line]) -> float:
    """Share of the released lines that the other file has too, wherever: 0 to 1."""
    theirs = {line.text for line in other}
    return sum(line.text in theirs for line in released) / max(len(released), 1)
