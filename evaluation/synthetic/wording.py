"""Codes as the words that a form shows, and dates as people write them."""

from __future__ import annotations

import re

from evaluation.design import Field
from evaluation.synthetic.rows import Column

ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def worded(column: Column, field: Field, language: str) -> list[str]:
    """Labels for codes; what is no code of the field stays as somebody typed it."""
    if field.choices is None:
        return list(column)
    words = {choice.code: choice.label[language] for choice in field.choices.choices}
    return [words.get(text, text) for text in column]


def dotted(column: Column) -> list[str]:
    """2022-12-05 → 05.12.2022"""
    return [ISO.sub(r"\3.\2.\1", text) for text in column]
