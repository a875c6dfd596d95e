"""A delivered file, opened: its rows as answers, its card, and what is wrong with its structure.

Everything here is about the file as a whole. Whether single answers are right is `judging`.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from evaluation.design import Instrument, Need, Study
from evaluation.errors import DeliveryError
from evaluation.intake import card as cards
from evaluation.intake.concealed import concealed
from evaluation.intake.explained import explained
from evaluation.intake.known import NOTHING, RememberedColumns
from evaluation.intake.privacy.looking import look_through
from evaluation.intake.reading.files import read_file
from evaluation.intake.reading.sheets import Reading, letter
from evaluation.intake.recognise.answers import Answers, recognise
from evaluation.intake.recognise.headers import Headings, sort_headers
from evaluation.intake.recognise.identity import Identities, find_identities
from evaluation.intake.recognise.layout import Layout, find_layout
from evaluation.intake.recognise.multiple import from_options
from evaluation.intake.recognise.proposals import UnclearColumns, ask_back, unclear_columns
from evaluation.intake.recognise.remembered import with_remembered
from evaluation.intake.recognise.vocabulary import word_counter
from evaluation.intake.returned.reply import NO_REPLY, Reply, set_apart
from evaluation.intake.rows import data_rows
from evaluation.records.batches import Card
from evaluation.records.findings import Effect, Finding, Severity


@dataclass(frozen=True, slots=True)
class Opened:
    """`answers`: the row fields that the file has. `rows`: the numbers that Excel shows."""

    instrument: Instrument
    source: str
    sheet: int | None
    answers: tuple[Answers, ...]
    rows: NDArray[np.int64]
    card: Card
    findings: tuple[Finding, ...]
    unclear: UnclearColumns
    identities: Identities
    reply: Reply = NO_REPLY

    def of(self, name: str | None) -> Answers | None:
        return next((each for each in self.answers if each.field.name == name), None)

    def place(
        self, rule: str, effect: Effect, row: int, answers: Answers | None, **values: str | int
    ) -> Finding:
        """A finding about one cell; `row` counts from 0 in `rows`."""
        asked = (
            Severity.PLEASE_CHECK if effect in (Effect.NOTE, Effect.BLANK) else Severity.MUST_FIX
        )
        return Finding(
            rule,
            asked,
            effect,
            sheet=self.sheet,
            row=int(self.rows[row]),
            column=letter(answers.column) if answers else None,
            field=answers.field.name if answers else None,
            values=values,
        )


@dataclass(frozen=True, slots=True)
class Sender:
    """What whoever sends a file says of it; None: look in the file. `region`: a code or a name."""

    instrument: str | None = None
    region: str | None = None
    wave: int | None = None
    card: Card = dataclasses.field(default_factory=Card)

    def statements(self, instrument: Instrument) -> tuple[tuple[str, str], ...]:
        identity = instrument.identity
        places = ((identity.region, self.region), (identity.wave, self.wave))
        said = tuple((name, str(value)) for name, value in places if name and value is not None)
        return (*self.card.values, *said)


def open_delivery(
    content: bytes, study: Study, sender: Sender, columns: RememberedColumns = NOTHING.columns
) -> Opened:
    """Raises `DeliveryError` where no table of a known questionnaire can be found."""
    reading, reply = set_apart(read_file(content, study.intake, word_counter(study)))
    _require_sizes(reading, study)
    instruments = _instruments(study, sender.instrument)
    layout = find_layout(reading, with_remembered(instruments, reading, columns))
    headings = _headings(layout)
    unclear = unclear_columns(layout, headings)
    rows, row_findings = data_rows(layout, headings)
    if len(rows) > study.intake["rows"]:
        raise DeliveryError("too_many_rows", limit=int(study.intake["rows"]))
    answers = _answers(layout, headings, rows, reading.date_1904)
    card, card_findings = _card(layout, headings, rows, sender, reading.date_1904)
    findings = (
        *reading.findings,
        *layout.findings,
        *ask_back(unclear, _placed(layout, headings)),
        *ask_back(unclear, _missing_columns(layout.instrument, answers, card)),
        *row_findings,
        *concealed(layout.sheet, rows, answers),
        *card_findings,
        *look_through(
            replace(reading, sheets=(*reading.sheets, *reply.sheets)),
            {**explained(layout, answers), **reply.known},
            study,
        ),
    )
    return Opened(
        instrument=layout.instrument,
        source=layout.source.name,
        sheet=layout.sheet.number,
        answers=answers,
        rows=rows + 1,
        card=card,
        findings=findings,
        unclear=unclear,
        identities=find_identities(layout, rows),
        reply=reply,
    )


def _require_sizes(reading: Reading, study: Study) -> None:
    if any(len(sheet.columns) > study.intake["columns"] for sheet in reading.sheets):
        raise DeliveryError("too_many_columns", limit=int(study.intake["columns"]))
    # What the scan for personal data would take a minute for is no questionnaire.
    if reading.distinct > study.intake["distinct"]:
        raise DeliveryError("too_many_texts", limit=int(study.intake["distinct"]))


def _instruments(study: Study, instrument: str | None) -> tuple[Instrument, ...]:
    if instrument is None:
        return tuple(study.instruments.values())
    if instrument not in study.instruments:
        raise DeliveryError("unknown_instrument", known=", ".join(study.instruments))
    return (study.instruments[instrument],)


def _headings(layout: Layout) -> Headings:
    filled = frozenset(
        place
        for place, column in enumerate(layout.sheet.columns)
        if column.codes[layout.first_row :].any()
    )
    return sort_headers(layout.headers, filled, layout.vocabulary, layout.source)


def _placed(layout: Layout, headings: Headings) -> list[Finding]:
    return [
        replace(
            finding, sheet=layout.sheet.number, row=layout.header_row + 1, column=letter(column)
        )
        for column, finding in headings.findings
    ]


def _answers(
    layout: Layout, headings: Headings, rows: NDArray[np.int64], date_1904: bool
) -> tuple[Answers, ...]:
    answers = []
    for field in layout.instrument.row_fields:
        options = headings.options.get(field.name, {})
        place = headings.fields.get(field.name)
        if place is not None:
            column = layout.sheet.columns[place].below(rows)
            answers.append(recognise(field, column, place, date_1904=date_1904))
        if options and (place is None or _has_doubts(answers[-1])):
            split = {c: layout.sheet.columns[p].below(rows) for c, p in options.items()}
            chosen = from_options(field, split, min(options.values()))
            answers = [each for each in answers if each.field is not field] + [chosen]
    return tuple(answers)


def _has_doubts(answers: Answers) -> bool:
    """A summary whose words no code or label explains; the split columns say it better."""
    assert answers.field.choices is not None
    codes = set(answers.field.choices.codes)
    said = {word for text in set(answers.texts()) if text for word in text.split()}
    return not said <= codes


def _missing_columns(
    instrument: Instrument, answers: tuple[Answers, ...], card: Card
) -> list[Finding]:
    """A question that was never asked is no missing answer: another form was used."""
    there = {each.field.name for each in answers}
    said_elsewhere = {instrument.identity.region, instrument.identity.wave}
    return [
        Finding("missing_column", Severity.MUST_FIX, Effect.REFUSE, field=field.name)
        for field in instrument.row_fields
        if (field.need is Need.REQUIRED or field.item)
        and field.name not in there
        and field.name not in said_elsewhere
    ]


def _card(
    layout: Layout,
    headings: Headings,
    rows: NDArray[np.int64],
    sender: Sender,
    date_1904: bool,
) -> tuple[Card, tuple[Finding, ...]]:
    statements = cards.card_statements(layout.card, layout.vocabulary)
    for field in layout.instrument.batch_fields:
        place = headings.fields.get(field.name)
        if place is not None:
            said = cards.column_statements(
                layout.sheet.columns[place].below(rows),
                sheet=layout.sheet.number,
                rows=rows + 1,
                letter=letter(place),
            )
            statements[field.name] = (*statements.get(field.name, ()), *said)
    for name, text in sender.statements(layout.instrument):
        statements[name] = (*statements.get(name, ()), cards.Said(text))
    return cards.settle(
        layout.instrument,
        statements,
        date_1904=date_1904,
        with_card=layout.card is not None,
    )
