"""What a typed date means, where it can mean only one thing.

`05.12.2022` is the fifth of December wherever this study is done. `05/12/2022` is not: it is read
only where the day cannot be a month. Nothing is guessed (domain.md §5, rows 13 and 14).
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from evaluation.intake.recognise.translation import Translation

_HOUR = r"(?:[T ][\d:.,]+(?:Z|[+-]\d\d:?\d\d)?)?"
_YEAR_FIRST = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})" + _HOUR)
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?: ?[гж]\.?)?" + _HOUR)
_EITHER = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}[-./]\d{1,2}[-./]\d{2}")
_NAMED = re.compile(r"([A-Z][a-z]{2})[a-z]* (\d{1,2}), (\d{4})(?: [\d:]+(?: ?[AP]M)?)?")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SERIAL = re.compile(r"\d{5}")
_EPOCH_1900 = date(1899, 12, 30)  # Excel believes in a 29 February 1900
_EPOCH_1904 = date(1904, 1, 1)


def translate_date(text: str, *, date_1904: bool) -> Translation:
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.fullmatch(text):
        return _day(int(found[3]), int(found[2]), int(found[1]))
    if found := _EITHER.fullmatch(text):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        if first <= 12 and second <= 12 and first != second:
            return Translation(None, "ambiguous_date")
        return _day(year, min(first, second), max(first, second))
    if (found := _NAMED.fullmatch(text)) and found[1] in _MONTHS:  # as SurveyCTO writes it
        return _day(int(found[3]), _MONTHS.index(found[1]) + 1, int(found[2]))
    if _SHORT_YEAR.fullmatch(text):
        return Translation(None, "short_year")
    if _SERIAL.fullmatch(text):
        start = _EPOCH_1904 if date_1904 else _EPOCH_1900
        return Translation((start + timedelta(days=int(text))).isoformat(), None, "date_serial")
    return Translation(None, "not_a_date")


def _day(year: int, month: int, day: int) -> Translation:
    try:
        return Translation(date(year, month, day).isoformat())
    except ValueError:
        return Translation(None, "not_a_date")
