"""Answers that a field's rule explains: what the scan for personal data need not look at."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from evaluation.design import Field, FieldType
from evaluation.intake.recognise.answers import Answers
from evaluation.intake.recognise.layout import Layout

DATE = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{1,4}")
"""What stands in a column of dates and looks like one is no birthday, but a slip of the pen."""


def explained(
    layout: Layout, answers: tuple[Answers, ...]
) -> Mapping[tuple[int | None, int], frozenset[str]]:
    """What the scan for personal data need not look at: answers that a field's rule explains."""
    known: dict[tuple[int | None, int], frozenset[str]] = {}
    for each in answers:
        texts = layout.sheet.columns[each.column].texts
        if each.field.type is FieldType.MULTIPLE or len(texts) != len(each.meant):
            continue
        explains = _explains(each.field)
        dated = DATE.fullmatch if each.field.type is FieldType.DATE else _never
        known[layout.sheet.number, each.column] = frozenset(
            text
            for text, meant in zip(texts, each.meant, strict=True)
            if (meant.text is not None and explains(meant.text)) or dated(text)
        )
    return known


def _never(text: str) -> None:
    return None


def _explains(field: Field) -> Callable[[str], bool]:
    if field.type is FieldType.CODE:
        assert field.choices is not None
        return frozenset(field.choices.codes).__contains__
    if field.type is FieldType.TEXT:
        form = re.compile(field.pattern or r"(?!)")
        return lambda text: form.fullmatch(text) is not None
    if field.type is FieldType.INTEGER:
        return lambda text: len(text) < 9
    return lambda text: True
