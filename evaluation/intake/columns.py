"""The columns of one file that nobody knows: what each probably means, and what a person says.

Used by `stories columns`; the gate itself only asks back and refuses.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from evaluation.design import Instrument, Study
from evaluation.errors import SettingsError
from evaluation.intake.known import RememberedColumns
from evaluation.intake.opened import Sender, open_delivery
from evaluation.intake.recognise.proposals import UnclearColumns
from evaluation.intake.recognise.remembered import header_digest

MAPPING = ("column", "field")
"""The columns of a mapping file; `column` is a letter or the header itself."""


@dataclass(frozen=True, slots=True)
class FoundColumns:
    """Letters and names of fields. `remembered` were confirmed before; `free`: the fields that no
    column is recognised as."""

    instrument: Instrument
    source: str
    remembered: tuple[tuple[str, str], ...]
    proposed: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]
    free: tuple[str, ...]
    unclear: UnclearColumns

    def confirmed(self, said: Iterable[str], *, proposals: bool) -> dict[str, str]:
        """Digest of a header → field, of `F=sex` said outright and, if so said, the proposals.

        `said` wins. SettingsError for a column that is not unknown, a field that is not free, and
        two columns that are the same or one field.
        """
        fields = dict(self.proposed) if proposals else {}
        for each in said:
            letter, _, name = each.rpartition("=")
            fields[self._letter(letter)] = self._free(name.strip())
        headers = {each.letter: each.header for each in self.unclear.columns}
        meanings = {headers[letter]: name for letter, name in fields.items()}
        if len(meanings) < len(fields) or len(set(fields.values())) < len(fields):
            raise SettingsError("columns_twice")
        return meanings

    def _letter(self, said: str) -> str:
        """By its letter in any case, or by the header as it stands in the file."""
        wanted = (said.strip().upper(), header_digest(said))
        for each in self.unclear.columns:
            if each.letter == wanted[0] or each.header == wanted[1]:
                return each.letter
        # Not repeated: it may be a header, and a header may be anything.
        known = ", ".join(each.letter for each in self.unclear.columns) or "–"
        raise SettingsError("column_not_unknown", known=known)

    def _free(self, name: str) -> str:
        if name not in self.unclear.free:
            raise SettingsError("field_not_free", known=", ".join(self.free) or "–")
        return name


def find_columns(
    content: bytes, study: Study, sender: Sender, remembered: RememberedColumns
) -> FoundColumns:
    """Raises `DeliveryError` where no table of a known questionnaire can be found."""
    opened = open_delivery(content, study, sender, remembered)
    unclear = opened.unclear
    instrument = study.instruments[opened.instrument.id]
    said = set(remembered.get(unclear.source, {}).values())
    return FoundColumns(
        instrument=instrument,
        source=unclear.source,
        remembered=tuple(each for each in unclear.known if each[1] in said),
        proposed=tuple((c.letter, c.field) for c in unclear.columns if c.field),
        unknown=tuple(c.letter for c in unclear.columns if not c.field),
        free=tuple(field.name for field in instrument.fields if field.name in unclear.free),
        unclear=unclear,
    )


def read_mapping(content: bytes) -> list[str]:
    """`column=field` for each line. Raises `SettingsError` where it is no such list."""
    try:
        text = content.decode("utf-8-sig")
        reader = csv.DictReader(io.StringIO(text), strict=True, restkey="", restval="")
        names, rows = tuple(reader.fieldnames or ()), list(reader)
    except (UnicodeDecodeError, csv.Error):
        raise SettingsError("mapping_unreadable") from None
    if names != MAPPING or any("" in row or "" in row.values() for row in rows):
        raise SettingsError("mapping_unreadable")
    return [f"{row['column']}={row['field']}" for row in rows]
