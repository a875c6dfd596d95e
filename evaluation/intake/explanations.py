"""Answers to "please check": what a sender has explained is not asked again.

An explanation holds for this rule, this answer of this child in this wave. Another answer is
another question. What must be mended cannot be explained away.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evaluation.intake.corrections import balance, changes, person_of, persons_of
from evaluation.intake.opened import Opened
from evaluation.intake.past import Past
from evaluation.intake.places import Places
from evaluation.records.explanations import Explanation
from evaluation.records.findings import Effect, Finding, Severity

EXPLAINABLE = frozenset({Effect.NOTE, Effect.BLANK})
"""A row that is held back stays so until it is mended, and its finding with it."""


@dataclass(frozen=True, slots=True)
class Settled:
    """`findings`: what is left to ask, with what was settled counted. `explanations`: to keep."""

    findings: tuple[Finding, ...]
    explanations: tuple[Explanation, ...]


def settle(opened: Opened, places: Places, found: Iterable[Finding], past: Past) -> Settled:
    left: list[Finding] = []
    given: list[Explanation] = []
    known = 0
    subjects = _Subjects(opened, places)
    for finding in (*found, *changes(opened, past)):
        if finding.severity is not Severity.PLEASE_CHECK or finding.effect not in EXPLAINABLE:
            left.append(finding)
            continue
        about = subjects.of(finding)
        if about.reason:
            given.append(about)
        elif about.value is not None and past.explained(about.subject):
            known += 1
        else:
            left.append(finding)
    left += balance(opened, past, left)
    if known or given:
        values = {"n": known + len(given)}
        left.append(Finding("explained", Severity.INFORMATION, Effect.NOTE, values=values))
    return Settled(tuple(left), tuple(given))


class _Subjects:
    """What a finding is about. Rows and answers are looked up once a file, not once a finding."""

    def __init__(self, opened: Opened, places: Places) -> None:
        self._opened = opened
        self._waves = places.waves
        self._persons = persons_of(opened)
        self._place = {int(row): place for place, row in enumerate(opened.rows)}

    def of(self, finding: Finding) -> Explanation:
        person = person_of(finding, self._persons)
        place = self._place.get(finding.row) if finding.row is not None else None
        answers = self._opened.of(finding.field)
        value = None
        if place is not None and answers is not None:
            value = answers.meant[answers.codes[place]].text
        wave = self._waves[place] if place is not None else None
        return Explanation(
            instrument=self._opened.instrument.id,
            rule=finding.rule,
            field=finding.field or "",
            respondent=person,
            wave=wave or "",
            value=value,
            reason=self._opened.reply.reason(finding.rule, finding.field or "", person),
        )
