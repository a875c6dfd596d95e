"""One file as a regional office sends it, before it has a format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

import numpy as np

from evaluation.design import Field, FieldType, Instrument, Study, Wave
from evaluation.records.batches import Card
from evaluation.synthetic.rows import Column, Rows


@dataclass(frozen=True, slots=True)
class Sending:
    """`sender` is the region that the office says. `retitled` are headers somebody changed:
    field → what now stands above the column. `claimed` is the control total, if not the truth."""

    name: str  # without an ending
    sender: str
    wave: Wave
    fieldwork: tuple[date, date]
    rows: Rows
    families: Mapping[str, float]
    retitled: Mapping[str, str] = field(default_factory=dict)
    claimed: int | None = None

    def card(self, instrument: Instrument, template_version: int) -> Card:
        """What is said once for the whole file; only what the instrument asks for."""
        count = len(self.rows)
        start, end = self.fieldwork
        said = {
            "template_version": str(template_version),
            "instrument_version": str(instrument.version),
            instrument.identity.region: self.sender,
            instrument.identity.wave: str(self.wave.id),
            "fieldwork_start": start.isoformat(),
            "fieldwork_end": end.isoformat(),
            "forms_eligible": str(round(count * self.families.get("eligible", 1.0))),
            "forms_approached": str(round(count * self.families.get("approached", 1.0))),
            "forms_declared": str(count if self.claimed is None else self.claimed),
        }
        return Card(
            tuple((f.name, said[f.name]) for f in instrument.batch_fields if f.name in said)
        )

    def header(self, column: Field, language: str) -> str:
        return self.retitled.get(column.name, column.header[language])

    def days(self, form: Form) -> Column:
        """The day of each interview: the questionnaire's first date, "" where it asks none."""
        dates = [f.name for f in form.instrument.row_fields if f.type is FieldType.DATE]
        return self.rows.columns[dates[0]] if dates else np.full(len(self.rows), "", dtype=object)

    @property
    def opening(self) -> datetime:
        return datetime.combine(self.fieldwork[0], time())


@dataclass(frozen=True, slots=True)
class Form:
    """Which questionnaire the file is of."""

    study: Study
    instrument: Instrument

    def where_and_when(self) -> tuple[Field, ...]:
        """The batch fields that tell region and wave: forms filled on a telephone ask them."""
        identity = self.instrument.identity
        return tuple(
            f for f in self.instrument.batch_fields if f.name in (identity.region, identity.wave)
        )
