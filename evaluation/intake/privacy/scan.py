"""Every distinct text of a file against every kind of identifier, a column at a time.

A text that is an answer the questionnaire knows is not looked at: a code of an answer line is no
telephone number. Findings say where, never what.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from itertools import accumulate

import numpy as np

from evaluation.intake.privacy import iin, mail, phone
from evaluation.intake.reading.sheets import Column, Sheet, letter
from evaluation.records.findings import Effect, Finding, Severity

KINDS = (iin, phone, mail)
"""One module a kind, each with `find(text)`: the places where one begins."""

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.I)


def scan(
    sheets: Collection[Sheet], known: Mapping[tuple[int | None, int], Collection[str]]
) -> tuple[Finding, ...]:
    """`known`: by sheet number and column index, the texts that are recognised answers."""
    findings: list[Finding] = []
    for sheet in sheets:
        if suspects((sheet.name,)):
            findings.append(_finding(sheet))
        for index, column in enumerate(sheet.columns):
            places = _suspect_rows(column, known.get((sheet.number, index), ()))
            findings += [_finding(sheet, row=row + 1, column=letter(index)) for row in places]
    return tuple(findings)


def suspects(texts: tuple[str, ...]) -> list[int]:
    """Which of the texts hold an identifier. All are searched at once, a line each."""
    lines = [" ".join(text.splitlines()) if "\n" in text else text for text in texts]
    joined = "\n".join(lines)
    if "-" in joined:
        # Random hexadecimal now and then looks like a telephone number.
        joined = UUID.sub(lambda found: "x" * len(found[0]), joined)
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    hits = {bisect_right(starts, place) - 1 for kind in KINDS for place in kind.find(joined)}
    return sorted(hits | set(iin.shortened(texts)))


def _suspect_rows(column: Column, known: Collection[str]) -> Iterator[int]:
    asked = [code for code, text in enumerate(column.texts) if text and text not in known]
    found = suspects(tuple(column.texts[code] for code in asked))
    if found:
        codes = [asked[place] for place in found]
        yield from np.flatnonzero(np.isin(column.codes, codes)).tolist()


def _finding(sheet: Sheet, row: int | None = None, column: str | None = None) -> Finding:
    return Finding(
        "personal_data",
        Severity.MUST_FIX,
        Effect.REFUSE,
        sheet=sheet.number,
        row=row,
        column=column,
    )
