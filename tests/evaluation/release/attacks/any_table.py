"""An attack on tables of which nothing is known: what adds up is found from the numbers themselves.

So a table that a report gains tomorrow is attacked without anybody thinking of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from evaluation.language import Language
from tests.evaluation.release.attacks.files import Sheet, bare
from tests.evaluation.release.disclosure.attacker import BASE, MINIMUM

SAY = Language("en")
WHOLE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
HIDDEN = "[c]"

NOT_CHILDREN = (
    "report.step.regions",
    "report.quality.batches",
    "report.quality.refused",
    "report.column.questions",
    "report.column.turned",
    "report.column.lowest",
    "report.column.highest",
)
"""Rows and columns, by their message, whose whole numbers count no children."""

STATED_ELSEWHERE = "report.column.stated_on"
"""A table with this column repeats what others said in public."""

Place = tuple[int, int]
Equation = tuple[Place, tuple[Place, ...]]
"""A total and its parts."""


def numbers_of(sheet: Sheet) -> dict[Place, int | None]:
    """Whole numbers and what is hidden (None); everything else is no count."""
    width = len(sheet[0])
    return {
        (r, c): None if cell == HIDDEN else int(cell.replace(",", ""))
        for r, row in enumerate(sheet)
        if r and len(row) == width
        for c, cell in enumerate(row)
        if c and (cell == HIDDEN or WHOLE.fullmatch(cell))
    }


def told_in(sheets: Sequence[Sheet]) -> list[str]:
    """Hidden counts that come out small, or nearly so; and those that stand in another table with
    the same heads, in the same row and the same column."""
    found = [each for sheet in sheets if sheet for each in _told(sheet)]
    shown = {(*s[0], s[r][0], s[0][c]) for s, r, c, n in _cells(sheets) if n is not None}
    hidden = {(*s[0], s[r][0], s[0][c]) for s, r, c, n in _cells(sheets) if n is None}
    return found + [f"{place[-2]}, {place[-1]}: shown elsewhere" for place in hidden & shown]


def too_exact(sheets: Sequence[Sheet]) -> list[str]:
    """Whole numbers that no gate let out: under the minimum, or not rounded."""
    known = {bare(SAY(key)) for key in NOT_CHILDREN}
    return [
        f"{sheet[r][0]}, {sheet[0][c]}"
        for sheet, r, c, number in _cells(sheets)
        if number is not None
        and (number < MINIMUM or number % BASE)
        and not known.intersection((sheet[r][0], sheet[0][c]))
        and bare(SAY(STATED_ELSEWHERE)) not in sheet[0]
    ]


def _cells(sheets: Sequence[Sheet]) -> Iterator[tuple[Sheet, int, int, int | None]]:
    for sheet in sheets:
        for (r, c), number in numbers_of(sheet).items() if sheet else ():
            yield sheet, r, c, number


def _told(sheet: Sheet) -> Iterator[str]:
    numbers = numbers_of(sheet)
    equations = sums_in(sheet)
    cells = list(numbers)
    # A number under the minimum counts no children (see too_exact); any other is at least that.
    low = [
        0 if n is None else max(MINIMUM if n >= MINIMUM else 0, n - BASE // 2)
        for n in numbers.values()
    ]
    high = [1e5 if n is None else n + BASE // 2 for n in numbers.values()]
    rules = [
        LinearConstraint([(c == total) * 1.0 - (c in parts) for c in cells], 0, 0)
        for total, parts in equations
    ]
    for place in {p for total, parts in equations for p in (total, *parts)}:
        if numbers[place] is None:
            aim = np.array([float(cell == place) for cell in cells])
            ends = [
                milp(
                    sign * aim,
                    constraints=rules,
                    bounds=Bounds(low, high),
                    integrality=np.ones(len(cells)),
                )
                for sign in (1, -1)
            ]
            if all(end.success for end in ends):
                least, most = round(ends[0].fun), round(-ends[1].fun)
                if most < MINIMUM or (most - least < 5 and least < MINIMUM):
                    yield f"{sheet[place[0]][0]}, {sheet[0][place[1]]}: {least} to {most}"


def sums_in(sheet: Sheet) -> list[Equation]:
    """Columns that are the sum of all the others, and rows that are; as far as what is shown says
    so, and nothing that is shown says otherwise."""
    numbers = numbers_of(sheet)
    found: list[Equation] = []
    for turned in (False, True):
        lines: dict[int, dict[int, Place]] = {}
        for r, c in numbers:
            line, along = (c, r) if turned else (r, c)
            lines.setdefault(line, {})[along] = (r, c)
        alongs = sorted({along for line in lines.values() for along in line})
        if len(alongs) < 3:
            continue
        for total in (alongs[-1], alongs[0]):
            here = [
                (line[total], tuple(line[along] for along in alongs if along != total))
                for line in lines.values()
                if len(line) == len(alongs)
            ]
            if _adds_up(here, numbers):
                found += here
                break
    return found


def _adds_up(equations: Sequence[Equation], numbers: dict[Place, int | None]) -> bool:
    seen = 0
    for total, parts in equations:
        counts = [numbers[place] for place in (total, *parts)]
        if None in counts:
            continue
        whole, *some = (n or 0 for n in counts)
        if abs(whole - sum(some)) > (len(parts) + 1) * (BASE // 2):
            return False
        seen += whole > 0
    return seen > 0
