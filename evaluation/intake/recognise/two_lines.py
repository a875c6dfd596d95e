"""Headers that take two lines: groups above, questions below, some of them in one line only.

    Code | Date | School        |          "Code" and "Date" stand in the upper line,
         |      | I feel well.  | …        the questions in the lower one

Two lines are taken for one header only where together they name more questions than either, and
where nothing stands below a header of the upper line that could be its first answer.
"""

from __future__ import annotations

from collections.abc import Callable

from evaluation.intake.reading.sheets import Sheet

Known = Callable[[str], bool]


def joined_headers(sheet: Sheet, row: int, known: Known) -> tuple[str, ...] | None:
    """The headers of this row and the next as one; None where the two are not one header."""
    if row + 1 >= sheet.rows:
        return None
    upper, lower = sheet.row(row), sheet.row(row + 1)
    joined = []
    for above, below in zip(upper, lower, strict=True):
        header = _one(above, below, known)
        if header is None:
            return None
        joined.append(header)
    count = sum(map(known, joined))
    best = max(sum(map(known, upper)), sum(map(known, lower)))
    return tuple(joined) if count > best else None


def _one(above: str, below: str, known: Known) -> str | None:
    """The question, whichever line or both say it; None where the lower line is an answer."""
    if not below:
        return above
    both = f"{above} {below}"
    if above and known(both):
        return both
    if known(below) or not known(above):
        return below
    return None
