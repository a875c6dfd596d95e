"""Whether the answers are right, row by row: consent first, then copies, then the rules.

What comes out is one fate a row, and findings with places.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.design import Study
from evaluation.intake.across import (
    AlreadyStored,
    judge_across,
    judge_stored,
    share_too_large,
)
from evaluation.intake.answered import Rows
from evaluation.intake.consent import find_consents
from evaluation.intake.editions import EarlierAsked, Editions, find_editions
from evaluation.intake.entries import entries_of
from evaluation.intake.known import NOTHING, Known
from evaluation.intake.likely_codes import name_slips
from evaluation.intake.opened import Opened
from evaluation.intake.patterns.asked import Elsewhere
from evaluation.intake.places import Places
from evaluation.intake.singles import Singles, judge_singles
from evaluation.records.findings import Effect, Finding


@dataclass(frozen=True, slots=True)
class Judgement:
    """Masks over the opened rows; the rest is accepted. `rows` carry the answers to be kept."""

    held: NDArray[np.bool_]
    without_consent: NDArray[np.bool_]
    editions: Editions
    rows: Rows
    findings: tuple[Finding, ...]


def judge(
    opened: Opened,
    places: Places,
    study: Study,
    expectations: Path,
    already_stored: AlreadyStored,
    earlier: EarlierAsked,
    elsewhere: Elsewhere,
    known: Known = NOTHING,
) -> Judgement:
    consents = find_consents(opened, study.permissions, known)
    latest = ~opened.identities.older()
    asked = consents.asked & latest
    copies = _copies(opened, asked)
    judged = asked & ~copies
    singles = judge_singles(opened, judged)
    rows = Rows(singles.answers, places, _respondents(opened, singles), judged)
    findings = [
        *consents.findings,
        *_copied(opened, copies),
        *name_slips(opened, places, study, singles.findings, known.codes),
        *_too_many_bad(singles, study),
        *judge_across(opened, rows, study, expectations, elsewhere),
    ]
    good = judged & ~_held(opened, findings)
    refusing = ~consents.asked & latest
    editions = find_editions(opened, rows, good, refusing, earlier)
    good &= ~editions.set_aside & ~editions.settled
    findings += [*editions.findings, *judge_stored(opened, rows, good, already_stored)]
    held = _held(opened, findings) & asked
    refusing &= ~editions.set_aside
    return Judgement(held, refusing, editions, rows, tuple(findings))


def _copies(opened: Opened, asked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Rows that repeat an earlier row of the same person answer for answer: pasted twice."""
    person = opened.of(opened.instrument.identity.respondent)
    if person is None:
        return np.zeros(len(opened.rows), dtype=bool)
    frame = pd.DataFrame({place: each.codes for place, each in enumerate(opened.answers)})
    copied: NDArray[np.bool_] = asked & (person.codes != 0)
    copied[asked] &= frame[asked].duplicated().to_numpy()
    return copied


def _copied(opened: Opened, copies: NDArray[np.bool_]) -> list[Finding]:
    person = opened.of(opened.instrument.identity.respondent)
    return [
        opened.place("identical_row", Effect.HOLD, int(row), person)
        for row in np.flatnonzero(copies)
    ]


def _respondents(opened: Opened, singles: Singles) -> NDArray[np.object_]:
    """Who each row is about, or which entry it is. Where the file does not say, every row is
    another person."""
    if opened.instrument.identity.entry:
        return entries_of(opened.instrument.identity, singles.answers)
    name = opened.instrument.identity.respondent
    person = next((each for each in singles.answers if each.field.name == name), None)
    if person is not None:
        return person.texts()
    return np.array([str(row) for row in opened.rows], dtype=object)


def _too_many_bad(singles: Singles, study: Study) -> list[Finding]:
    if singles.bad_share <= study.intake["bad_answers"]:
        return []
    return [share_too_large("bad_answers", singles.bad_share, study)]


def _held(opened: Opened, findings: list[Finding]) -> NDArray[np.bool_]:
    rows = [f.row for f in findings if f.effect is Effect.HOLD and f.row is not None]
    return np.isin(opened.rows, rows)
