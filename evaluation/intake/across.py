"""Rules across fields, rows and batches: asked of the rows, once their single answers are right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.design import FieldType, Study
from evaluation.intake.opened import Opened
from evaluation.intake.places import Places
from evaluation.intake.recognise.answers import Answers
from evaluation.intake.suite import Rule, columns_of, rules_of_rows, written_rules
from evaluation.intake.validation import failing_rows
from evaluation.records.findings import Effect, Finding, Severity

AlreadyStored = Callable[[Sequence[str], int], frozenset[str]]
"""Respondents and a wave → those of them that another live batch of that wave holds."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What the rules look at: answers with the wrong ones emptied, and what is known of each row.

    `respondents`: who each row is about, None where it could not be read.
    """

    answers: tuple[Answers, ...]
    places: Places
    respondents: NDArray[np.object_]
    judged: NDArray[np.bool_]

    def column(self, name: str) -> pd.Series | None:
        if name == "respondent":
            return pd.Series(self.respondents, dtype="str")
        if name == "region":
            return pd.Series(self.places.regions, dtype="str")
        if name == "wave":
            return pd.Series(self.places.waves, dtype="str")
        if name == "sessions_planned":
            return pd.Series(self.places.sessions_planned, dtype="float64")
        answers = next((each for each in self.answers if each.field.name == name), None)
        if answers is None:
            return None
        texts = pd.Series(answers.texts(), dtype="float64" if answers.field.numeric else "str")
        if answers.field.type is FieldType.DATE:
            # Great Expectations compares dates a column at a time only where they are nanoseconds.
            return pd.to_datetime(texts, format="ISO8601").astype("datetime64[ns]")
        return texts


def judge_across(
    opened: Opened, rows: Rows, study: Study, expectations: Path
) -> tuple[Finding, ...]:
    rules = (
        *rules_of_rows(opened.instrument),
        *written_rules(opened.instrument, expectations, _said(opened, rows.places, study)),
    )
    columns = {name: rows.column(name) for rule in rules for name in columns_of(rule)}
    there = {name: column for name, column in columns.items() if column is not None}
    asked = [rule for rule in rules if there.keys() >= set(columns_of(rule))]
    frame = pd.DataFrame(there, index=range(len(rows.judged)))[rows.judged]
    numbers = np.flatnonzero(rows.judged)
    findings: list[Finding] = []
    for rule, failing in zip(asked, failing_rows(frame, asked), strict=True):
        findings += _findings(opened, rule, numbers[list(failing)], len(numbers), study)
    return tuple(findings)


def _said(opened: Opened, places: Places, study: Study) -> dict[str, str]:
    """What `$name` stands for in expectations/: the card, and the wave's window."""
    said = dict(opened.card.values)
    if places.wave is not None:
        wave = study.wave(places.wave)
        if wave.start and wave.end:
            said |= {"wave_start": wave.start.isoformat(), "wave_end": wave.end.isoformat()}
    return said


def _findings(
    opened: Opened, rule: Rule, failing: NDArray[np.int64], judged: int, study: Study
) -> list[Finding]:
    answers = opened.of(rule.field)
    findings = [
        Finding(
            rule.rule,
            rule.severity,
            rule.effect,
            sheet=opened.sheet,
            row=int(opened.rows[row]),
            column=opened.place(rule.rule, rule.effect, int(row), answers).column,
            field=rule.field,
        )
        for row in failing
    ]
    # One bad row never sinks a batch, however small the batch is.
    if rule.limit and len(failing) > max(1, study.intake[rule.limit] * judged):
        findings.append(share_too_large(rule.limit, len(failing) / judged, study))
    return findings


def share_too_large(threshold: str, share: float, study: Study) -> Finding:
    """Too many of one fault are not slips of the pen: it is another file than it is said to be."""
    return Finding(
        threshold,
        Severity.MUST_FIX,
        Effect.REFUSE,
        values={
            "share": round(100 * share),
            "limit": round(100 * study.intake[threshold]),
        },
    )


def judge_stored(
    opened: Opened, rows: Rows, good: NDArray[np.bool_], already_stored: AlreadyStored
) -> tuple[Finding, ...]:
    """Rows about somebody whose answers of that wave another batch has brought already."""
    name = opened.instrument.identity.respondent
    if name is None:
        return ()
    findings = []
    for wave in sorted({wave for wave in rows.places.waves[good] if wave is not None}):
        of_wave = np.flatnonzero(good & (rows.places.waves == wave))
        stored = already_stored(rows.respondents[of_wave].tolist(), int(wave))
        findings += [
            opened.place("already_stored", Effect.HOLD, int(row), opened.of(name))
            for row in of_wave
            if rows.respondents[row] in stored
        ]
    return tuple(findings)
