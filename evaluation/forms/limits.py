"""What an answer must satisfy, in the language of XForms: said on the tablet, before it is sent."""

from __future__ import annotations

from evaluation.design import Field, FieldType
from evaluation.forms.prompts import EARLIEST

CHECKED, CHECK_DIGIT = (0, 1, 3, 4, 5, 6, 7), 9
"""Where in a child code its digits stand; hyphens are at 2 and 8."""


def constraint_of(field: Field) -> str:
    """An XPath expression about `.`, the answer; "" where the type says everything."""
    if field.type is FieldType.DATE:
        return f". >= date('{EARLIEST.isoformat()}')"
    bounds = ((">=", field.minimum), ("<=", field.maximum))
    said = [f". {sign} {bound}" for sign, bound in bounds if bound is not None]
    if field.pattern is not None:
        said.append(f"regex(., {_quoted(f'^(?:{field.pattern})$')})")
    if field.check is not None:
        said.append(CHECKS[field.check])
    return " and ".join(said)


def _quoted(text: str) -> str:
    """XPath has no escapes: a text with an apostrophe is put together from parts."""
    if "'" not in text:
        return f"'{text}'"
    parts = ', "\'", '.join(f"'{part}'" for part in text.split("'"))
    return f"concat({parts})"


def _check_digit() -> str:
    """ISO 7064 MOD 11,10 in one expression: a step a digit, each around the one before it.

    `((p + d - 1) mod 10) + 1` is the standard's "10 where the remainder is 0", for p is never 0.
    A hidden question a step would be easier to read and would be a column of every export.
    """
    product = "10"
    for place in CHECKED:
        product = f"((2 * ((({product} + {_digit(place)} - 1) mod 10) + 1)) mod 11)"
    return f"(({product} + {_digit(CHECK_DIGIT)}) mod 10) = 1"


def _digit(place: int) -> str:
    return f"number(substr(., {place}, {place + 1}))"


CHECKS = {"child_code": _check_digit()}
