"""Headers → fields, by name, label or alias; never by position, but for one case.

KoboToolbox writes the label of a question and not its name, so two questions with the same label
give two columns that nothing tells apart but their order. Only where there are exactly as many
columns as questions of that label, the first column is the first question, and the sender is
asked to look.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from evaluation.design import Field, FieldType
from evaluation.intake.reading.source import Source
from evaluation.intake.recognise.folding import plain, twins
from evaluation.intake.recognise.vocabulary import Vocabulary
from evaluation.records.findings import Effect, Finding, Severity


@dataclass(frozen=True, slots=True)
class Headings:
    """Which column is which field. `options`: the split columns of a select-multiple, by code."""

    fields: Mapping[str, int]
    options: Mapping[str, Mapping[str, int]]
    findings: tuple[tuple[int, Finding], ...]  # column index, finding without its place
    unread: frozenset[int]  # metadata, and columns that nobody knows


@dataclass(slots=True)
class _Sorting:
    columns: dict[tuple[str, ...], list[int]] = field(default_factory=lambda: defaultdict(list))
    options: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    findings: list[tuple[int, Finding]] = field(default_factory=list)
    unread: set[int] = field(default_factory=set)


def sort_headers(
    headers: tuple[str, ...], filled: frozenset[int], vocabulary: Vocabulary, source: Source
) -> Headings:
    """`filled` are the columns with anything below their header."""
    sorting = _Sorting()
    for column, header in enumerate(headers):
        if not header:
            sorting.unread.add(column)
            if column in filled:
                sorting.findings.append((column, _ask("cells_without_header")))
        else:
            _sort_one(column, header, vocabulary, source, sorting)
    fields = _given_columns(sorting)
    return Headings(fields, sorting.options, tuple(sorting.findings), frozenset(sorting.unread))


def meaning(header: str, vocabulary: Vocabulary, source: Source) -> tuple[Field, ...]:
    """The fields of a header, alone or after the names of the groups it stands in."""
    if found := vocabulary.fields(header):
        return found
    rests = (vocabulary.fields(rest) for _, rest in source.splits(header))
    return next((found for found in rests if found), ())


def _sort_one(
    column: int, header: str, vocabulary: Vocabulary, source: Source, sorting: _Sorting
) -> None:
    if fields := vocabulary.fields(header):
        sorting.columns[tuple(f.name for f in fields)].append(column)
        return
    if option := _option(header, vocabulary, source):
        sorting.options[option[0]][option[1]] = column
        return
    if source.is_metadata(header):
        sorting.unread.add(column)
        return
    if fields := meaning(header, vocabulary, source):
        sorting.columns[tuple(f.name for f in fields)].append(column)
        return
    sorting.unread.add(column)
    rests = (header, *(rest for _, rest in source.splits(header)))
    if any(vocabulary.ignores(rest) for rest in rests):
        return
    if any(vocabulary.forbids(rest) for rest in rests):
        sorting.findings.append((column, _refuse("personal_data", None)))
    elif _letters_lost(header):
        sorting.findings.append((column, _refuse("letters_lost", None)))
    else:
        sorting.findings.append((column, _refuse("unknown_column", None)))


def _option(header: str, vocabulary: Vocabulary, source: Source) -> tuple[str, str] | None:
    """(field, code) of a column that holds one answer of a select-multiple question."""
    for start, rest in source.option_splits(header):
        multiple = [f for f in meaning(start, vocabulary, source) if f.type is FieldType.MULTIPLE]
        for asked in multiple:
            assert asked.choices is not None
            for choice in asked.choices.choices:
                words = (choice.code, *choice.label.values(), *choice.aliases)
                if twins(rest) in {twins(word) for word in words}:
                    return asked.name, choice.code
    return None


def _given_columns(sorting: _Sorting) -> dict[str, int]:
    given: dict[str, int] = {}
    for names, columns in sorting.columns.items():
        if len(names) > 1 and len(columns) != len(names):
            sorting.findings += [(c, _refuse("ambiguous_column", None)) for c in columns]
            continue
        if len(names) > 1:
            asked = zip(names, columns, strict=True)
            sorting.findings += [(column, _ask("same_label", name)) for name, column in asked]
        for place, column in enumerate(columns):
            name = names[min(place, len(names) - 1)]
            if given.setdefault(name, column) != column:
                sorting.findings.append((column, _refuse("duplicate_column", name)))
    return given


def _letters_lost(header: str) -> bool:
    """Kazakh letters that a Russian Windows has turned into question marks for good."""
    letters = plain(header)
    return any(
        mark == "?" and _cyrillic(letters[place + 1 : place + 2])
        for place, mark in enumerate(letters)
    )


def _cyrillic(char: str) -> bool:
    return "а" <= char <= "я"


def _refuse(rule: str, name: str | None) -> Finding:
    return Finding(rule, Severity.MUST_FIX, Effect.REFUSE, field=name)


def _ask(rule: str, name: str | None = None) -> Finding:
    return Finding(rule, Severity.PLEASE_CHECK, Effect.NOTE, field=name)
