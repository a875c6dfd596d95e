"""Findings in words: by cause, where they stand, what is wrong, what is allowed, an example.

Says what the study declares; never what was typed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from evaluation.design import Choices, Field, FieldType, Instrument
from evaluation.intake.allowed import picture
from evaluation.language import Language
from evaluation.records.codes import child_code
from evaluation.records.findings import Finding

NOBODY = child_code("00", 0)
"""No region has the number 00: a code that is well-formed and can belong to no child."""
SOME_DAY = "2022-11-14"
OF_AN_ANSWER = frozenset(("allowed", "form"))
"""What the values of a finding hold where an answer is not one of those that can be given."""


@dataclass(frozen=True, slots=True)
class Worded:
    """`question`, `allowed` and `example` are "" where the finding is about no one question."""

    question: str
    wrong: str
    fix: str
    allowed: str
    example: str


def by_cause(findings: Iterable[Finding]) -> list[list[Finding]]:
    """In the order in which the causes first come."""

    def cause(finding: Finding) -> tuple[object, ...]:
        return (finding.rule, finding.field or "", finding.sheet or 0, str(dict(finding.values)))

    findings = tuple(findings)
    first: dict[tuple[object, ...], int] = {}
    for place, finding in enumerate(findings):
        first.setdefault(cause(finding), place)
    ordered = sorted(findings, key=lambda finding: first[cause(finding)])
    return [list(group) for _, group in groupby(ordered, key=cause)]


def worded(finding: Finding, say: Language, instrument: Instrument | None) -> Worded:
    """`instrument` gives questions and answers their words; None where unknown."""
    field = instrument.field(finding.field) if instrument and finding.field else None
    values = dict(finding.values)
    if field and field.choices and "allowed" in values:
        values["allowed"] = answers(field.choices, say)
    rule = finding.message
    own = f"rule.{finding.rule}.example"
    # Where the answer itself is wrong, an answer of this very question shows more than any words.
    example = example_of(field) if field and values.keys() & OF_AN_ANSWER else ""
    return Worded(
        question=say.text(field.header) if field else "",
        wrong=say(rule, **values),
        fix=say(f"{rule}.fix", **values),
        allowed=allowed_in(field, say) if field else "",
        example=example or say(own),
    )


def cell_of(finding: Finding, say: Language) -> str:
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
    cell = cell_of(replace(finding, values={}), say)
    return f"{cell} ({place})" if cell else place


def allowed_in(field: Field, say: Language) -> str:
    """What a cell of the field may hold, as the template says it."""
    if field.choices is not None:
        return answers(field.choices, say)
    if field.type is FieldType.DATE:
        return say("template.date", example=SOME_DAY)
    if field.type is FieldType.INTEGER:
        return _whole_number(field, say)
    example = example_of(field)
    return say("template.like", example=example) if example else say("template.text")


def answers(line: Choices, say: Language) -> str:
    """The codes with their words, where these say more than the code."""
    words = [(choice.code, say.text(choice.label)) for choice in line.choices]
    return "; ".join(code if code == word else f"{code} ({word})" for code, word in words)


def example_of(field: Field) -> str:
    """ "" where the declaration does not say enough to show one."""
    if field.choices is not None:
        return field.choices.codes[0]
    if field.type is FieldType.DATE:
        return SOME_DAY
    if field.type is FieldType.INTEGER:
        return str(field.minimum or 1)
    if field.check == "child_code":
        return NOBODY
    return picture(field.pattern) if field.pattern else ""


def _whole_number(field: Field, say: Language) -> str:
    if field.minimum is None:
        return say("template.whole")
    if field.maximum is None:
        return say("template.whole_from", low=field.minimum)
    return say("template.whole_between", low=field.minimum, high=field.maximum)
