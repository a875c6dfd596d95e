"""Bank accounts by IBAN (ИИК): told by the country, the length and the remainder of 97."""

from __future__ import annotations

import re
from collections.abc import Iterator

KIND = "iban"
LENGTHS = {
    "KZ": 20,
    "AZ": 28,
    "BY": 28,
    "GE": 22,
    "DE": 22,
    "AE": 23,
    "TR": 26,
    "UA": 29,
    "PL": 28,
    "IQ": 23,
    "JO": 30,
    "LB": 28,
}
"""Of the countries whose accounts families of this programme may have (ISO 13616)."""
BEGINNING = re.compile(rf"(?<![A-Z0-9])(?:{'|'.join(LENGTHS)}) ?\d\d(?: ?[A-Z0-9]){{11,26}}", re.I)


def find(text: str) -> Iterator[int]:
    for found in BEGINNING.finditer(text):
        signs = found[0].replace(" ", "").upper()
        account = signs[: LENGTHS[signs[:2]]]
        if len(account) == LENGTHS[signs[:2]] and is_iban(account):
            yield found.start()


def is_iban(account: str) -> bool:
    """ISO 7064 MOD 97-10 over the account with its first four signs moved to the end."""
    moved = account[4:] + account[:4]
    return int("".join(str(int(sign, 36)) for sign in moved)) % 97 == 1
