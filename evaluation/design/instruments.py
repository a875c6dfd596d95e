"""An instrument file → `Instrument`: its answer lines, fields and items."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping

from evaluation.design.indicator_reading import read_changes, read_indicators, read_published
from evaluation.design.indicators import Grain, Part
from evaluation.design.patterns import read_pattern
from evaluation.design.published_scales import refuse_unlicensed
from evaluation.design.questionnaires import (
    Choice,
    Choices,
    Consent,
    Field,
    FieldType,
    Identity,
    Instrument,
    Introduction,
    Level,
    Need,
)
from evaluation.design.reading import Node

# A name is a column of both databases, of a workbook and of an XLSForm.
IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,50}")
CHECKS = ("child_code",)
RESERVED = frozenset({"batch", "source_row", "respondent", "link"})
"""The key columns of the table that an instrument becomes, where no field feeds them."""

FIELD_KEYS = (
    "name",
    "level",
    "type",
    "need",
    "answers",
    "minimum",
    "maximum",
    "pattern",
    "check",
    "sensitivity",
    "purpose",
    "header",
    "aliases",
)
INSTRUMENT_KEYS = (
    *("id", "version", "title", "identity", "consent", "introduction", "pictures"),
    *("forbidden_headers", "ignored_headers", "answers", "fields", "items"),
    *("grain", "part", "indicators", "changes", "published"),
)


def parse_instrument(
    node: Node, languages: tuple[str, ...], shared: Mapping[str, Choices]
) -> Instrument:
    """`shared` are the answer lines that the study itself makes: `regions` and `waves`."""
    node.entries(*INSTRUMENT_KEYS)
    lines = dict(shared) | {c.id: c for c in _answer_lines(node.at("answers"), languages)}
    fields = (*_fields(node.at("fields"), languages, lines), *_items(node, languages, lines))
    _check_names(node, fields)
    version, title = node.at("version").integer(), node.at("title").texts(languages)
    published = read_published(node.at("published"))
    refuse_unlicensed(node, node.at("id").text(), title, published)
    return Instrument(
        id=_identifier(node.at("id")),
        version=version,
        title=title,
        fields=fields,
        identity=_identity(node.at("identity"), fields),
        consent=_consent(node.at("consent"), fields),
        forbidden_headers=node.at("forbidden_headers").words(),
        ignored_headers=node.at("ignored_headers").words(),
        introduction=_introduction(node.at("introduction"), languages, fields),
        pictured=_pictured(node.at("pictures"), lines),
        grain=node.at("grain").one_of(Grain) if node.has("grain") else Grain.RESPONDENT,
        part=node.at("part").one_of(Part) if node.has("part") else None,
        indicators=read_indicators(node.at("indicators"), languages, fields),
        changes=read_changes(node.at("changes"), version, languages),
        published=published,
        digest=_digest(node),
    )


def _digest(node: Node) -> str:
    """Over all that the file says, but for what the report makes of it; not over its layout."""
    asked = {key: said for key, said in node.entries().items() if key not in ("indicators", "part")}
    return hashlib.sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()


def _identifier(node: Node) -> str:
    name = node.text()
    if not IDENTIFIER.fullmatch(name) or name in RESERVED:
        raise node.fail("not_an_identifier")
    return name


def _answer_lines(node: Node, languages: tuple[str, ...]) -> Iterator[Choices]:
    if node.value is None:
        return
    for name in node.entries():
        line = node.at(name)
        choices = tuple(_choice(choice, languages) for choice in line.each())
        codes = [choice.code for choice in choices]
        if twice := sorted({code for code in codes if codes.count(code) > 1}):
            raise line.fail("code_twice", codes=", ".join(twice))
        yield Choices(name, choices)


def _choice(node: Node, languages: tuple[str, ...]) -> Choice:
    node.entries("code", "label", "missing", "aliases", *languages)
    label = node.at("label") if node.has("label") else node
    return Choice(
        code=node.at("code").text(),
        label=label.texts(languages),
        missing=node.at("missing").yes() if node.has("missing") else False,
        aliases=node.at("aliases").words(),
    )


def _fields(
    node: Node, languages: tuple[str, ...], lines: Mapping[str, Choices]
) -> Iterator[Field]:
    if node.value is None:
        return
    for each in node.each():
        each.entries(*FIELD_KEYS)
        kind = each.at("type").one_of(FieldType)
        name = _identifier(each.at("name"))
        yield Field(
            name=name,
            level=each.at("level").one_of(Level) if each.has("level") else Level.ROW,
            type=kind,
            need=each.at("need").one_of(Need) if each.has("need") else Need.OPTIONAL,
            header=each.at("header").texts(languages)
            if each.has("header")
            else dict.fromkeys(languages, name),
            sensitivity=_sensitivity(each.at("sensitivity")),
            purpose=each.at("purpose").text() if each.has("purpose") else "",
            choices=_choices(each, kind, lines),
            minimum=each.at("minimum").integer() if each.has("minimum") else None,
            maximum=each.at("maximum").integer() if each.has("maximum") else None,
            pattern=read_pattern(each.at("pattern")),
            check=_check(each.at("check")),
            aliases=each.at("aliases").words(),
        )


def _items(node: Node, languages: tuple[str, ...], lines: Mapping[str, Choices]) -> Iterator[Field]:
    if not node.has("items"):
        return
    for each in node.at("items").each():
        each.entries("name", "answers", "header", "aliases", "sensitivity", *languages)
        choices = _choices(each, FieldType.CODE, lines)
        if choices and not choices.numeric:
            raise each.at("answers").fail("item_not_numeric")
        header = each.at("header") if each.has("header") else each
        yield Field(
            name=_identifier(each.at("name")),
            level=Level.ROW,
            type=FieldType.CODE,
            need=Need.EXPECTED,
            header=header.texts(languages),
            sensitivity=_sensitivity(each.at("sensitivity")),
            choices=choices,
            aliases=each.at("aliases").words(),
            item=True,
        )


def _choices(node: Node, kind: FieldType, lines: Mapping[str, Choices]) -> Choices | None:
    if kind not in (FieldType.CODE, FieldType.MULTIPLE):
        return None
    name = node.at("answers").text()
    if name not in lines:
        raise node.at("answers").fail("unknown_reference", name=name, known=", ".join(lines))
    return lines[name]


def _sensitivity(node: Node) -> str:
    if node.value is None:
        return "S1"
    if node.text() not in ("S0", "S1", "S2", "S3"):
        raise node.fail("not_one_of", known="S0, S1, S2, S3")
    return node.text()


def _check(node: Node) -> str | None:
    if node.value is None:
        return None
    if node.text() not in CHECKS:
        raise node.fail("not_one_of", known=", ".join(CHECKS))
    return node.text()


def _identity(node: Node, fields: tuple[Field, ...]) -> Identity:
    if node.value is None:
        return Identity()
    node.entries("respondent", "region", "wave", "site", "entry", "period")
    names = {field.name for field in fields}
    said = {k: node.at(k).text() for k in ("respondent", "region", "wave", "site") if node.has(k)}
    lists = {key: node.at(key).words() for key in ("entry", "period")}
    for key, name in (*said.items(), *((k, name) for k, each in lists.items() for name in each)):
        if name not in names:
            raise node.at(key).fail("unknown_reference", name=name, known="fields")
    if len(lists["period"]) not in (0, 2):
        raise node.at("period").fail("not_between", low=2, high=2)
    if lists["entry"] and "respondent" in said:
        raise node.at("entry").fail("entry_of_a_person")
    return Identity(**said, **lists)  # type: ignore[arg-type]


def _consent(node: Node, fields: tuple[Field, ...]) -> Consent:
    if node.value is None:
        return Consent()
    node.entries("fields", "given")
    names = node.at("fields").words()
    if unknown := [name for name in names if name not in {f.name for f in fields}]:
        raise node.at("fields").fail("unknown_reference", name=", ".join(unknown), known="fields")
    return Consent(names, node.at("given").text() if node.has("given") else "1")


def _introduction(
    node: Node, languages: tuple[str, ...], fields: tuple[Field, ...]
) -> Introduction | None:
    if node.value is None:
        return None
    node.entries("before", *languages)
    before = node.at("before").text()
    if before not in {field.name for field in fields if field.level is Level.ROW}:
        raise node.at("before").fail("unknown_reference", name=before, known="fields")
    return Introduction(node.texts(languages), before)


def _pictured(node: Node, lines: Mapping[str, Choices]) -> frozenset[str]:
    for name in node.words():
        if name not in lines:
            raise node.fail("unknown_reference", name=name, known=", ".join(lines))
    return frozenset(node.words())


def _check_names(node: Node, fields: tuple[Field, ...]) -> None:
    names = [field.name.lower() for field in fields]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise node.at("fields").fail("name_twice", names=", ".join(twice))
    if not fields:
        raise node.at("items").fail("missing_key")
