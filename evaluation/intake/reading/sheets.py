"""What every source is read into: sheets whose columns hold each distinct text once.

A questionnaire's column has a handful of distinct texts however many rows there are. All later
work (recognising, scanning for personal data, validating) is done once a distinct text.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.intake.reading.marks import Marks
from evaluation.intake.reading.package_parts import Part
from evaluation.records.findings import Finding

# A cell that only looks filled is empty: no-break and thin spaces, zero-width and soft signs.
BLANKS = (
    " \t\r\n\v\f\u00a0\u00ad\u2002\u2003\u2007"
    "\u2009\u200a\u200b\u200c\u200d\u202f\u2060\u3000\ufeff"
)


@dataclass(frozen=True, slots=True)
class Column:
    """`texts[codes[i]]` is what stands in row i; `texts[0]` is empty."""

    texts: tuple[str, ...]
    codes: NDArray[np.int32]

    def below(self, rows: NDArray[np.int64]) -> Column:
        return Column(self.texts, self.codes[rows])


@dataclass(frozen=True, slots=True)
class Sheet:
    """`number` counts from 1 as the tabs stand; None for a file without sheets."""

    number: int | None
    name: str
    rows: int
    columns: tuple[Column, ...]
    visible: bool = True
    marks: Marks = dataclasses.field(default_factory=Marks)

    def row(self, index: int) -> tuple[str, ...]:
        return tuple(column.texts[column.codes[index]] for column in self.columns)


@dataclass(frozen=True, slots=True)
class Reading:
    sheets: tuple[Sheet, ...]
    findings: tuple[Finding, ...] = ()
    date_1904: bool = False
    parts: tuple[Part, ...] = ()

    @property
    def distinct(self) -> int:
        """How many different texts the columns hold, each column by itself."""
        return sum(len(column.texts) for sheet in self.sheets for column in sheet.columns)


def column_of(texts: Sequence[str], codes: NDArray[np.int32]) -> Column:
    """Strip what cannot be seen; a text of nothing else becomes the empty one."""
    # A null sign is no letter of any alphabet, and no database takes it.
    stripped = tuple(text.replace("\0", "").strip(BLANKS) for text in texts)
    blank = [number for number, text in enumerate(stripped) if not text]
    if len(blank) > 1:
        renumbered = np.arange(len(stripped), dtype=np.int32)
        renumbered[blank] = 0
        codes = renumbered[codes]
    return Column(stripped, codes)


def letter(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA: the column as Excel shows it."""
    name = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
