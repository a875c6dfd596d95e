"""Identity cards, passports and birth certificates: a number beside the paper's name.

Nine digits alone are anything; only with the word in front do they count (domain.md §4.5).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

KIND = "document"

BEGINNINGS = (
    *("паспорт", "удост", "уд", "свид", "куәлі", "төлқұжат"),
    *("passport", "identity", "id", "certificate", "birth", "pasport"),
)
PAPER = (
    r"(?:загран)?паспорт\w*|уд(?:остоверени\w*|остов?\w*)?\.? ?лич(?:ности|н)?\.?"
    r"|свид(?:етельств\w*)?\.? ?о рожд(?:ении)?\.?|(?:жеке|туу туралы) куәлі\w*|төлқұжат\w*"
    r"|passport|pasport|identity card|id card|birth certificate"
)
NUMBER = re.compile(
    rf"(?<!\w)(?:{PAPER})(?: ?(?:№|no\.?|nr\.?|number|номер\w*|нөмір\w*|серия|сериясы))*"
    r"[ :.,№#-]{0,4}(?:[A-ZА-Я]{1,2}[ -]?)?\d(?:[ -]?\d){5,9}(?!\w)",
    re.IGNORECASE,
)


def may_hold(words: Collection[str]) -> bool:
    """Whether any of the distinct words, in small letters, is worth a closer look."""
    return any(word.startswith(BEGINNINGS) or "паспорт" in word for word in words)


def find(text: str) -> Iterator[int]:
    for found in NUMBER.finditer(text):
        yield found.start()
