"""What a cell may look like, for the instructions: codes of nobody, never an answer of somebody."""

from __future__ import annotations

import re

from evaluation.design import Field, FieldType, Study
from evaluation.records.codes import child_code

NOBODY = child_code("00", 0)
"""No region has the number 00: the code is well-formed and can belong to no child."""


def example_of(field: Field, study: Study) -> str:
    """ "" where the declaration does not say enough to show one."""
    if field.choices is not None:
        return field.choices.codes[0]
    if field.type is FieldType.DATE:
        return _day(study)
    if field.type is FieldType.INTEGER:
        return str(field.minimum or 1)
    return NOBODY if field.check == "child_code" else _shape(field.pattern)


def _day(study: Study) -> str:
    return next((wave.start.isoformat() for wave in study.waves if wave.start), "2022-11-14")


def _shape(pattern: str | None) -> str:
    """A pattern of letters and digits with every digit 0; "" for patterns that say more."""
    if pattern is None:
        return ""
    counted = re.sub(r"\\d\{(\d+)\}", lambda found: "0" * int(found[1]), pattern)
    shape = counted.replace(r"\d", "0")
    return shape if re.fullmatch(pattern, shape) else ""
