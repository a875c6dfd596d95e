"""What a message may say is allowed: codes, limits, forms. From the declaration, never a cell."""

from __future__ import annotations

import re

from evaluation.design import Field

MANY = 30
"""A longer list of codes is not read; the message then points at the template's drop-down."""


def values_of(rule: str, field: Field) -> dict[str, str | int]:
    if rule == "not_in_list" and field.choices is not None:
        codes = field.choices.codes
        return {"allowed": ", ".join(codes[:MANY]) + (" …" if len(codes) > MANY else "")}
    if rule == "wrong_form":
        return {"form": picture(field.pattern or "")}
    values = {"low": field.minimum, "high": field.maximum}
    if rule in ("too_small", "too_large", "out_of_range"):
        return {name: bound for name, bound in values.items() if bound is not None}
    return {}


def picture(pattern: str) -> str:
    r"""A pattern as one would show it to a person: `S\d{5}` → S00000."""
    shown = re.sub(r"\\d\{(\d+)\}", lambda found: "0" * int(found[1]), pattern)
    shown = shown.replace(r"\d", "0")
    return shown if re.fullmatch(r"[\w -]+", shown) else pattern
