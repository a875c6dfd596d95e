"""The batch card: what is said once for a whole batch, wherever it is said.

Three places can say it: the card sheet of our template, columns that are the same in every row,
and whoever sends the file. They may repeat each other and must not contradict each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.design import Field, FieldType, Instrument, Level, Need
from evaluation.intake.reading.sheets import Column, Sheet
from evaluation.intake.recognise.answers import translator
from evaluation.intake.recognise.translation import Translation
from evaluation.intake.recognise.vocabulary import Vocabulary
from evaluation.records.batches import Card
from evaluation.records.findings import Effect, Finding, Severity

VERSION = "instrument_version"
"""The batch field that says which version of the questionnaire was used, where a study has it."""


@dataclass(frozen=True, slots=True)
class Said:
    """One statement of one batch field: its text, and where it stands (None: the sender's)."""

    text: str
    sheet: int | None = None
    row: int | None = None
    column: str | None = None


Statements = Mapping[str, tuple[Said, ...]]


def card_statements(sheet: Sheet | None, vocabulary: Vocabulary) -> dict[str, tuple[Said, ...]]:
    """Column A holds labels, column B their values."""
    said: dict[str, tuple[Said, ...]] = {}
    if sheet is None:
        return said
    for row in range(sheet.rows):
        label, text, *_ = sheet.row(row)
        named = [f for f in vocabulary.fields(label) if f.level is Level.BATCH] if label else []
        if named and text:
            place = Said(text, sheet.number, row + 1, "B")
            said[named[0].name] = (*said.get(named[0].name, ()), place)
    return said


def column_statements(
    column: Column, *, sheet: int | None, rows: NDArray[np.int64], letter: str
) -> tuple[Said, ...]:
    """Each distinct text once, with the first row that has it. `rows` as Excel shows them."""
    distinct, first = np.unique(column.codes, return_index=True)
    return tuple(
        Said(column.texts[code], sheet, int(rows[place]), letter)
        for code, place in zip(distinct, first, strict=True)
        if code
    )


def settle(
    instrument: Instrument, statements: Statements, *, date_1904: bool, with_card: bool
) -> tuple[Card, tuple[Finding, ...]]:
    """One value a batch field, in canonical form, or the findings that refuse the batch.

    An export of a collecting tool has no card to fill in (`with_card` False): what only the card
    could say is then asked for and not demanded, except where and when the forms were filled in.
    """
    demanded = {instrument.identity.region, instrument.identity.wave}
    unsaid = 0
    values: list[tuple[str, str]] = []
    findings: list[Finding] = []
    for field in instrument.batch_fields:
        said = statements.get(field.name, ())
        value, found = _settle_one(field, said, instrument, date_1904)
        findings += found
        if value is not None:
            values.append((field.name, value))
        elif field.need is Need.REQUIRED and not found:
            if with_card or field.name in demanded:
                findings.append(_refuse("card_missing", field))
            else:
                unsaid += 1
    if unsaid:
        findings.append(_unsaid(unsaid))
    card = Card(tuple(values))
    return card, (*findings, *_other_version(instrument, card))


def _settle_one(
    field: Field, said: tuple[Said, ...], instrument: Instrument, date_1904: bool
) -> tuple[str | None, list[Finding]]:
    translate = translator(field, date_1904=date_1904)
    values: list[str] = []
    findings: list[Finding] = []
    for each in said:
        meant = translate(each.text)
        if meant.text is None or not allowed(field, meant.text):
            findings.append(_unreadable(field, meant, each))
        elif meant.text not in values:
            values.append(meant.text)
    if len(values) > 1:
        findings.append(_refuse(_differs(field, instrument), field, _second(said)))
        return None, findings
    return (values[0] if values else None), findings


def _differs(field: Field, instrument: Instrument) -> str:
    named = {instrument.identity.region: "other_region", instrument.identity.wave: "other_wave"}
    return named.get(field.name, "card_differs")


def _second(said: tuple[Said, ...]) -> Said:
    """The last statement that has a place in the file: where the sender can look."""
    return next((each for each in reversed(said) if each.row is not None), said[-1])


def allowed(field: Field, text: str) -> bool:
    if field.type is FieldType.CODE:
        assert field.choices is not None
        return text in field.choices.codes
    if field.type is FieldType.INTEGER:
        low = field.minimum is None or int(text) >= field.minimum
        return low and (field.maximum is None or int(text) <= field.maximum)
    return True


def _unreadable(field: Field, meant: Translation, said: Said) -> Finding:
    rule = meant.rule if meant.rule == "ambiguous_answer" else "card_unreadable"
    return _refuse(rule, field, said)


def _other_version(instrument: Instrument, card: Card) -> tuple[Finding, ...]:
    version = card.get(VERSION)
    if version is None or version == str(instrument.version):
        return ()
    expected = {"version": instrument.version}
    field = instrument.field(VERSION)
    return (_refuse("other_version", field, values=expected),)


def _unsaid(count: int) -> Finding:
    return Finding("card_unsaid", Severity.PLEASE_CHECK, Effect.NOTE, values={"n": count})


def _refuse(
    rule: str, field: Field, said: Said | None = None, values: Mapping[str, str | int] | None = None
) -> Finding:
    return Finding(
        rule,
        Severity.MUST_FIX,
        Effect.REFUSE,
        sheet=said.sheet if said else None,
        row=said.row if said else None,
        column=said.column if said else None,
        field=field.name,
        values=values or {},
    )
