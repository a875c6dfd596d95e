"""The child code RR-NNNNN-C: region of first enrolment, five random digits, a check digit.

Check digit by ISO 7064 MOD 11,10: it catches every single wrong digit and 97.8 % of swapped
neighbours. Digits and hyphens only, so that no Latin or Cyrillic twin and no lost leading
zero can change it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

CODE = re.compile(r"(\d{2})-(\d{5})-(\d)")
PREFIX = re.compile(r"\d{2}")

NUMBERS = 100_000
"""How many codes a region has."""


class Slip(StrEnum):
    DIGIT = "digit"  # one digit is another
    SWAP = "swap"  # two neighbours have changed places


@dataclass(frozen=True, slots=True)
class Correction:
    """A code that one slip of the pen away was typed otherwise. `digit`: which one, from the left,
    counted from 1 without the hyphens; of two that changed places the first."""

    code: str
    slip: Slip
    digit: int


def check_digit(digits: str) -> str:
    """ISO 7064 MOD 11,10 over `digits`, from the left."""
    product = 10
    for digit in digits:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return str((11 - product) % 10)


def child_code(region: str, number: int) -> str:
    digits = f"{region}{number:05d}"
    return f"{region}-{number:05d}-{check_digit(digits)}"


def is_child_code(text: str) -> bool:
    found = CODE.fullmatch(text)
    return found is not None and check_digit(found[1] + found[2]) == found[3]


def corrections(text: str) -> tuple[Correction, ...]:
    """Every code that is one wrong digit or one swap of neighbours from `text`: about eight.

    `text` has the form of a code; its check digit does not fit.
    """
    digits = text.replace("-", "")
    found = [
        Correction(_written(digits[:place] + other + digits[place + 1 :]), Slip.DIGIT, place + 1)
        for place in range(len(digits))
        for other in "0123456789"
    ]
    found += [
        Correction(
            _written(digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]),
            Slip.SWAP,
            place + 1,
        )
        for place in range(len(digits) - 1)
    ]
    return tuple(each for each in found if is_child_code(each.code) and each.code != text)


def _written(digits: str) -> str:
    return f"{digits[:2]}-{digits[2:7]}-{digits[7:]}"
