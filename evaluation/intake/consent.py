"""Whose answers may be kept: a row without every consent is counted, and looked at no further."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.design import Permissions
from evaluation.intake.card import allowed
from evaluation.intake.consent_terms import judge_terms
from evaluation.intake.known import NOTHING, Known
from evaluation.intake.opened import Opened
from evaluation.records.findings import Effect, Finding, Severity


@dataclass(frozen=True, slots=True)
class Consents:
    """`asked`: the rows that go on. A consent that is empty or cannot be read is not given, but was
    perhaps only forgotten: its row goes on, to be held."""

    asked: NDArray[np.bool_]
    findings: tuple[Finding, ...]


def find_consents(
    opened: Opened, permissions: Permissions | None = None, known: Known = NOTHING
) -> Consents:
    refused = _refused(opened)
    withdrawn = _withdrawn(opened, known) & ~refused
    terms = judge_terms(opened, ~refused & ~withdrawn, permissions or Permissions(), known.today)
    findings = [
        *_counted("without_consent", refused),
        *_counted("withdrawn_consent", withdrawn),
        *_counted("consent_run_out", terms.run_out),
    ]
    return Consents(~refused & ~withdrawn & ~terms.run_out, (*findings, *terms.findings))


def _refused(opened: Opened) -> NDArray[np.bool_]:
    refused = np.zeros(len(opened.rows), dtype=bool)
    for name in opened.instrument.consent.fields:
        answers = opened.of(name)
        if answers is None:
            continue  # the missing column refuses the whole batch
        given = opened.instrument.consent.given
        says_no = [
            meant.text is not None and meant.text != given and allowed(answers.field, meant.text)
            for meant in answers.meant
        ]
        refused |= np.array(says_no)[answers.codes]
    return refused


def _withdrawn(opened: Opened, known: Known) -> NDArray[np.bool_]:
    """Rows about somebody who has withdrawn, whatever this file says of consent."""
    person = opened.of(opened.instrument.identity.respondent)
    if person is None:
        return np.zeros(len(opened.rows), dtype=bool)
    texts: Sequence[str | None] = [meant.text for meant in person.meant]
    gone = known.withdrawn([text for text in texts if text])
    return np.array([text in gone for text in texts])[person.codes]


def _counted(rule: str, rows: NDArray[np.bool_]) -> list[Finding]:
    """How many, and not which: a finding is kept longer than an answer."""
    if not rows.any():
        return []
    return [Finding(rule, Severity.INFORMATION, Effect.NOTE, values={"n": int(rows.sum())})]
