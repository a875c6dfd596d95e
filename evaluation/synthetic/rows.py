"""Rows as somebody would type them: one array of texts a column, "" for an empty cell.

Texts, not numbers, because the files that staff send hold texts and because faults are texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Rows:
    columns: Mapping[str, Column]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def take(self, which: NDArray[Any]) -> Rows:
        """By position or by a mask."""
        return Rows({name: column[which] for name, column in self.columns.items()})

    def replaced(self, name: str, column: Column) -> Rows:
        return Rows({**self.columns, name: column})

    def with_cell(self, name: str, row: int, text: str) -> Rows:
        column = self.columns[name].copy()
        column[row] = text
        return self.replaced(name, column)

    def each(self) -> Iterator[tuple[str, ...]]:
        return zip(*(column.tolist() for column in self.columns.values()), strict=True)


def stacked(parts: Sequence[Rows]) -> Rows:
    if len(parts) == 1:
        return parts[0]
    names = parts[0].columns
    return Rows({name: np.concatenate([part.columns[name] for part in parts]) for name in names})


def texts(words: Sequence[str], which: NDArray[np.integer[Any]]) -> Column:
    """`words[which]` without making a new text for every cell: a million cells share five."""
    chosen: Column = np.array(words, dtype=object)[which]
    return chosen
