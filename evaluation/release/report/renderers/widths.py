"""How wide the columns of a table are, where a format does not find out by itself."""

from __future__ import annotations

from math import ceil

from evaluation.release.report.blocks import Align, Table

ROOM = 2  # letters: the margins of a cell
APART = 2  # letters between a number and words behind it
BOLD = 1.2  # titles are set in it, and take so much more room
LEAST = {Align.NUMBER: 7, Align.TEXT: 3}
"""Letters: a number with its sign, or a short name."""
MOST = {Align.NUMBER: 21, Align.TEXT: 31}
"""Letters after which a cell is rather broken than the table squeezed."""


def shares(table: Table) -> tuple[float, ...]:
    """Parts of the table's width, which add up to 1: a column is as wide as its longest cell and
    the longest word of its title ask for."""
    wanted = [_letters(table, place) for place in range(len(table.columns))]
    return tuple(letters / sum(wanted) for letters in wanted)


def _letters(table: Table, place: int) -> int:
    column = table.columns[place]
    rows = (row for group in table.groups for row in group.rows)
    cells = tuple(row.cells[place - 1] if place else row.head for row in rows)
    longest = max(map(len, cells), default=0)
    if place and cells and not longest:  # to be filled in by hand
        return MOST[column.align]
    title = ceil(BOLD * max(map(len, column.title.split()), default=0))
    room = ROOM + (APART if turns(table, place) else 0)
    return min(max(longest, title, LEAST[column.align]), MOST[column.align]) + room


def turns(table: Table, place: int) -> bool:
    """Words behind a number stand further off: both would lean on the same line."""
    before, here = table.columns[place - 1].align, table.columns[place].align
    return place > 0 and (before, here) == (Align.NUMBER, Align.TEXT)
