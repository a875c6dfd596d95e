"""Telephone numbers of Kazakhstan, however they are grouped (domain.md §4.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Ten national digits that begin with 6 or 7, after nothing, 7, +7 or 8. A line is a cell, so a
# number never goes over the end of one.
PHONE = re.compile(
    r"(?<![\d.,])(?:(?:\+?7|8)[ \t\u00a0()-]*)?[ (]?"
    r"[67](?:[ \t\u00a0()-]*\d){9}(?![.,]?\d)"
)


def find(text: str) -> Iterator[int]:
    for found in PHONE.finditer(text):
        yield found.start()
