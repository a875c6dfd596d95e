"""Which table a sentence's number stands in: a mark in the text, resolved once tables are counted.

A section knows the table's id, which never changes; only the whole report knows its number. The
marks lead to the tables, and the last section lists every table with its id and its run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

from evaluation.errors import DisclosureError
from evaluation.language import Language
from evaluation.release.report.blocks import (
    Align,
    Column,
    Figure,
    Group,
    Row,
    Section,
    Table,
)

OPEN, CLOSE = "\ue000", "\ue001"
"""Letters of nobody's language, so that no text of a study can be taken for a mark."""

OPTIONAL = "?"

PROVENANCE = "provenance"

Thing = TypeVar("Thing")


def cite(table: str, *, if_there: bool = False) -> str:
    """A mark for a table's id, to be put behind a sentence; `if_there`: it is nothing in a kind of
    report that leaves the table out."""
    return f"{OPEN}{OPTIONAL if if_there else ''}{table}{CLOSE}"


def resolved(sections: tuple[Section, ...], say: Language) -> tuple[Section, ...]:
    """Every mark as the table's number; DisclosureError where a report has no such table."""
    tables = {table.id: number for number, table in enumerate(tables_of(sections), start=1)}

    def mark(match: re.Match[str]) -> str:
        table = match[1].removeprefix(OPTIONAL)
        if table in tables:
            return " " + say("report.see_table", number=tables[table])
        if match[1].startswith(OPTIONAL):
            return ""
        raise DisclosureError("table_not_there", table=table)

    pattern = re.compile(f"{OPEN}(.*?){CLOSE}")
    return tuple(_replaced(section, lambda text: pattern.sub(mark, text)) for section in sections)


def citations(sections: tuple[Section, ...], say: Language) -> tuple[tuple[str, str], ...]:
    """How each table is pointed at, as printed, and its id: for formats that can lead there."""
    numbered = enumerate(tables_of(sections), start=1)
    return tuple((say("report.see_table", number=number), table.id) for number, table in numbered)


def with_sources(
    sections: tuple[Section, ...], run: str, data: str, say: Language
) -> tuple[Section, ...]:
    """The list of all tables at the end of the section on provenance, where there is one."""
    found = tuple(tables_of(sections))
    sources = _sources(found, run, data, say)
    return tuple(
        replace(section, blocks=(*section.blocks, sources)) if section.id == PROVENANCE else section
        for section in sections
    )


def tables_of(sections: Iterable[Section]) -> Iterable[Table]:
    return (block for section in sections for block in section.blocks if isinstance(block, Table))


def _sources(found: tuple[Table, ...], run: str, data: str, say: Language) -> Table:
    rows = tuple(
        Row(say.number(number), (table.caption, table.id))
        for number, table in enumerate(found, start=1)
    )
    columns = ("table", "caption", "table_id")
    return Table(
        id="sources",
        caption=say("report.sources.caption"),
        columns=tuple(Column(say(f"report.column.{name}"), Align.TEXT) for name in columns),
        groups=(Group("", rows),),
        notes=(say("report.sources.note", run=run, data=data[:16]),),
    )


def _replaced(thing: Thing, written: object) -> Thing:
    """The same with every text in it rewritten; pictures hold no marks and stay as they are."""
    if isinstance(thing, str):
        return cast(Thing, written(thing)) if OPEN in thing else thing  # type: ignore[operator]
    if isinstance(thing, tuple):
        return cast(Thing, tuple(_replaced(part, written) for part in thing))
    if not is_dataclass(thing) or isinstance(thing, Figure):
        return thing
    parts = {field.name: getattr(thing, field.name) for field in fields(thing)}
    changed = {name: _replaced(part, written) for name, part in parts.items()}
    different = {name: part for name, part in changed.items() if part is not parts[name]}
    return cast(Thing, replace(thing, **different)) if different else thing  # type: ignore[type-var]
