"""A surname with initials: Surname A. B., A.B. Surname, and with one initial where it is a name.

Schools and streets bear the names of people long dead (им. …, … атындағы): those are places.
Classes, groups and answers are called by a letter too (Вариант А.).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evaluation.intake.privacy.letters import CAPITAL, CAPITALISED
from evaluation.intake.privacy.wordlists import ordinary

KIND = "initials"

SURNAME = rf"{CAPITALISED}{{2,}}(?:-{CAPITALISED}{{2,}})?"
LAST = re.compile(rf"(?<![\w.])({SURNAME}) ?,? ([{CAPITAL}]\. ?(?:[{CAPITAL}]\.?(?!\w))?)")
FIRST = re.compile(rf"(?<![\w.])([{CAPITAL}]\. ?)([{CAPITAL}]\. ?)?({SURNAME})(?!\w)")
ENDS = (
    *("ов", "ова", "ев", "ева", "ёв", "ёва", "ин", "ина", "ын", "ына", "ский", "ская", "цкий"),
    *("цкая", "енко", "чук", "юк", "ян", "баев", "баева", "бек", "бай", "қали", "кали", "хан"),
    *("ov", "ova", "ev", "eva", "sky", "enko", "bay", "bek"),
)
NAMED_AFTER = re.compile(
    r"(?<!\w)(?:им|имени|ул|улица|улице|пр|проспект|named after)\.? *$", re.IGNORECASE
)
KAZAKH_NAMED_AFTER = re.compile(r"[» ]* ?(?:ат\.|атындағы|атынд|көшесі|даңғылы)", re.IGNORECASE)


def find(text: str) -> Iterator[int]:
    if ". " not in text and not re.search(rf"[{CAPITAL}]\.", text):
        return
    for found in LAST.finditer(text):
        surname, letters = found.groups()
        if not _is_place(text, found) and (_is_two(letters) or _can_be(surname)):
            yield found.start()
    for found in FIRST.finditer(text):
        _, second, surname = found.groups()
        if not _is_place(text, found) and (second or surname.endswith(ENDS)):
            yield found.start()


def _is_two(letters: str) -> bool:
    return sum(letter.isalpha() for letter in letters) == 2


def _can_be(surname: str) -> bool:
    """One letter after a word at whose end no sentence stops."""
    return surname.lower() not in ordinary("called_by_a_letter")


def _is_place(text: str, found: re.Match[str]) -> bool:
    before = text[max(0, found.start() - 20) : found.start()]
    return bool(NAMED_AFTER.search(before) or KAZAKH_NAMED_AFTER.match(text, found.end()))
