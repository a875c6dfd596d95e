"""Every distinct text of a file against every kind of identifier, a column at a time.

A text that is an answer the questionnaire knows is not looked at: a code of an answer line is no
telephone number. Findings say where and what kind, never what.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from evaluation.intake.privacy import (
    address,
    birth,
    document,
    iban,
    iin,
    initials,
    mail,
    past,
    patronymic,
    phone,
    surname,
)
from evaluation.intake.privacy.letters import joined
from evaluation.intake.reading.sheets import Column, Sheet, letter
from evaluation.records.findings import Effect, Finding, Severity

NUMBERS = (iin, phone)
"""Kinds that are digits alone: dates, child codes and machine-made ids are hidden from them."""
WORDS = (patronymic, address, past, document)
"""One module a kind, each with its KIND and `find(text)`: the places where one begins."""

MACHINE_MADE = re.compile(
    r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"
    r"|\b(?=[0-9]*[a-z])[0-9a-z]{20,}\b"
    r"|(?<![\d-])\d\d-\d{5}-\d(?![\d-])"
    r"|(?<![\d.-])(?:\d{4}([./-])\d\d\1\d\d|\d\d([./-])\d\d\2\d{4})(?![\d-])",
    re.IGNORECASE,
)
LETTER = re.compile(r"[^\W\d_]")
DIGIT = re.compile(r"\d")
LONG = re.compile(r"\d(?:[ ()./-]{0,3}\d){7}|\d[Ee]\+?1[01]")
"""Without letters around them, fewer digits than eight are nothing personal."""
WORD = re.compile(r"\w+")

Known = Mapping[tuple[int | None, int], Collection[str]]


def scan(
    sheets: Collection[Sheet],
    known: Known,
    *,
    words: Collection[str] = frozenset(),
    last_birth_year: int | None = None,
) -> tuple[Finding, ...]:
    """`known`: by sheet number and column index, the texts that are recognised answers.

    `words`: texts of the study itself (questions, regions), passed over wherever they stand.
    `last_birth_year`: dates of this year and before are birthdays; None: no date is one.
    """
    findings: list[Finding] = []
    for sheet in sheets:
        if kinds := kinds_in((sheet.name,), last_birth_year):
            findings.append(found_at(kinds[0][1], sheet=sheet.number))
        asked = [
            _asked(column, known.get((sheet.number, index), ()), words)
            for index, column in enumerate(sheet.columns)
        ]
        for index, column in enumerate(sheet.columns):
            findings += _in_column(sheet, index, column, asked[index], last_birth_year)
        findings += _in_two_columns(sheet, asked)
    return tuple(findings)


def suspects(texts: Sequence[str]) -> list[int]:
    """Which of the texts hold an identifier, whatever its kind. Dates are not judged."""
    return sorted({place for place, _ in kinds_in(texts)})


def kinds_in(texts: Sequence[str], last_birth_year: int | None = None) -> list[tuple[int, str]]:
    """(which text, which kind) in order; all are searched at once, a line each."""
    lines = joined(texts)
    starts = [0, *accumulate(len(line) + 1 for line in lines.split("\n"))]
    found: set[tuple[int, str]] = set()
    has_letters = LETTER.search(lines) is not None
    if LONG.search(lines) or (has_letters and DIGIT.search(lines)):
        hidden = MACHINE_MADE.sub(lambda match: "x" * len(match[0]), lines)
        found |= _lines_of(starts, {kind.KIND: kind.find(hidden) for kind in NUMBERS})
        found |= {(place, iin.KIND) for place in iin.shortened(tuple(texts))}
        found |= _lines_of(starts, {birth.KIND: birth.find(lines, last_birth_year)})
        found |= _lines_of(starts, {iban.KIND: iban.find(lines)})
    if has_letters:
        words = frozenset(WORD.findall(lines.lower()))
        asked = [kind for kind in WORDS if kind.may_hold(words)]
        found |= _lines_of(starts, {kind.KIND: kind.find(lines) for kind in (*asked, initials)})
        if "@" in lines or mail.may_hold(words):
            found |= _lines_of(starts, {mail.KIND: mail.find(lines)})
    return sorted(found)


def found_at(
    kind: str, *, sheet: int | None = None, row: int | None = None, column: str | None = None
) -> Finding:
    return Finding(
        "personal_data",
        Severity.MUST_FIX,
        Effect.REFUSE,
        sheet=sheet,
        row=row,
        column=column,
        values={"kind": kind},
    )


def _lines_of(starts: list[int], found: Mapping[str, Iterator[int]]) -> set[tuple[int, str]]:
    return {
        (bisect_right(starts, place) - 1, kind)
        for kind, places in found.items()
        for place in places
    }


def _asked(column: Column, known: Collection[str], words: Collection[str]) -> NDArray[np.int32]:
    """The numbers of the distinct texts that are looked at."""
    return np.array(
        [
            n
            for n, text in enumerate(column.texts)
            if text and text not in known and text not in words
        ],
        dtype=np.int32,
    )


def _in_column(
    sheet: Sheet, index: int, column: Column, asked: NDArray[np.int32], last_birth_year: int | None
) -> Iterator[Finding]:
    texts = tuple(column.texts[number] for number in asked)
    if not texts:
        return
    by_text: dict[int, set[str]] = {}
    for place, kind in kinds_in(texts, last_birth_year):
        by_text.setdefault(int(asked[place]), set()).add(kind)
    places, listed = surname.names_in(texts)
    names = {int(asked[place]) for place in places} - by_text.keys()
    for row in np.flatnonzero(np.isin(column.codes, [*by_text, *names])).tolist():
        code = int(column.codes[row])
        where = {"sheet": sheet.number, "row": row + 1, "column": letter(index)}
        for kind in sorted(by_text.get(code, {surname.KIND})):
            finding = replace(found_at(kind), **where)  # type: ignore[arg-type]
            yield finding if code in by_text or listed else _perhaps(finding)


def _perhaps(finding: Finding) -> Finding:
    return replace(
        finding,
        rule="perhaps_a_name",
        severity=Severity.PLEASE_CHECK,
        effect=Effect.NOTE,
        values={},
    )


def _in_two_columns(sheet: Sheet, asked: Sequence[NDArray[np.int32]]) -> Iterator[Finding]:
    """An IIN of which one half stands in one column and the other in the next."""
    digits = [
        np.array([n for n in numbers if iin.HALVES.fullmatch(column.texts[n])], dtype=np.int32)
        for column, numbers in zip(sheet.columns, asked, strict=True)
    ]
    for left, right in pairwise(range(len(sheet.columns))):
        if not (len(digits[left]) and len(digits[right])):
            continue
        first, second = sheet.columns[left], sheet.columns[right]
        rows = np.flatnonzero(
            np.isin(first.codes, digits[left]) & np.isin(second.codes, digits[right])
        )
        pairs = [(first.texts[first.codes[r]], second.texts[second.codes[r]]) for r in rows]
        distinct = list(dict.fromkeys(pairs))
        fitting = {distinct[place] for place in iin.halves(distinct)}
        for row, pair in zip(rows.tolist(), pairs, strict=True):
            if pair in fitting:
                yield found_at(iin.KIND, sheet=sheet.number, row=row + 1, column=letter(left))
