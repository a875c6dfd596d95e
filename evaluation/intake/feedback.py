"""Findings → a receipt in the sender's language: what became of the file, and what to mend first.

Repeats of one cause are one entry with the first cells and a count; nobody reads the same sentence
forty times. Says cells, questions and what is allowed; never what was typed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from evaluation.design import Choices, Instrument
from evaluation.language import Language
from evaluation.records.batches import Status, receipt
from evaluation.records.findings import Finding, Severity
from evaluation.records.verdicts import Verdict

SHOWN = 5
"""Cells of one cause that are listed before "and 37 more"."""
ORDER = (Severity.MUST_FIX, Severity.PLEASE_CHECK, Severity.INFORMATION)


def receipt_text(verdict: Verdict, say: Language, instrument: Instrument | None) -> str:
    """Markdown. `instrument` gives questions and answers their words; None where unknown."""
    lines = [
        f"# {say('intake.title', receipt=receipt(verdict.batch))}",
        "",
        f"- {say('intake.status', status=say(f'status.{verdict.status}'))}",
        *(f"- {count}" for count in _counts(verdict, say)),
    ]
    for severity in ORDER:
        found = [each for each in verdict.findings if each.severity is severity]
        if found:
            lines += ["", f"## {say(f'intake.heading.{severity}')}", ""]
            lines += [line for group in _groups(found) for line in _entry(group, say, instrument)]
    return "\n".join(lines) + "\n"


def _counts(verdict: Verdict, say: Language) -> list[str]:
    tally = verdict.tally
    if not tally.rows:
        return []
    if verdict.status is Status.REFUSED:
        return [say("intake.rows_refused", n=tally.rows)]
    counts = [say("intake.rows", n=tally.rows), say("intake.accepted", n=tally.accepted)]
    if tally.held:
        counts.append(say("intake.held", n=tally.held))
    if tally.without_consent:
        counts.append(say("intake.without_consent", n=tally.without_consent))
    return counts


def _groups(findings: Iterable[Finding]) -> list[list[Finding]]:
    """By cause, in the order in which the causes first come."""

    def cause(finding: Finding) -> tuple[object, ...]:
        return (finding.rule, finding.field or "", finding.sheet or 0, str(dict(finding.values)))

    first: dict[tuple[object, ...], int] = {}
    for place, finding in enumerate(findings):
        first.setdefault(cause(finding), place)
    ordered = sorted(findings, key=lambda finding: first[cause(finding)])
    return [list(group) for _, group in groupby(ordered, key=cause)]


def _entry(group: list[Finding], say: Language, instrument: Instrument | None) -> list[str]:
    finding = group[0]
    field = instrument.field(finding.field) if instrument and finding.field else None
    cells = [cell for each in group if (cell := _cell(each, say))]
    place = ", ".join(cells[:SHOWN])
    if len(cells) > SHOWN:
        place += " " + say("intake.more", n=len(cells) - SHOWN)
    question = f"«{say.text(field.header)}»" if field else ""
    head = " · ".join(part for part in (place, question) if part)
    values = dict(finding.values)
    if field and field.choices and "allowed" in values:
        values["allowed"] = _answers(field.choices, say)
    wrong = say(finding.message, **values)
    return [
        f"- **{head}**: {wrong}" if head else f"- {wrong}",
        f"  {say(f'{finding.message}.fix', **values)}",
    ]


def _cell(finding: Finding, say: Language) -> str:
    if "place" in finding.values:
        return _outside(finding, say)
    if finding.row is None:
        return say("intake.sheet", number=finding.sheet) if finding.sheet else ""
    cell = f"{finding.column or ''}{finding.row}"
    if finding.sheet is None or finding.sheet == 1:
        return cell
    return say("intake.cell_of_sheet", number=finding.sheet, cell=cell)


def _outside(finding: Finding, say: Language) -> str:
    """A place that is no cell: a comment, a property of the file."""
    place = say(f"intake.place.{finding.values['place']}")
    cell = _cell(replace(finding, values={}), say)
    return f"{cell} ({place})" if cell else place


def _answers(line: Choices, say: Language) -> str:
    """The codes with their words, where these say more than the code."""
    words = [(choice.code, say.text(choice.label)) for choice in line.choices]
    return "; ".join(code if code == word else f"{code} ({word})" for code, word in words)
