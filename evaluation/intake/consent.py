"""Whose answers may be kept: a row without every consent is counted, and looked at no further."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.intake.card import allowed
from evaluation.intake.opened import Opened
from evaluation.records.findings import Effect, Finding, Severity


@dataclass(frozen=True, slots=True)
class Consents:
    """`asked`: the rows that go on. A consent that is empty or cannot be read is not given, but was
    perhaps only forgotten: its row goes on, to be held."""

    asked: NDArray[np.bool_]
    findings: tuple[Finding, ...]


def find_consents(opened: Opened) -> Consents:
    refused = np.zeros(len(opened.rows), dtype=bool)
    findings: list[Finding] = []
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
    if refused.any():
        findings.append(
            Finding(
                "without_consent",
                Severity.INFORMATION,
                Effect.NOTE,
                values={"n": int(refused.sum())},
            )
        )
    return Consents(~refused, tuple(findings))
