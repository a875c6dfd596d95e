"""Single answers: what could not be read, what breaks the field's own rules, what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from evaluation.design import Need
from evaluation.intake.allowed import values_of
from evaluation.intake.opened import Opened
from evaluation.intake.recognise.answers import Answers
from evaluation.intake.suite import distinct_answers
from evaluation.intake.validation import failing_rows
from evaluation.records.findings import Effect, Finding

Wrong = Mapping[tuple[int, int], str]
"""(place of the field, number of its distinct answer) → the rule it breaks."""


@dataclass(frozen=True, slots=True)
class Singles:
    """`answers`: as opened, with every wrong one emptied. `bad_share`: of all answers to items,
    those in no answer line, but for the worst row: one bad row never sinks a batch."""

    answers: tuple[Answers, ...]
    findings: tuple[Finding, ...]
    bad_share: float


def judge_singles(opened: Opened, judged: NDArray[np.bool_]) -> Singles:
    """`judged` are the rows to look at."""
    wrong = _unreadable(opened) | _refused(opened, judged)
    findings = [
        finding
        for (place, number), rule in wrong.items()
        for finding in _findings(opened, opened.answers[place], number, rule, judged)
    ]
    return Singles(
        answers=tuple(_emptied(each, place, wrong) for place, each in enumerate(opened.answers)),
        findings=(*_remarks(opened, judged), *findings),
        bad_share=_bad_share(opened, wrong, judged),
    )


def _bad_share(opened: Opened, wrong: Wrong, judged: NDArray[np.bool_]) -> float:
    given = 0
    bad = np.zeros(len(judged), dtype=np.int64)
    for place, each in enumerate(opened.answers):
        if each.field.item:
            given += int((each.codes[judged] != 0).sum())
            # The empty answer of an item breaks no rule.
            bad += np.isin(each.codes, [number for at, number in wrong if at == place])
    counted = bad[judged]
    return float(counted.sum() - counted.max(initial=0)) / max(given, 1)


def _unreadable(opened: Opened) -> dict[tuple[int, int], str]:
    return {
        (place, number): meant.rule
        for place, each in enumerate(opened.answers)
        for number, meant in enumerate(each.meant)
        if meant.rule
    }


def _refused(opened: Opened, judged: NDArray[np.bool_]) -> dict[tuple[int, int], str]:
    distinct = distinct_answers(opened.answers, judged)
    failing = failing_rows(distinct.frame, distinct.rules)
    wrong: dict[tuple[int, int], str] = {}
    for rule, entries in zip(distinct.rules, failing, strict=True):
        for entry in entries:
            # A code of the wrong form has no check digit to be wrong as well.
            wrong.setdefault(distinct.source[entry], rule.rule)
    return wrong


def _findings(
    opened: Opened, answers: Answers, number: int, rule: str, judged: NDArray[np.bool_]
) -> list[Finding]:
    """A required answer that is wrong holds its row; any other only counts as missing."""
    if rule == "personal_data":
        return _personal(opened, answers, number, judged)
    effect = Effect.HOLD if answers.field.need is Need.REQUIRED else Effect.BLANK
    values = values_of(rule, answers.field)
    return [
        opened.place(rule, effect, int(row), answers, **values)
        for row in answers.where(number)
        if judged[row]
    ]


def _personal(
    opened: Opened, answers: Answers, number: int, judged: NDArray[np.bool_]
) -> list[Finding]:
    """In a free text: the batch stays out. The scan of the whole file has said most of it."""
    said = {(f.row, f.column) for f in opened.findings if f.rule == "personal_data"}
    found = [
        opened.place("personal_data", Effect.REFUSE, int(row), answers)
        for row in answers.where(number)
        if judged[row]
    ]
    return [each for each in found if (each.row, each.column) not in said]


def _remarks(opened: Opened, judged: NDArray[np.bool_]) -> list[Finding]:
    """Answers that were read in a way their sender should know of: once a column."""
    findings = []
    for each in opened.answers:
        remarks = {number: meant.remark for number, meant in enumerate(each.meant) if meant.remark}
        rows = np.flatnonzero(np.isin(each.codes, list(remarks)) & judged)
        if len(rows):
            rule = next(iter(remarks.values()))
            findings.append(opened.place(rule, Effect.NOTE, int(rows[0]), each, n=len(rows)))
    return findings


def _emptied(answers: Answers, place: int, wrong: Wrong) -> Answers:
    bad = [number for at, number in wrong if at == place]
    if not bad:
        return answers
    codes = np.where(np.isin(answers.codes, bad), 0, answers.codes).astype(np.int32)
    return replace(answers, codes=codes)
