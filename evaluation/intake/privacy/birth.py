"""Dates of birth: a date too early to be of the study, or any date after a word about birth.

A date that makes a person of this study born, and not interviewed, lies years before its first
wave. Without dates of waves only the words tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

KIND = "birth_date"

EARLIEST = 1930
YOUNGEST = 3
"""Nobody who is asked is younger, in years; nothing that is older was an interview."""
MONTHS = (
    r"янв\w*|фев\w*|мар\w*|апр\w*|ма[йя]|июн\w*|июл\w*|авг\w*|сен\w*|окт\w*|ноя\w*|дек\w*"
    r"|қаң\w*|ақп\w*|нау\w*|сәу\w*|мам\w*|мау\w*|шіл\w*|там\w*|қыр\w*|қаз\w*|қар\w*|жел\w*"
    r"|jan\w*|feb\w*|apr\w*|may|jun\w*|jul\w*|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*"
)
NUMERIC = r"(?:\d{1,2}([./-])\d{1,2}\1(?P<y1>\d{4})|(?P<y2>\d{4})([./-])\d{1,2}\4\d{1,2})"
IN_TEXT = re.compile(rf"(?<![\d№.-])(?<!от )(?<!№ )(?<!dated ){NUMERIC}(?![\d-])(?!T\d)(?! \d\d:)")
ALONE = re.compile(
    rf"^ *(?:\d{{1,2}} (?:{MONTHS}),? (?P<y1>\d{{4}})"
    rf"|(?P<y2>\d{{4}})(?: ж\.| жыл\w*| г\.)?,? \d{{1,2}}[- ]?(?:{MONTHS})"
    rf"|(?:{MONTHS}) \d{{1,2}},? (?P<y3>\d{{4}}))(?: ?г\w*\.?| ?ж\w*\.?)? *$",
    re.IGNORECASE | re.MULTILINE,
)
MIDNIGHT = re.compile(r"^(?P<y1>\d{4})-\d\d-\d\d[T ]00:00(?::00)?$", re.MULTILINE)
ABOUT_BIRTH = (
    r"род(?:ил|ив|ом|жд)\w*|рожд\w*|д\.? ?р\.?|г\.? ?р\.?|туған\w*|туылған\w*|born|birth\w*|dob"
)
WORDS = re.compile(
    rf"(?<!\w)(?:{ABOUT_BIRTH})(?!\w)[^\d\n]{{0,25}}"
    rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{1,2}} (?:{MONTHS})|(?:19|20)\d\d)",
    re.IGNORECASE,
)
YEAR = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?:[- ]?(?:г|го|ж)\.?)? ?(?:г\.? ?р\.?(?!\w)|ж\.? ?т\.?(?!\w)"
    r"|(?:года|году) рождения|жылы? туған|жылғы туған)",
    re.IGNORECASE,
)


def birth_year_before(first_day: date | None) -> int | None:
    """The last year that a date of birth can have, by the first day of the first wave."""
    return None if first_day is None else first_day.year - YOUNGEST


def find(text: str, last_year: int | None) -> Iterator[int]:
    for pattern in (WORDS, YEAR):
        for found in pattern.finditer(text):
            yield found.start()
    if last_year is None:
        return
    for pattern in (IN_TEXT, ALONE, MIDNIGHT):
        for found in pattern.finditer(text):
            said = next(year for year in found.groupdict().values() if year)
            if EARLIEST <= int(said) <= last_year:
                yield found.start()
