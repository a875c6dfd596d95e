"""A frozen result as lines of text: every number under its own name, four digits, no markup.

The names are those of the code, so that a reader of a print and a reader of the code mean the
same thing. For desks and notebooks: reports have words of their own, in three languages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

WIDTH = 44


def lines_of(result: object) -> tuple[str, ...]:
    """`result`: a frozen dataclass, or names with their values; parts are named after their whole.

    A dash stands where there is nothing.
    """
    return tuple(f"{name:<{WIDTH}} {text}" for name, text in _named(result, ""))


def shown(value: object) -> str:
    if value is None or value == ():
        return "-"
    if isinstance(value, tuple):
        return ", ".join(str(each) for each in value)
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _named(value: object, name: str) -> Iterator[tuple[str, str]]:
    parts = _parts(value)
    if parts is None:
        yield name, shown(value)
        return
    for part, inner in parts.items():
        yield from _named(inner, f"{name}.{part}" if name else part)


def _parts(value: Any) -> Mapping[str, object] | None:
    """None for what is printed in one line."""
    if isinstance(value, Mapping):
        return value
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        return dict(value)
    if isinstance(value, tuple) and value and is_dataclass(value[0]):
        return _by_first_field(value)
    return None


def _by_first_field(values: tuple[Any, ...]) -> Mapping[str, object]:
    """Parts that say what they are go by that, and by a number where two say the same."""
    named = [str(getattr(value, fields(value)[0].name)) for value in values]
    return {
        name if named.count(name) == 1 else f"{name}.{number}": value
        for number, (name, value) in enumerate(zip(named, values, strict=True), start=1)
    }
