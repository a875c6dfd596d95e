"""A corrected file beside the one before: what was mended, what is new, what else has changed.

Children are told by their code and never by the row, which moves when somebody sorts or inserts.
Only where the questionnaire knows no codes is the row the person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

from evaluation.intake.entries import entries_of, is_known_again
from evaluation.intake.opened import Opened
from evaluation.intake.past import Past
from evaluation.records.findings import Effect, Finding, Severity

LISTED = 500
"""Cells that changed unasked and are shown one by one; how many there are is said in full."""
UNASKED = "changed_unasked"
Subject = tuple[str, str, str]


def persons_of(opened: Opened) -> dict[int, str]:
    """Row as Excel shows it → whom it is about, "" where that could not be read."""
    identity = opened.instrument.identity
    name = identity.respondent
    answers = opened.of(name)
    if identity.entry:
        entries = entries_of(identity, opened.answers).tolist()
        return {int(row): each or "" for row, each in zip(opened.rows, entries, strict=True)}
    if name is None:
        return {int(row): str(row) for row in opened.rows}
    if answers is None:
        return {int(row): "" for row in opened.rows}
    texts = answers.texts().tolist()
    return {int(row): text or "" for row, text in zip(opened.rows, texts, strict=True)}


def person_of(finding: Finding, persons: dict[int, str]) -> str:
    return persons.get(finding.row, "") if finding.row is not None else ""


def changes(opened: Opened, past: Past) -> tuple[Finding, ...]:
    """Answers that differ from the file before though nobody asked, and children that are gone."""
    before = past.opened
    if before is None or not is_known_again(opened.instrument.identity):
        return ()
    here, there = _places(opened), _places(before)
    gone = len(there.keys() - here.keys())
    found = _changed(opened, before, past.findings, here, there)
    said = list(found[:LISTED])
    if len(found) > LISTED:
        more = {"n": len(found) - LISTED}
        said.append(Finding("changed_more", Severity.INFORMATION, Effect.NOTE, values=more))
    if gone:
        said.append(Finding("rows_gone", Severity.INFORMATION, Effect.NOTE, values={"n": gone}))
    return tuple(said)


def balance(opened: Opened, past: Past, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """How many of the findings of the file before are settled, still open, and new."""
    if not past.corrects:
        return ()
    old = _subjects(past.findings, past.opened, known=past.opened is not None)
    new = _subjects(findings, opened, known=past.opened is not None)
    values = {
        "fixed": (old - new).total(),
        "open": (old & new).total(),
        "new": (new - old).total(),
    }
    found = Finding("corrected", Severity.INFORMATION, Effect.NOTE, values=values)
    return (found,)


def _subjects(
    findings: Iterable[Finding], opened: Opened | None, *, known: bool
) -> Counter[Subject]:
    """Where the file before is no longer kept (`known` False), by rule and question alone."""
    persons = persons_of(opened) if opened is not None and known else {}
    return Counter(
        (each.rule, each.field or "", person_of(each, persons))
        for each in findings
        if each.severity is not Severity.INFORMATION and each.rule != UNASKED
    )


def _places(opened: Opened) -> dict[str, int]:
    """Whom a row is about → its place; children with several rows are in neither."""
    persons = list(persons_of(opened).values())
    often = Counter(persons)
    return {who: place for place, who in enumerate(persons) if who and often[who] == 1}


def _changed(
    opened: Opened,
    before: Opened,
    findings: Iterable[Finding],
    here: dict[str, int],
    there: dict[str, int],
) -> list[Finding]:
    both = [who for who in here if who in there]
    rows = np.array([here[who] for who in both], dtype=np.int64)
    old_rows = np.array([there[who] for who in both], dtype=np.int64)
    asked = _asked(findings, before)
    changed = []
    for answers in opened.answers:
        old = before.of(answers.field.name)
        if old is None:
            continue
        differs = answers.texts()[rows] != old.texts()[old_rows]
        changed += [
            opened.place("changed_unasked", Effect.NOTE, int(rows[place]), answers)
            for place in np.flatnonzero(differs)
            if not asked & {(both[place], answers.field.name), (both[place], "")}
        ]
    return sorted(changed, key=lambda finding: finding.row or 0)


def _asked(findings: Iterable[Finding], before: Opened) -> set[tuple[str, str]]:
    """(person, question) that the file before was asked about; "": the row as a whole."""
    persons = persons_of(before)
    whole = (None, before.instrument.identity.respondent)
    return {
        (persons[each.row], "" if each.field in whole else each.field or "")
        for each in findings
        if each.row in persons and each.severity is not Severity.INFORMATION
    }
