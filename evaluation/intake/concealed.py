"""What a workbook hides, joins or works out, told to whoever sent it.

Hidden rows are read all the same: a filter that somebody forgot must not lose children.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from evaluation.design import Need
from evaluation.intake.reading.sheets import Sheet, letter
from evaluation.intake.recognise.answers import Answers
from evaluation.records.findings import Effect, Finding, Severity


def concealed(
    sheet: Sheet, rows: NDArray[np.int64], answers: tuple[Answers, ...]
) -> tuple[Finding, ...]:
    """`rows`: of the data, from 0."""
    numbers = frozenset(rows.tolist())
    return (
        *_hidden(sheet, numbers, answers),
        *_joined(sheet, numbers, answers),
        *_formulas(sheet, numbers, answers),
    )


def _hidden(sheet: Sheet, rows: frozenset[int], answers: tuple[Answers, ...]) -> Iterator[Finding]:
    hidden = sorted(rows & frozenset(sheet.marks.hidden_rows))
    if hidden:
        yield _note("hidden_rows", sheet, len(hidden), row=hidden[0])
    columns = sorted({each.column for each in answers} & frozenset(sheet.marks.hidden_columns))
    if columns:
        yield _note("hidden_columns", sheet, len(columns), column=columns[0])


def _joined(sheet: Sheet, rows: frozenset[int], answers: tuple[Answers, ...]) -> Iterator[Finding]:
    for each in answers:
        areas = [area for area in sheet.marks.joined if area[2] == each.column]
        filled = sorted(row for top, end, _ in areas for row in _within(top + 1, end, rows))
        if filled:
            yield _note("merged_cells", sheet, len(filled), row=filled[0], answers=each)


def _within(first: int, last: int, rows: frozenset[int]) -> Iterator[int]:
    return (row for row in rows if first <= row <= last)


def _formulas(
    sheet: Sheet, rows: frozenset[int], answers: tuple[Answers, ...]
) -> Iterator[Finding]:
    for each in answers:
        field = each.field
        if field.item:
            worked_out = [r for r, c in sheet.marks.formulas if c == each.column and r in rows]
            if worked_out:
                yield _found("formula_in_answer", Effect.REFUSE, sheet, min(worked_out), each)
        effect = Effect.HOLD if field.need is Need.REQUIRED else Effect.BLANK
        for row, column in sheet.marks.valueless:
            if column == each.column and row in rows:
                yield _found("formula_without_value", effect, sheet, row, each)


def _found(rule: str, effect: Effect, sheet: Sheet, row: int, answers: Answers) -> Finding:
    return Finding(
        rule,
        Severity.MUST_FIX,
        effect,
        sheet=sheet.number,
        row=row + 1,
        column=letter(answers.column),
        field=answers.field.name,
    )


def _note(
    rule: str,
    sheet: Sheet,
    n: int,
    *,
    row: int | None = None,
    column: int | None = None,
    answers: Answers | None = None,
) -> Finding:
    place = answers.column if answers else column
    return Finding(
        rule,
        Severity.PLEASE_CHECK,
        Effect.NOTE,
        sheet=sheet.number,
        row=None if row is None else row + 1,
        column=None if place is None else letter(place),
        field=answers.field.name if answers else None,
        values={"n": n},
    )
