"""Findings → a receipt in the sender's language: what became of the file, and what to mend first.

Repeats of one cause are one entry with the first cells and a count; nobody reads the same sentence
forty times. Says cells, questions and what is allowed; never what was typed.
"""

from __future__ import annotations

from evaluation.design import Instrument
from evaluation.intake.wording import by_cause, cell_of, worded
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
    if verdict.replaces:
        lines.append(f"- {say('intake.replaces', receipt=receipt(verdict.replaces))}")
    for severity in ORDER:
        found = [each for each in verdict.findings if each.severity is severity]
        if found:
            lines += ["", f"## {say(f'intake.heading.{severity}')}", ""]
            lines += [line for group in by_cause(found) for line in _entry(group, say, instrument)]
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


def _entry(group: list[Finding], say: Language, instrument: Instrument | None) -> list[str]:
    words = worded(group[0], say, instrument)
    cells = [cell for each in group if (cell := cell_of(each, say))]
    place = ", ".join(cells[:SHOWN])
    if len(cells) > SHOWN:
        place += " " + say("intake.more", n=len(cells) - SHOWN)
    question = f"«{words.question}»" if words.question else ""
    head = " · ".join(part for part in (place, question) if part)
    return [f"- **{head}**: {words.wrong}" if head else f"- {words.wrong}", f"  {words.fix}"]
