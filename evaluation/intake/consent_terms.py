"""Whether a consent that was given holds: its text known, signed while in use, not run out.

A version or a day that cannot be right is a slip of the pen, and holds its row until it is mended.
A consent that has run out is no consent any more: the row is counted, and its answers are not kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from evaluation.design import ConsentText, Permissions
from evaluation.intake.opened import Opened
from evaluation.intake.recognise.answers import Answers
from evaluation.records.findings import Effect, Finding


@dataclass(frozen=True, slots=True)
class Terms:
    """`run_out`: the rows whose consent no longer holds. The findings hold rows."""

    run_out: NDArray[np.bool_]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Signed:
    """One row's consent, as far as it can be read."""

    text: ConsentText | None
    version: bool  # something was said
    signed_on: str | None
    asked_on: str | None


def judge_terms(
    opened: Opened, rows: NDArray[np.bool_], permissions: Permissions, today: date | None
) -> Terms:
    """`rows`: those with consent. `today`: None where only the day of the answers counts."""
    run_out = np.zeros(len(rows), dtype=bool)
    fields = permissions.fields
    version = opened.of(fields.version) if fields else None
    if fields is None or version is None:
        return Terms(run_out, ())
    signed_on, asked_on = opened.of(fields.signed_on), opened.of(fields.asked_on)
    findings: list[Finding] = []
    for row in np.flatnonzero(rows).tolist():
        signed = _signed(row, version, signed_on, asked_on, permissions)
        if signed.version and signed.text is None:
            known = ", ".join(str(number) for number in sorted(permissions.texts))
            place = opened.place("consent_version", Effect.HOLD, row, version, known=known)
            findings.append(place)
        elif signed.text and _too_early(signed, signed.text):
            since = signed.text.since.isoformat()
            place = opened.place("consent_too_early", Effect.HOLD, row, signed_on, since=since)
            findings.append(place)
        run_out[row] = signed.text is not None and _has_run_out(signed, signed.text, today)
    return Terms(run_out, tuple(findings))


def _signed(
    row: int,
    version: Answers,
    signed_on: Answers | None,
    asked_on: Answers | None,
    permissions: Permissions,
) -> _Signed:
    said = version.meant[version.codes[row]].text
    return _Signed(
        text=permissions.texts.get(int(said)) if said and said.isdecimal() else None,
        version=said is not None,
        signed_on=_said(signed_on, row),
        asked_on=_said(asked_on, row),
    )


def _said(answers: Answers | None, row: int) -> str | None:
    return answers.meant[answers.codes[row]].text if answers else None


def _too_early(signed: _Signed, text: ConsentText) -> bool:
    return signed.signed_on is not None and signed.signed_on < text.since.isoformat()


def _has_run_out(signed: _Signed, text: ConsentText, today: date | None) -> bool:
    days = [signed.asked_on, today.isoformat() if today else None]
    return any(day is not None and day > text.until.isoformat() for day in days)
