"""Which question an unknown header probably means: by its words and by what stands below it.

Never by its place. A proposal changes nothing: the file is refused as before, and a person says
whether the proposal is right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from evaluation.design import Field, FieldType
from evaluation.intake.reading.sheets import Column, letter
from evaluation.intake.reading.source import LONGEST_HEADER, Source
from evaluation.intake.recognise.answers import translator
from evaluation.intake.recognise.folding import twins
from evaluation.intake.recognise.headers import Headings
from evaluation.intake.recognise.layout import Layout
from evaluation.intake.recognise.remembered import header_digest, source_digest
from evaluation.records.findings import Finding

LIKENESS = 0.5
"""Below this, two texts have no more in common than any two questions have."""
FITTING = 0.7
"""The share of distinct answers that a field must allow, where there are any."""
SURE = 0.6
"""A proposal's least mark: 0.7 of it for the words, 0.3 for the answers."""
APART = 0.05
"""How much better than the second best; otherwise nothing is proposed."""
LOOKED_AT = 100
"""Distinct answers of a column that are tried."""
SEVERAL = 3
"""So many distinct codes of a field's own form say what a column is, whatever it is called."""


@dataclass(frozen=True, slots=True)
class UnclearColumn:
    """A column that belongs to no question by its header. `header` is its digest, `field` the name
    of the question that it probably means, None where none is likely."""

    letter: str
    header: str
    field: str | None


@dataclass(frozen=True, slots=True)
class UnclearColumns:
    """`source` is the digest that a confirmation is remembered by; `free`: the fields that no
    column has been recognised as; `known`: letter and field of each that has been."""

    source: str
    columns: tuple[UnclearColumn, ...]
    free: frozenset[str]
    known: tuple[tuple[str, str], ...]

    @property
    def proposed(self) -> frozenset[str]:
        return frozenset(each.field for each in self.columns if each.field)


def unclear_columns(layout: Layout, headings: Headings) -> UnclearColumns:
    headers = layout.sheet.row(layout.header_row)
    unknown = [column for column, found in headings.findings if found.rule == "unknown_column"]
    if any(found.rule == "letters_lost" for _, found in headings.findings):
        unknown = []  # such a file is to be saved anew, not confirmed column by column
    known = headings.fields.keys() | headings.options.keys()
    free = [field for field in layout.instrument.fields if field.name not in known]
    marks = _marks(layout, headers, unknown, free)
    best = {column: _best(fields) for column, fields in marks.items()}
    proposals = {
        column: field
        for column, (field, mark) in best.items()
        if field and not any(field == f and mark <= m for c, (f, m) in best.items() if c != column)
    }
    return UnclearColumns(
        source=source_digest(headers, layout.instrument),
        columns=tuple(
            UnclearColumn(letter(column), header_digest(headers[column]), proposals.get(column))
            for column in unknown
        ),
        free=frozenset(field.name for field in free),
        known=tuple((letter(column), name) for name, column in sorted(headings.fields.items())),
    )


def ask_back(unclear: UnclearColumns, findings: Iterable[Finding]) -> list[Finding]:
    """The findings about columns, each unknown one with its proposal where there is one. A
    question that is missing only because its column was not recognised is said once."""
    fields = {each.letter: each.field for each in unclear.columns}
    asked = []
    for finding in findings:
        name = fields.get(finding.column or "")
        if finding.rule == "unknown_column" and name:
            values = {"letter": finding.column or "", "name": name}
            finding = replace(finding, rule="column_unclear", field=name, values=values)
        if finding.rule != "missing_column" or finding.field not in unclear.proposed:
            asked.append(finding)
    return asked


def _marks(
    layout: Layout, headers: Sequence[str], unknown: Sequence[int], free: Sequence[Field]
) -> dict[int, dict[str, float]]:
    """Column → field → how likely it is, of the fields that are likely at all."""
    words = {field.name: [_phrase(word) for word in _words_of(field)] for field in free}
    allows = {field.name: _allowing(field) for field in free}
    marks: dict[int, dict[str, float]] = {}
    for column in unknown:
        said = [_phrase(text) for text in _said_by(headers[column], layout.source)]
        answers = _answers(layout.sheet.columns[column], layout.first_row)
        marks[column] = {}
        for field in free:
            like = max(_likeness(text, word) for text in said for word in words[field.name])
            mark = _mark(field, like, answers, allows[field.name])
            if mark >= SURE:
                marks[column][field.name] = mark
    return marks


def _mark(field: Field, like: float, answers: list[str], allows: Callable[[str], bool]) -> float:
    if not answers:
        return like
    shaped = field.pattern is not None and field.type is FieldType.TEXT
    if like < LIKENESS and not shaped:
        return 0.0  # before the answers are tried, which takes longest
    fitting = sum(map(allows, answers)) / len(answers)
    if like >= LIKENESS and fitting >= FITTING:
        return 0.7 * like + 0.3 * fitting
    return SURE if shaped and fitting == 1 and len(answers) >= SEVERAL else 0.0


def _best(marks: dict[str, float]) -> tuple[str | None, float]:
    ordered = sorted(marks.items(), key=lambda entry: -entry[1])
    if not ordered or (len(ordered) > 1 and ordered[0][1] - ordered[1][1] < APART):
        return None, 0.0
    return ordered[0]


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A folded text, its words, and its groups of three letters."""

    text: str
    words: frozenset[str]
    threes: frozenset[str]


def likeness(one: str, other: str) -> float:
    """0 to 1, of two folded texts: shared groups of three letters, or one said within the other."""
    return _likeness(_phrase(one), _phrase(other))


def _likeness(one: _Phrase, other: _Phrase) -> float:
    if not one.text or not other.text:
        return 0.0
    dice = 2 * len(one.threes & other.threes) / (len(one.threes) + len(other.threes))
    short, long = (one, other) if len(one.text) <= len(other.text) else (other, one)
    within = short.words <= long.words
    return max(dice, 0.6 + 0.4 * len(short.text) / len(long.text) if within else 0.0)


def _phrase(text: str) -> _Phrase:
    padded = f" {text} "
    threes = frozenset(padded[start : start + 3] for start in range(len(padded) - 2))
    return _Phrase(text, frozenset(text.split()), threes)


def _said_by(header: str, source: Source) -> list[str]:
    """The header, alone and after the names of the groups it stands in."""
    rests = (rest for _, rest in source.splits(header))
    return [_bare(text) for text in (header[:LONGEST_HEADER], *rests)]


def _words_of(field: Field) -> list[str]:
    return [_bare(word) for word in (field.name, *field.header.values(), *field.aliases)]


def _bare(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", twins(text)))


def _answers(column: Column, first_row: int) -> list[str]:
    used = sorted(set(column.codes[first_row:].tolist()) - {0})
    return [column.texts[code] for code in used[:LOOKED_AT]]


def _allowing(field: Field) -> Callable[[str], bool]:
    translate = translator(field)
    form = re.compile(field.pattern) if field.pattern else None

    def allows(text: str) -> bool:
        meant = translate(text).text
        if meant is None:
            return False
        if field.choices is not None:
            return set(meant.split()) <= set(field.choices.codes)
        return form is None or form.fullmatch(meant) is not None

    return allows
