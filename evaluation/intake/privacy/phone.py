"""Telephone numbers of Kazakhstan and Russia, mobile and landline, however they are grouped.

A number of a questionnaire is no telephone number: what counts is ten national digits after +7 or
8, ten digits that begin as numbers of Kazakhstan do (domain.md §4.5), a plus and as many digits as
numbers abroad have, or fewer digits after a word that says what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

KIND = "phone"
# A line is a cell, so a number never goes over the end of one.
CANDIDATE = re.compile(r"(?<![\d.,])(?:\+[ (]?\d|\(?[6-9])(?:[ ()/-]{0,3}\d){9,13}(?![.,]?\d)")
NAMED = re.compile(
    r"(?<!\w)(?:тел|моб|сот|ұялы|уялы|what'?s ?app|ватс?апп?|phone|tel|mobile|call)"
    r"[\w.]{0,6}[ .:№-]{0,3}\+?(?:\d[ ()-]{0,2}){5,13}(?!\d)",
    re.IGNORECASE,
)
KAZAKHSTAN = "67"
NATIONAL = "346789"
ABROAD = range(10, 15)
"""How many digits a number has with its country."""


def find(text: str) -> Iterator[int]:
    for found in CANDIDATE.finditer(text):
        if any(_is_number(groups) for groups in _runs(re.findall(r"\+?\d+", _closed(found[0])))):
            yield found.start()
    for found in NAMED.finditer(text):
        yield found.start()


def _closed(text: str) -> str:
    """A plus belongs to the digits after it, whatever stands between: +(7701) …"""
    return re.sub(r"\+\D*", "+", text)


def _runs(groups: list[str]) -> Iterator[list[str]]:
    """Every run of groups: before and after a number may stand others, its grade or a count."""
    for start in range(len(groups)):
        for end in range(start + 1, len(groups) + 1):
            yield groups[start:end]


def _is_number(groups: list[str]) -> bool:
    abroad = groups[0].startswith("+") and groups[0][1:2] != "7"
    groups = [groups[0].lstrip("+"), *groups[1:]]
    digits = "".join(groups)
    if abroad:
        return len(digits) in ABROAD and _is_grouped(groups[1:] or groups)
    if len(digits) == 11 and digits[0] in "78":
        rest = groups[1:] if len(groups[0]) == 1 else [groups[0][1:], *groups[1:]]
        return digits[1] in NATIONAL and _is_grouped(rest)
    if len(digits) != 10:
        return False
    grouped = len(groups) > 1
    return digits[0] in (KAZAKHSTAN + "9" * grouped) and _is_grouped(groups)


def _is_grouped(groups: list[str]) -> bool:
    """As people group: a code of three or more first, never digit by digit. `6 7 8 9 10 11 12` are
    answers of a question with several."""
    return len(groups[0]) >= 3 and all(len(group) >= 2 for group in groups)
