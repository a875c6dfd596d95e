"""Where in a file the data are: which sheet, which row holds the headers, which sheet is the card.

Titles may stand above the headers, other sheets beside them. Found by what the questionnaire knows,
not by place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from evaluation.design import Instrument, Level
from evaluation.errors import DeliveryError
from evaluation.intake.reading.sheets import Reading, Sheet
from evaluation.intake.reading.source import LONGEST_HEADER, Source
from evaluation.intake.reading.sources import SOURCES, source_of
from evaluation.intake.recognise.headers import meaning
from evaluation.intake.recognise.two_lines import joined_headers
from evaluation.intake.recognise.vocabulary import Vocabulary, vocabulary_of
from evaluation.records.findings import Effect, Finding, Severity

SEARCHED = 20
"""Rows in which headers are looked for (domain.md §5, row 17)."""
ANY_SOURCE = Source("any", separators=("/", ".", "-"))
FORM_COLUMNS = frozenset({"type", "name"})


@dataclass(frozen=True, slots=True)
class Layout:
    instrument: Instrument
    vocabulary: Vocabulary
    source: Source
    sheet: Sheet
    headers: tuple[str, ...]
    header_row: int  # from 0; of two header lines the upper one
    first_row: int  # of the data, from 0
    card: Sheet | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    instrument: Instrument
    vocabulary: Vocabulary
    sheet: Sheet
    row: int
    score: int
    headers: tuple[str, ...] = ()
    lines: int = 1

    @property
    def has_rows(self) -> bool:
        return any(column.codes[self.row + self.lines :].any() for column in self.sheet.columns)


def find_layout(reading: Reading, instruments: Iterable[Instrument]) -> Layout:
    """Raises `DeliveryError` where no sheet, or more than one, holds data."""
    if any(_is_form(sheet) for sheet in reading.sheets):
        raise DeliveryError("xlsform")
    repeats = [sheet for sheet in reading.sheets if _is_repeat(sheet)]
    main = [sheet for sheet in reading.sheets if sheet not in repeats]
    instruments = tuple(instruments)
    # A study may be about what others only repeat: then a repeat is its main table.
    chosen = _choose(main, instruments) or _choose(repeats, instruments)
    if chosen is None:
        raise DeliveryError("only_repeats" if repeats and not main else "no_data_sheet")
    card = _card_sheet(main, chosen)
    findings = tuple(
        Finding("repeat_ignored", Severity.INFORMATION, Effect.NOTE, sheet=sheet.number)
        for sheet in repeats
        if sheet is not chosen.sheet
    )
    return Layout(
        instrument=chosen.instrument,
        vocabulary=chosen.vocabulary,
        source=source_of(chosen.headers, with_card=card is not None),
        sheet=chosen.sheet,
        headers=chosen.headers,
        header_row=chosen.row,
        first_row=_first_row(chosen.sheet, chosen.row + chosen.lines),
        card=card,
        findings=findings,
    )


def _choose(sheets: Sequence[Sheet], instruments: Iterable[Instrument]) -> _Candidate | None:
    candidates: list[_Candidate] = []
    for instrument in sorted(instruments, key=lambda each: -len(each.row_fields)):
        if any(c.has_rows and c.score >= len(instrument.row_fields) for c in candidates):
            break  # this one and the smaller ones that follow cannot name more columns
        vocabulary = vocabulary_of(instrument)
        candidates += [_best_row(sheet, instrument, vocabulary) for sheet in sheets]
    known = [c for c in candidates if c.score >= min(2, len(c.instrument.row_fields))]
    if not known:
        return None
    best = max(known, key=lambda candidate: (candidate.has_rows, candidate.score))
    others = [
        c
        for c in known
        if c.instrument is best.instrument
        and c.sheet is not best.sheet
        and c.has_rows
        and 2 * c.score >= best.score
    ]
    if others:
        raise DeliveryError("two_data_sheets", n=len(others) + 1)
    return best


def _best_row(sheet: Sheet, instrument: Instrument, vocabulary: Vocabulary) -> _Candidate:
    row_fields = {field.name for field in instrument.row_fields}
    best = _Candidate(instrument, vocabulary, sheet, 0, 0)
    for row in range(min(sheet.rows, SEARCHED)):
        headers = sheet.row(row)
        score = len(_names(headers, vocabulary) & row_fields)
        if score > best.score:
            best = _Candidate(instrument, vocabulary, sheet, row, score, headers)
        if 2 * best.score > len(row_fields) and row > best.row:
            break  # the next line may be the lower of two; no later one names more
    return _with_line_beside(best, row_fields)


def _with_line_beside(best: _Candidate, row_fields: set[str]) -> _Candidate:
    """The best row may be the upper or the lower of two header lines."""

    def known(header: str) -> bool:
        return bool(_names((header,), best.vocabulary) & row_fields)

    if 0 < best.score < len(row_fields):
        for row in (best.row, best.row - 1):
            headers = joined_headers(best.sheet, row, known) if row >= 0 else None
            if headers:
                score = len(_names(headers, best.vocabulary) & row_fields)
                return replace(best, row=row, score=score, headers=headers, lines=2)
    return best


def _names(headers: Sequence[str], vocabulary: Vocabulary) -> set[str]:
    found: set[str] = set()
    for header in headers:
        if header and len(header) <= LONGEST_HEADER:
            found.update(field.name for field in meaning(header, vocabulary, ANY_SOURCE))
    return found


def _is_form(sheet: Sheet) -> bool:
    """An XLSForm is the questionnaire itself; people send it for the answers."""
    if sheet.name.casefold() != "survey" or not sheet.rows:
        return False
    return {header.casefold() for header in sheet.row(0)} >= FORM_COLUMNS


def _is_repeat(sheet: Sheet) -> bool:
    """The rows of a repeat group say which row of the main sheet they belong to; -1 is none."""
    if not sheet.rows:
        return False
    marks = frozenset().union(*(source.repeat_marks for source in SOURCES))
    for header, column in zip(sheet.row(0), sheet.columns, strict=True):
        if header.lower() in marks - {"_parent_table_name"}:
            parents = {column.texts[code] for code in np.unique(column.codes[1:])}
            return bool(parents - {"", "-1"})
    return False


def _card_sheet(sheets: Sequence[Sheet], chosen: _Candidate) -> Sheet | None:
    batch_fields = len(chosen.instrument.batch_fields)
    for sheet in sheets:
        if sheet is chosen.sheet or len(sheet.columns) < 2 or not batch_fields:
            continue
        labels = sheet.columns[0].texts
        known = sum(
            any(f.level is Level.BATCH for f in chosen.vocabulary.fields(label))
            for label in labels
            if label and len(label) <= LONGEST_HEADER
        )
        if known >= min(2, batch_fields):
            return sheet
    return None


def _first_row(sheet: Sheet, row: int) -> int:
    """Past a row of HXL tags (#loc+name), which KoboToolbox writes under the headers."""
    if row < sheet.rows:
        tags = [text for text in sheet.row(row) if text]
        if tags and all(text.startswith("#") for text in tags):
            return row + 1
    return row
