"""A report before it has a format: words and numbers already in the reader's language, no markup.

A `Document` cannot be made without the `ReleasedFacts` that it tells of, so whatever a renderer
is given has passed the gate out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evaluation.errors import DisclosureError
from evaluation.release.disclosure import ReleasedFacts


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Subheading:
    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know while reading what stands above it."""

    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that no report may leave out: M1 to M6 of domain.md §3.5."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class KeyNumber:
    value: str
    label: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyNumbers:
    items: tuple[KeyNumber, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for one outcome. `level` chooses a look, `word` says the same in words."""

    level: str
    title: str
    text: str
    word: str


@dataclass(frozen=True, slots=True)
class Answers:
    items: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Light:
    level: str
    title: str
    word: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    name: str
    text: str
    code: bool = False  # a digest or a version: to be compared letter by letter


@dataclass(frozen=True, slots=True)
class Terms:
    items: tuple[Term, ...]


class Align(StrEnum):
    TEXT = "text"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    align: Align = Align.NUMBER


@dataclass(frozen=True, slots=True)
class Row:
    head: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together; `title` is "" where a table has only one group."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`columns[0]` heads the rows' names; every row has one cell for each other column."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for row in (row for group in self.groups for row in group.rows):
            assert len(row.cells) == len(self.columns) - 1, (self.id, row.head)


@dataclass(frozen=True, slots=True)
class Figure:
    """`svg` is decoration of `table`: who cannot see it reads `alternative` and the table."""

    id: str
    caption: str
    svg: str
    alternative: str
    table: Table
    notes: tuple[str, ...] = ()


Block = (
    Paragraph
    | Subheading
    | Bullets
    | Note
    | Statement
    | KeyNumbers
    | Answers
    | Light
    | Terms
    | Table
    | Figure
)


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """The few words that a format adds around the text."""

    contents: str
    skip: str
    page: str
    figures: str  # heads the figures' tables where they cannot be folded away beside them


@dataclass(frozen=True, slots=True)
class Document:
    """`page_mark` stands on every page ("" where there is nothing to warn of); `citations`: how
    the text points at a table, as printed, and that table's id."""

    facts: ReleasedFacts
    language: str
    kind: str
    title: str
    subtitle: str
    banners: tuple[str, ...]
    page_mark: str
    labels: Labels
    sections: tuple[Section, ...]
    citations: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.facts, ReleasedFacts):
            raise DisclosureError("sealed")
