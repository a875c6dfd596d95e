"""Which tables of a dataset hang together, and which of their cells may be shown.

Tables of the same people (all who answered, all for whom a sum is made) are one system: a total
that two of them show is hidden in both or in none. What earlier reports showed belongs to it too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaluation.design import Grain, Indicator, Instrument, Kind
from evaluation.errors import DisclosureError
from evaluation.records.indicators import ALL, DatasetFound, IndicatorFound, Line
from evaluation.release.disclosure.cells import Cell, Mark, release
from evaluation.release.disclosure.datasets.frames import (
    PART,
    REST,
    TOTAL,
    Parted,
    count_spot,
    counts_frame,
    parts_frame,
    parts_row,
)
from evaluation.release.disclosure.datasets.released import line_key
from evaluation.release.disclosure.ledger import Cells

if TYPE_CHECKING:
    import pandas as pd

Place = tuple[str, str, str]
"""A table's name, and its row and column by label."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One table: its lines, and in the ledger's words what shows each cell (`keys`)."""

    group: str
    name: str
    frame: pd.DataFrame
    keys: Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Shown:
    places: frozenset[Place]

    def count(self, name: str, line: Line) -> bool:
        spot = count_spot(line)
        return (name, spot.row, spot.column) in self.places

    def whole(self, name: str, line: Line) -> bool:
        return (name, parts_row(line), TOTAL) in self.places

    def part(self, name: str, line: Line) -> bool:
        row = parts_row(line)
        return {(name, row, PART), (name, row, REST)} <= self.places


def is_about_things(instrument: Instrument, indicator: Indicator) -> bool:
    """Sessions and agreements are counted as they are; people never."""
    return instrument.grain is not Grain.RESPONDENT and indicator.kind in (Kind.COUNT, Kind.MEAN)


def names_region(instrument: Instrument, indicator: Indicator, line: Line) -> bool:
    """A sum over children of one region, by its name: how many sites stand behind it nobody says,
    so it stays in (domain.md §3.3). Grown-ups who answer for themselves are no children."""
    region = instrument.identity.region
    if instrument.grain is not Grain.AGGREGATE or region not in indicator.by:
        return False
    return line.codes[indicator.by.index(region)] != ALL


def tables_of(instrument: Instrument, found: DatasetFound) -> Iterator[Counted]:
    for each in found.indicators:
        indicator = next((i for i in instrument.indicators if i.id == each.indicator), None)
        if indicator is not None and each.lines and not is_about_things(instrument, indicator):
            yield from _tables(instrument, indicator, each)


def _tables(
    instrument: Instrument, indicator: Indicator, found: IndicatorFound
) -> Iterator[Counted]:
    if indicator.kind is Kind.SHARE:
        of = (indicator.whole, indicator.less, sorted(indicator.of))
        yield _parts(instrument, indicator, found.lines, f"parts {of} {_where(indicator)}")
        return
    if indicator.kind is not Kind.SUM:
        one_each = [line for line in found.lines if not line.topic]
        yield _counts(instrument, indicator, one_each, f"people {_where(indicator)}")
    for topic in dict.fromkeys(line.topic for line in found.lines):
        lines = [line for line in found.lines if line.topic == topic]
        if indicator.kind is Kind.SUM:
            yield _counts(instrument, indicator, lines, f"sum {indicator.id} {topic}")
        elif indicator.reached is not None:
            yield _parts(instrument, indicator, lines, f"reached {indicator.id} {topic}")


def _where(indicator: Indicator) -> str:
    return str(sorted(indicator.where.items()))


def table_name(indicator: Indicator, line: Line, *, parts: bool = False) -> str:
    split = indicator.kind is Kind.SUM or parts
    return f"{indicator.id}/{line.topic if split else '-'}{'/parts' if parts else ''}"


def _counts(
    instrument: Instrument, indicator: Indicator, lines: Sequence[Line], group: str
) -> Counted:
    keys = {
        (count_spot(line).row, count_spot(line).column): _key(instrument, indicator, line, "n")
        for line in lines
    }
    return Counted(group, table_name(indicator, lines[0]), counts_frame(indicator, lines), keys)


def _parts(
    instrument: Instrument, indicator: Indicator, lines: Sequence[Line], group: str
) -> Counted:
    parted = [Parted(line, *whole_and_part(line)) for line in lines]
    keys: dict[tuple[str, str], str] = {}
    for line in lines:
        share, n = (_key(instrument, indicator, line, name) for name in ("share", "n"))
        row = parts_row(line)
        keys |= {(row, PART): share, (row, REST): share, (row, TOTAL): n}
    name = table_name(indicator, lines[0], parts=True)
    return Counted(group, name, parts_frame(indicator, parted), keys)


def whole_and_part(line: Line) -> tuple[int, int]:
    whole = line.n if line.answered is None else line.answered
    # Sums that contradict themselves were held at the gate in; older ones cannot be shown.
    part = line.part or 0
    return (whole, part) if whole >= part else (0, 0)


def _key(instrument: Instrument, indicator: Indicator, line: Line, name: str) -> str:
    return f"{line_key(instrument.id, indicator.id, line.codes, line.topic)}/{name}"


def shown_places(
    now: Sequence[Counted],
    before: Sequence[tuple[Sequence[Counted], Cells]],
    *,
    minimum: int,
    base: int,
) -> Shown:
    """`before`: the same dataset's tables in every earlier report, and what its ledger says."""
    places: set[Place] = set()
    for group in dict.fromkeys(table.group for table in now):
        tables = [table for table in now if table.group == group]
        then = [([t for t in old if t.group == group], cells) for old, cells in before]
        places |= _shown(tables, [e for e in then if e[0]], minimum, base)
    return Shown(frozenset(places))


def _shown(
    tables: Sequence[Counted],
    before: Sequence[tuple[Sequence[Counted], Cells]],
    minimum: int,
    base: int,
) -> set[Place]:
    from evaluation.release.disclosure.datasets.past import earlier_tables
    from evaluation.release.disclosure.tables.protection import protect_tables

    try:
        released = protect_tables(
            {table.name: table.frame for table in tables},
            minimum=minimum,
            base=base,
            importance={},
            earlier=[earlier_tables(old, cells) for old, cells in before],
        )
    except DisclosureError:
        return set()  # nothing of it leaves: that is always safe, and the report need not wait
    return {
        (part.name, str(row), str(column))
        for part in released.parts
        for row, line in zip(part.index, part.cells, strict=True)
        for column, cell in zip(part.columns, line, strict=True)
        if not isinstance(cell, Mark)
    }


def said_before(text: str | None) -> Cell:
    """A cell of an earlier report as the tables' gate reads it: shown or not."""
    hidden = text is None or text.startswith("[")
    return Mark.CONFIDENTIAL if hidden else release(0)
