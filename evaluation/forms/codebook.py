"""The codebook of an instrument: every variable, its text, its codes and the rules it must satisfy.

A page to read (HTML) and a table for other programmes (CSV), both in one language and both made
from the same entries.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from evaluation.design import Choice, Field, FieldType, Instrument, Level, Need, Scale
from evaluation.language import Language

TEMPLATES = Path(__file__).parent / "templates"

Rules = Mapping[str, tuple[str, ...]]
"""Name of a variable → ids of the rules that look at it (docs/rules.md)."""

COLUMNS = (
    "variable",
    "text",
    "where",
    "type",
    "needed",
    "codes",
    "non_answers",
    "minimum",
    "maximum",
    "pattern",
    "scale",
    "reversed",
    "sensitivity",
    "rules",
)
"""Of the CSV: names that stay the same in every language, so that a script can rely on them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One variable. `codes` counts as answers, `non_answers` are stored and never counted."""

    name: str
    text: str
    level: Level
    type: FieldType
    need: Need
    codes: tuple[tuple[str, str], ...]
    non_answers: tuple[tuple[str, str], ...]
    minimum: int | None
    maximum: int | None
    pattern: str
    scale: str
    reversed: bool
    sensitivity: str
    rules: tuple[str, ...]

    def kind_in(self, say: Language) -> str:
        return say("codebook.type." + self.type)

    def need_in(self, say: Language) -> str:
        return say("codebook.need." + self.need)


def entries(
    instrument: Instrument, scales: tuple[Scale, ...], rules: Rules, say: Language
) -> tuple[Entry, ...]:
    """Card first, then the columns of the rows, each in the order of the instrument."""
    fields = (*instrument.batch_fields, *instrument.row_fields)
    return tuple(_entry(field, scales, rules.get(field.name, ()), say) for field in fields)


def codebook_page(instrument: Instrument, listed: tuple[Entry, ...], say: Language) -> bytes:
    """HTML for screen and A4, self-contained."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    templates = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    page = templates.get_template("codebook.html")
    return page.render(instrument=instrument, entries=listed, say=say).encode()


def codebook_table(listed: tuple[Entry, ...]) -> bytes:
    """CSV, a row a variable; its codes one below the other in one cell, as `code = text`.

    With a byte order mark: without it Excel takes Kazakh letters for others.
    """
    target = StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(COLUMNS)
    writer.writerows(_row(entry) for entry in listed)
    return target.getvalue().encode("utf-8-sig")


def _entry(field: Field, scales: tuple[Scale, ...], rules: tuple[str, ...], say: Language) -> Entry:
    choices = field.choices.choices if field.choices else ()
    scale = next((each for each in scales if field.name in each.items), None)
    return Entry(
        name=field.name,
        text=say.text(field.header),
        level=field.level,
        type=field.type,
        need=field.need,
        codes=tuple(_code(each, say) for each in choices if not each.missing),
        non_answers=tuple(_code(each, say) for each in choices if each.missing),
        minimum=field.minimum,
        maximum=field.maximum,
        pattern=field.pattern or "",
        scale=scale.id if scale else "",
        reversed=scale is not None and field.name in scale.reversed,
        sensitivity=field.sensitivity,
        rules=rules,
    )


def _code(choice: Choice, say: Language) -> tuple[str, str]:
    return choice.code, say.text(choice.label)


def _row(entry: Entry) -> tuple[object, ...]:
    return (
        entry.name,
        entry.text,
        entry.level,
        entry.type,
        entry.need,
        _listed(entry.codes),
        _listed(entry.non_answers),
        entry.minimum,
        entry.maximum,
        entry.pattern,
        entry.scale,
        int(entry.reversed),
        entry.sensitivity,
        " ".join(entry.rules),
    )


def _listed(codes: tuple[tuple[str, str], ...]) -> str:
    return "\n".join(f"{code} = {text}" for code, text in codes)
