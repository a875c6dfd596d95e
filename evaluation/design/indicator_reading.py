"""The report's half of an instrument file: grain, part of the report, indicators, changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evaluation.design.indicators import Change, Indicator, Kind, Published, Topic
from evaluation.design.questionnaires import Field, FieldType, Level
from evaluation.design.reading import Node

MOST_VARIABLES = {Kind.COUNT: 2}
"""domain.md §3.3: no table is broken down by more than two; what is no plain count, by one."""

INDICATOR_KEYS = (
    *("id", "kind", "title", "topics", "part", "whole", "less", "of", "where", "by"),
    *("total", "ends", "reached", "delivered", "figure", "reference"),
)
NEEDED: Mapping[Kind, tuple[str, ...]] = {
    Kind.COUNT: (),
    Kind.SUM: ("topics",),
    Kind.SHARE: (),
    Kind.MEAN: ("topics",),
    Kind.PAIRED: ("topics", "ends"),
}


def read_indicators(
    node: Node, languages: tuple[str, ...], fields: tuple[Field, ...]
) -> tuple[Indicator, ...]:
    if node.value is None:
        return ()
    rows = {f.name: f for f in fields if f.level is Level.ROW}
    found = tuple(_indicator(each, languages, rows) for each in node.each())
    ids = [each.id for each in found]
    if twice := sorted({each for each in ids if ids.count(each) > 1}):
        raise node.fail("name_twice", names=", ".join(twice))
    return found


def _indicator(node: Node, languages: tuple[str, ...], rows: Mapping[str, Field]) -> Indicator:
    node.entries(*INDICATOR_KEYS)
    kind = node.at("kind").one_of(Kind)
    needed = NEEDED[kind]
    if kind is Kind.SHARE:
        needed = ("of",) if node.has("of") else ("part", "whole")
    for key in needed:
        if not node.has(key):
            raise node.at(key).fail("missing_key")
    return Indicator(
        id=node.at("id").text(),
        kind=kind,
        title=node.at("title").texts(languages),
        topics=tuple(_topics(node.at("topics"), kind, languages, rows)),
        part=_numbers(node.at("part"), rows),
        whole=_numbers(node.at("whole"), rows),
        less=_numbers(node.at("less"), rows),
        of=_codes(node.at("of"), rows),
        where=_codes(node.at("where"), rows),
        by=_breakdown(node.at("by"), rows, MOST_VARIABLES.get(kind, 1)),
        total=_yes(node.at("total"), default=True),
        ends=tuple(end.texts(languages) for end in _ends(node.at("ends"))),
        reached=node.at("reached").integer() if node.has("reached") else None,
        delivered=_delivered(node, rows),
        figure=_yes(node.at("figure"), default=False),
        reference=node.at("reference").text() if node.has("reference") else None,
    )


def _topics(
    node: Node, kind: Kind, languages: tuple[str, ...], rows: Mapping[str, Field]
) -> Iterator[Topic]:
    if node.value is None:
        return
    for each in node.each():
        each.entries("fields", "label")
        names = _numbers(each.at("fields"), rows)
        wanted = 2 if kind is Kind.PAIRED else 1
        if len(names) != wanted:
            raise each.at("fields").fail("not_between", low=wanted, high=wanted)
        label = each.at("label").texts(languages) if each.has("label") else rows[names[0]].header
        yield Topic(names, label)


def _ends(node: Node) -> tuple[Node, ...]:
    if node.value is None:
        return ()
    ends = tuple(node.each())
    if len(ends) != 2:
        raise node.fail("not_between", low=2, high=2)
    return ends


def _numbers(node: Node, rows: Mapping[str, Field]) -> tuple[str, ...]:
    for name in node.words():
        if not _known(node, name, rows).numeric:
            raise node.fail("not_numeric", name=name)
    return node.words()


def _codes(node: Node, rows: Mapping[str, Field]) -> dict[str, tuple[str, ...]]:
    if node.value is None:
        return {}
    chosen = {}
    for name in map(str, node.entries()):
        choices = _known(node, name, rows).choices
        codes = node.at(name).words()
        if choices is None or set(codes) - set(choices.codes):
            known = ", ".join(choices.codes) if choices else "–"
            raise node.at(name).fail("unknown_reference", name=", ".join(codes), known=known)
        chosen[name] = codes
    return chosen


def _breakdown(node: Node, rows: Mapping[str, Field], most: int) -> tuple[str, ...]:
    names = node.words()
    if len(names) > most:
        raise node.fail("not_between", low=0, high=most)
    for name in names:
        if _known(node, name, rows).type not in (FieldType.CODE, FieldType.INTEGER):
            raise node.fail("not_one_of", known=f"{FieldType.CODE}, {FieldType.INTEGER}")
    return names


def _delivered(node: Node, rows: Mapping[str, Field]) -> tuple[str, ...]:
    """Codes of the first field that it is broken down by."""
    by, said = node.at("by").words(), node.at("delivered")
    if said.value is None:
        return ()
    if not by:
        raise node.at("by").fail("missing_key")
    return _codes(Node(said.file, said.key, {by[0]: said.value}), rows)[by[0]]


def _known(node: Node, name: str, rows: Mapping[str, Field]) -> Field:
    """Nothing of the restricted table is ever counted for a report."""
    open_ = {each: field for each, field in rows.items() if not field.restricted}
    if name not in open_:
        raise node.fail("unknown_reference", name=name, known=", ".join(open_))
    return open_[name]


def _yes(node: Node, *, default: bool) -> bool:
    return default if node.value is None else node.yes()


def read_changes(node: Node, version: int, languages: tuple[str, ...]) -> tuple[Change, ...]:
    """From version 2 on, a version says what it changed."""
    changes = []
    for each in node.each() if node.value is not None else ():
        each.entries("version", "text")
        changes.append(Change(each.at("version").integer(), each.at("text").texts(languages)))
    if version > 1 and version not in {change.version for change in changes}:
        raise node.fail("changes_missing", version=version)
    return tuple(changes)


def read_published(node: Node) -> Published | None:
    """A scale that somebody else has published: nothing of it may be left empty."""
    if node.value is None:
        return None
    node.entries("holder", "licence", "permission")
    return Published(*(node.at(key).text() for key in ("holder", "licence", "permission")))
