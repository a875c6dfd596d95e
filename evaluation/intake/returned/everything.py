"""The second sheet: every finding with its place, and room to say why an answer is right.

Findings with one cause stand together: the first says how many there are, the others are folded
away under it. A reason given at the first is given for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from evaluation.design import Instrument
from evaluation.intake.returned.fix_first import place_of
from evaluation.intake.returned.hidden import Key, Marker
from evaluation.intake.returned.marking import SIGNS
from evaluation.intake.returned.plan import Line, Page
from evaluation.intake.wording import by_cause, worded
from evaluation.language import Language
from evaluation.records.findings import Finding, Severity
from evaluation.records.verdicts import Verdict

MOST_ALIKE = 200
"""Cells of one cause that get a line each; beyond, the count says how many there are."""
COLUMNS = (
    ("severity", 17),
    ("number", 6),
    ("sheet", 16),
    ("row", 7),
    ("cell", 9),
    ("times", 9),
    ("question", 30),
    ("wrong", 34),
    ("allowed", 30),
    ("example", 30),
    ("fix", 34),
    ("reason", 30),
)
SHEET, LINKED, REASON = 2, 4, len(COLUMNS)
"""`REASON` counts from the hidden column, as a reader does."""


def everything(
    verdict: Verdict,
    say: Language,
    instrument: Instrument | None,
    persons: Mapping[int, str],
    *,
    with_data: bool,
) -> Page:
    """`persons`: row → the child's code; empty where the codes must not travel on."""
    return Page(
        title=say("returned.everything"),
        heading=say("returned.everything"),
        intro=(say("returned.everything_intro"), say("returned.reason_intro")),
        columns=tuple((say(f"returned.column.{name}"), width) for name, width in COLUMNS),
        lines=tuple(_lines(verdict.findings, say, instrument, persons, with_data=with_data)),
        after_title="",
        after=(),
        marker=Marker(verdict.batch, REASON),
        sheet=SHEET,
        linked=LINKED,
    )


def _lines(
    findings: Iterable[Finding],
    say: Language,
    instrument: Instrument | None,
    persons: Mapping[int, str],
    *,
    with_data: bool,
) -> Iterator[Line]:
    for cause, group in enumerate(_by_severity(findings), start=1):
        words = worded(group[0], say, instrument)
        for place, finding in enumerate(group[:MOST_ALIKE]):
            yield Line(
                (
                    _urgency(finding, say),
                    cause,
                    say("intake.sheet", number=finding.sheet) if finding.sheet else "",
                    finding.row or "",
                    f"{finding.column or ''}{finding.row}" if finding.row else "",
                    len(group) if place == 0 else "",
                    words.question,
                    words.wrong,
                    words.allowed,
                    words.example,
                    words.fix,
                    "",
                ),
                key=_key(finding, persons, cause, head=place == 0),
                link=place_of(finding) if with_data else None,
                severity=str(finding.severity),
                folded=place > 0,
            )


def _urgency(finding: Finding, say: Language) -> str:
    said = say(f"severity.{finding.severity}")
    return f"{SIGNS[finding.severity]} {said}" if finding.severity in SIGNS else said


def _by_severity(findings: Iterable[Finding]) -> list[list[Finding]]:
    order = list(Severity)
    return sorted(by_cause(findings), key=lambda group: order.index(group[0].severity))


def _key(finding: Finding, persons: Mapping[int, str], cause: int, *, head: bool) -> Key:
    person = persons.get(finding.row, "") if finding.row is not None else ""
    return Key(finding.rule, finding.field or "", person, cause, head)
