"""How wide the columns of a table are, where a format does not find out by itself."""

from __future__ import annotations

from evaluation.release.report.blocks import Align, Table

ROOM = 2  # letters: the margins of a cell, and titles are bold
LEAST = 7  # letters: a number with its sign
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
    cells = (row.cells[place - 1] if place else row.head for row in rows)
    longest = max(map(len, (*cells, *column.title.split())), default=0)
    return min(max(longest, LEAST), MOST[column.align]) + ROOM
