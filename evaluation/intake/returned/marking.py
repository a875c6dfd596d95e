"""Findings → marks and comments in the sender's own cells; the codebook → drop-downs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evaluation.design import Field, FieldType, Instrument
from evaluation.intake.opened import Opened
from evaluation.intake.reading.sheets import letter
from evaluation.intake.returned.plan import Cell, Dropdown, Mark
from evaluation.intake.wording import answers, worded
from evaluation.language import Language
from evaluation.records.findings import Finding, Severity

MOST_MARKS = 5000
"""A file with more wrong cells is another file than it is said to be; the list says how many."""
SIGNS = {Severity.MUST_FIX: "✖", Severity.PLEASE_CHECK: "?"}
"""Before the words of a comment: a mark is never a colour alone."""
LONGEST_LIST = LONGEST_PROMPT = LONGEST_ERROR = 255
LONGEST_TITLE = 32
"""Excel's own limits."""


def marks_of(
    findings: Iterable[Finding], say: Language, instrument: Instrument | None
) -> tuple[Mark, ...]:
    """One mark a cell, with all that was found there; the graver finding dresses it."""
    found: dict[Cell, list[Finding]] = {}
    for each in findings:
        if each.severity in SIGNS and each.row is not None and each.column is not None:
            found.setdefault(Cell(each.sheet, each.row, each.column), []).append(each)
    return tuple(
        _mark(cell, group, say, instrument) for cell, group in list(found.items())[:MOST_MARKS]
    )


def dropdowns_of(opened: Opened, say: Language) -> tuple[Dropdown, ...]:
    return tuple(_dropdowns(opened, say))


def _mark(
    cell: Cell, findings: list[Finding], say: Language, instrument: Instrument | None
) -> Mark:
    findings = sorted(findings, key=lambda finding: list(SIGNS).index(finding.severity))
    texts = [_comment(each, say, instrument) for each in findings]
    return Mark(cell, str(findings[0].severity), "\n\n".join(dict.fromkeys(texts)))


def _comment(finding: Finding, say: Language, instrument: Instrument | None) -> str:
    words = worded(finding, say, instrument)
    lines = [
        f"{SIGNS[finding.severity]} {say(f'severity.{finding.severity}')}: {words.wrong}",
        words.fix,
    ]
    # Some rules say themselves what is allowed.
    if words.allowed and words.allowed not in words.wrong:
        lines.append(f"{say('returned.column.allowed')}: {words.allowed}")
    lines.append(f"{say('returned.column.example')}: {words.example}")
    return "\n".join(lines)


def _dropdowns(opened: Opened, say: Language) -> Iterator[Dropdown]:
    if not len(opened.rows):
        return
    for each in opened.answers:
        if not _fits(each.field):
            continue
        assert each.field.choices is not None
        yield Dropdown(
            sheet=opened.sheet,
            column=letter(each.column),
            first=int(opened.rows.min()),
            last=int(opened.rows.max()),
            codes=each.field.choices.codes,
            title=_clipped(say.text(each.field.header), LONGEST_TITLE),
            prompt=_clipped(answers(each.field.choices, say), LONGEST_PROMPT),
            error=_clipped(say("template.error_message"), LONGEST_ERROR),
        )


def _fits(field: Field) -> bool:
    """A list that Excel can hold in the rule itself; a longer one is in the comments."""
    if field.type is not FieldType.CODE or field.choices is None:
        return False
    codes = field.choices.codes
    return len(",".join(codes)) <= LONGEST_LIST and not any("," in code for code in codes)


def _clipped(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
