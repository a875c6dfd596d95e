"""IIN (ИИН, ЖСН), the twelve-digit number of a person, told by its check digit.

Since 2013 its digits need not be a birth date, so no date is asked of twelve digits that stand
together (domain.md §4.4). One in ten random twelve-digit numbers passes the check; a questionnaire
has no twelve-digit numbers at all, so there that costs nothing. A number in pieces, or one that
lost its zeros, could be many other things: of it a birth date is asked as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

KIND = "iin"
WHOLE = re.compile(r"(?<!\d)(?<!\d[.,])\d{12}(?!\d)")
PIECES = re.compile(r"(?<!\d)(?<!\d[.,-])(?<!\d\d )\d{2,6}(?:[ -]\d{2,6}){1,4}(?!\d)(?![ -]\d)")
DESTROYED = re.compile(r"(?<![\w.,])\d(?:[.,]\d+[Ee]\+?|[Ee]\+)1[01](?!\w)")
"""What Excel makes of a column of IINs when it saves it as CSV."""
NAMED = re.compile(r"(?<!\w)(?:ИИН|ЖСН|IIN)[ :№#=.-]{0,3}\d{9,12}(?!\d)", re.IGNORECASE)
SHORTENED = re.compile(r"\d{9,11}")
FIRST_WEIGHTS = range(1, 12)
SECOND_WEIGHTS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
FEWEST = 3
SHARE = 0.8
HALVES = re.compile(r"\d{2,10}")


def is_iin(digits: str) -> bool:
    """`digits` are twelve. Where both rounds of weights give 10, the number is never issued."""
    numbers = [int(digit) for digit in digits]
    for weights in (FIRST_WEIGHTS, SECOND_WEIGHTS):
        rest = sum(w * n for w, n in zip(weights, numbers, strict=False)) % 11
        if rest < 10:
            return rest == numbers[11]
    return False


def has_birth_date(digits: str) -> bool:
    """YYMMDD, then the century and sex: 1 to 6, and 0 for foreigners."""
    return 1 <= int(digits[2:4]) <= 12 and 1 <= int(digits[4:6]) <= 31 and int(digits[6]) <= 6


def find(text: str) -> Iterator[int]:
    """Where in the text, which may be many cells a line each, something like an IIN begins."""
    for found in WHOLE.finditer(text):
        if is_iin(found[0]):
            yield found.start()
    for found in PIECES.finditer(text):
        digits = found[0].replace(" ", "").replace("-", "")
        if len(digits) == 12 and is_iin(digits) and has_birth_date(digits):
            yield found.start()
    for pattern in (DESTROYED, NAMED):
        for found in pattern.finditer(text):
            yield found.start()


def shortened(texts: tuple[str, ...]) -> list[int]:
    """Places in a column of IINs that lost their leading zeros, as numbers in Excel do.

    A number of ten or eleven digits that is the IIN of somebody born from 2000 on is taken for
    one. Nine digits, or another date, prove nothing: a column of them of which nearly all pass the
    check does.
    """
    places = [place for place, text in enumerate(texts) if SHORTENED.fullmatch(text)]
    passing = [place for place in places if is_iin(texts[place].zfill(12))]
    if len(passing) >= FEWEST and len(passing) >= SHARE * len(places):
        return passing
    return [place for place in passing if _of_this_century(texts[place])]


def _of_this_century(text: str) -> bool:
    digits = text.zfill(12)
    return len(text) >= 10 and has_birth_date(digits) and digits[6] in "56"


def halves(pairs: Iterable[tuple[str, str]]) -> list[int]:
    """Which of the distinct pairs of neighbouring cells are one IIN in two columns.

    Two numbers that happen to fit are no proof among many that do not.
    """
    fitting, asked = [], 0
    for place, (left, right) in enumerate(pairs):
        if not (HALVES.fullmatch(left) and HALVES.fullmatch(right)):
            continue
        digits = (left + right).zfill(12) if len(right) == 6 else left + right
        if len(digits) != 12 or len(left) + len(right) < 11:
            continue
        asked += 1
        if is_iin(digits) and has_birth_date(digits):
            fitting.append(place)
    return fitting if 2 * len(fitting) > asked else []
