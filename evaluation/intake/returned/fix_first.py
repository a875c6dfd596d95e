"""The first sheet: what keeps rows or the file out, at most twenty lines, and what to do next."""

from __future__ import annotations

from evaluation.design import Instrument
from evaluation.intake.returned.hidden import Marker
from evaluation.intake.returned.marking import SIGNS
from evaluation.intake.returned.plan import Cell, Line, Page
from evaluation.intake.wording import by_cause, worded
from evaluation.language import Language
from evaluation.records.batches import receipt
from evaluation.records.findings import Finding, Severity
from evaluation.records.verdicts import Verdict

MOST = 20
"""More than twenty things to do first are not first."""
SHOWN = 4
"""Cells named in one line; the link leads to the first of them."""
STEPS = ("mend", "check", "save", "send")
STEPS_WITHOUT_DATA = ("own_file", "send_again")
WIDTHS = (6, 16, 14, 32, 40, 40, 30, 10)
SHEET, LINKED = 1, 2


def fix_first(
    verdict: Verdict, say: Language, instrument: Instrument | None, *, with_data: bool
) -> Page:
    """`with_data`: the workbook holds the sender's own sheets, so that cells can be linked."""
    blocking = [each for each in verdict.findings if each.severity is Severity.MUST_FIX]
    groups = by_cause(blocking)
    lines = tuple(
        _line(number, group, say, instrument, with_data=with_data)
        for number, group in enumerate(groups[:MOST], start=1)
    )
    headers = ("number", "sheet", "cell", "question", "wrong", "fix", "example", "times")
    steps = STEPS if with_data else STEPS_WITHOUT_DATA
    return Page(
        title=say("returned.fix_first"),
        heading=say("returned.fix_first"),
        intro=_intro(verdict, len(groups), say, with_data=with_data),
        columns=tuple(
            (say(f"returned.column.{h}"), w) for h, w in zip(headers, WIDTHS, strict=True)
        ),
        lines=lines,
        after_title=say("returned.next"),
        after=tuple(
            f"{number}. {say(f'returned.step.{step}', sheet=say('returned.everything'))}"
            for number, step in enumerate(steps, start=1)
        ),
        marker=Marker(verdict.batch, 0),
        sheet=SHEET,
        linked=LINKED,
    )


def place_of(finding: Finding) -> Cell | None:
    """Where a link leads: to the cell, to its row, to the top of its sheet, or nowhere."""
    if finding.row is not None:
        return Cell(finding.sheet, finding.row, finding.column or "A")
    return Cell(finding.sheet, 1, "A") if finding.sheet is not None else None


def _intro(verdict: Verdict, causes: int, say: Language, *, with_data: bool) -> tuple[str, ...]:
    said = [
        say("intake.title", receipt=receipt(verdict.batch)),
        say("intake.status", status=say(f"status.{verdict.status}")),
    ]
    if not causes:
        said.append(say("returned.nothing_blocks", sheet=say("returned.everything")))
    if causes > MOST:
        said.append(say("returned.first_of", shown=MOST, n=causes))
    if not with_data:
        said.append(say("returned.without_data"))
    return (" · ".join(said[:2]), *said[2:])


def _line(
    number: int,
    group: list[Finding],
    say: Language,
    instrument: Instrument | None,
    *,
    with_data: bool,
) -> Line:
    first = group[0]
    words = worded(first, say, instrument)
    cells = [f"{each.column or ''}{each.row}" for each in group if each.row is not None]
    shown = ", ".join(cells[:SHOWN]) + (" …" if len(cells) > SHOWN else "")
    sheet = say("intake.sheet", number=first.sheet) if first.sheet else ""
    return Line(
        (
            f"{SIGNS[first.severity]} {number}",
            sheet,
            shown,
            words.question,
            words.wrong,
            words.fix,
            words.example,
            len(group),
        ),
        link=place_of(first) if with_data else None,
        severity=str(first.severity),
    )
