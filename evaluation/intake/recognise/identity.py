"""Which submission each row is, by the number that its tool gave it (peers.md §5.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.intake.reading.sheets import Column
from evaluation.intake.recognise.layout import Layout
from evaluation.records.submissions import submission_key

PREFIX = "uuid:"
ANYTHING = re.compile(r".*", re.DOTALL)
# Kept as it stands, so nothing but a count or a moment may pass.
EDITION = re.compile(r"\d{1,6}|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[\d.:Z+-]{0,20}")


@dataclass(frozen=True, slots=True)
class Identities:
    """Of each row: `keys` are "" where no tool numbered it, `editions` where none counts edits."""

    keys: NDArray[np.object_]
    editions: NDArray[np.object_]

    def older(self) -> NDArray[np.bool_]:
        """Rows of which a later edition stands in the same file."""
        latest: dict[str, tuple[str, int]] = {}
        for row, (key, edition) in enumerate(zip(self.keys, self.editions, strict=True)):
            if key:
                latest[key] = max(latest.get(key, ("", -1)), (edition, row))
        return np.array(
            [bool(k) and latest[k][1] != r for r, k in enumerate(self.keys)], dtype=bool
        )


def find_identities(layout: Layout, rows: NDArray[np.int64]) -> Identities:
    """The surest number that a row has: the first of the source's that is filled in."""
    columns: dict[str, Column] = {}
    for header, column in zip(layout.headers, layout.sheet.columns, strict=True):
        columns.setdefault(header.lower(), column.below(rows))
    numbers = _first(columns, layout.source.identity, len(rows))
    form = layout.instrument.id
    return Identities(
        keys=np.array(
            [submission_key(form, number) if number else "" for number in numbers], dtype=object
        ),
        editions=_first(columns, layout.source.edition, len(rows), EDITION),
    )


def _first(
    columns: dict[str, Column],
    wanted: tuple[str, ...],
    rows: int,
    form: re.Pattern[str] = ANYTHING,
) -> NDArray[np.object_]:
    found = np.full(rows, "", dtype=object)
    for name in wanted:
        if name in columns:
            texts = np.array(
                [_plain(text) if form.fullmatch(text) else "" for text in columns[name].texts],
                dtype=object,
            )
            found = np.where(found == "", texts[columns[name].codes], found)
    return found


def _plain(text: str) -> str:
    """Without what only some exports put before it; counts so that 9 comes before 10."""
    return text.zfill(12) if text.isdecimal() else text.removeprefix(PREFIX)
