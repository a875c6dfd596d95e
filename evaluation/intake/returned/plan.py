"""What is to be done to a workbook: plain values, so that a process without the study can do it."""

from __future__ import annotations

from dataclasses import dataclass, field

from evaluation.intake.returned.hidden import Key, Marker

MUST_FIX, PLEASE_CHECK = "must_fix", "please_check"


@dataclass(frozen=True, slots=True)
class Cell:
    """`sheet` counts tabs from 1 as they came; None: the only table of a file without sheets."""

    sheet: int | None
    row: int
    column: str


@dataclass(frozen=True, slots=True)
class Mark:
    """`severity` says how the cell is dressed, `text` is its comment."""

    cell: Cell
    severity: str
    text: str


@dataclass(frozen=True, slots=True)
class Dropdown:
    """The codes that a column offers from row `first` to row `last`."""

    sheet: int | None
    column: str
    first: int
    last: int
    codes: tuple[str, ...]
    title: str
    prompt: str
    error: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of one of our sheets. `link`: where the cell of the page's `linked` column leads.

    `folded` rows repeat the cause of the row above and are shown on demand.
    """

    texts: tuple[str | int, ...]
    key: Key = field(default_factory=Key)
    link: Cell | None = None
    severity: str = ""
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """`columns`: header and width in characters. `sheet`, `linked`: places in `texts` of the
    sheet's title, which only the workbook knows, and of the cell that links."""

    title: str
    heading: str
    intro: tuple[str, ...]
    columns: tuple[tuple[str, int], ...]
    lines: tuple[Line, ...]
    after_title: str
    after: tuple[str, ...]
    marker: Marker
    sheet: int
    linked: int


@dataclass(frozen=True, slots=True)
class Plan:
    """`table`: the title of the sheet that a file without sheets becomes. `first_row`: of data."""

    pages: tuple[Page, ...]
    marks: tuple[Mark, ...] = ()
    dropdowns: tuple[Dropdown, ...] = ()
    table: str = ""
    first_row: int = 2
