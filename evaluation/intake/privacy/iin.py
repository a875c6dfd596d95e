"""IIN (ИИН, ЖСН), the twelve-digit number of a person, told by its check digit.

Since 2013 its digits need not be a birth date, so no date is asked of it (domain.md §4.4). One in
ten random twelve-digit numbers passes the check; a questionnaire has no twelve-digit numbers at
all, so here that costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

GROUPED = re.compile(r"(?<!\d)(\d{6})[ \u00a0-]?(\d{6})(?!\d)")
DESTROYED = re.compile(r"(?<!\d)\d[.,]\d{2,}[Ee]\+1[01](?!\d)")
"""What Excel makes of a column of IINs when it saves it as CSV."""
SHORTENED = re.compile(r"\d{9,11}")
FIRST_WEIGHTS = range(1, 12)
SECOND_WEIGHTS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
FEWEST = 3
SHARE = 0.8


def is_iin(digits: str) -> bool:
    """`digits` are twelve. Where both rounds of weights give 10, the number is never issued."""
    numbers = [int(digit) for digit in digits]
    for weights in (FIRST_WEIGHTS, SECOND_WEIGHTS):
        rest = sum(w * n for w, n in zip(weights, numbers, strict=False)) % 11
        if rest < 10:
            return rest == numbers[11]
    return False


def find(text: str) -> Iterator[int]:
    """Where in the text, which may be many cells a line each, something like an IIN begins."""
    for found in GROUPED.finditer(text):
        if is_iin(found[1] + found[2]):
            yield found.start()
    for found in DESTROYED.finditer(text):
        yield found.start()


def shortened(texts: tuple[str, ...]) -> list[int]:
    """Places in a column of IINs that lost their leading zeros, as numbers in Excel do.

    One number of eleven digits proves nothing; a column of them of which nearly all pass does.
    """
    places = [place for place, text in enumerate(texts) if SHORTENED.fullmatch(text)]
    passing = [place for place in places if is_iin(texts[place].zfill(12))]
    if len(passing) >= FEWEST and len(passing) >= SHARE * len(places):
        return passing
    return []
