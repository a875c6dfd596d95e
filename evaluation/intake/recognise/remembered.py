"""Columns whose meaning a person has confirmed once: known again in every later file of the source.

A source is the set of its headers, with the questionnaire and its version: another form, another
version or another column, and the person is asked anew. Kept are digests, no headers: a header that
nobody has declared may be anything, also somebody's name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from evaluation.design import Field, Instrument
from evaluation.intake.reading.sheets import Reading
from evaluation.intake.recognise.folding import plain
from evaluation.intake.recognise.layout import SEARCHED

Meanings = Mapping[str, str]
"""Digest of a header → name of the field."""


def header_digest(header: str) -> str:
    return _digest(plain(header))


def source_digest(headers: Iterable[str], instrument: Instrument) -> str:
    """The order of the columns does not matter, nor does how the headers are spaced."""
    folded = sorted({plain(header) for header in headers if header})
    return _digest(instrument.id, str(instrument.version), *folded)


def with_remembered(
    instruments: Iterable[Instrument], reading: Reading, remembered: Mapping[str, Meanings]
) -> tuple[Instrument, ...]:
    """The instruments, each with the confirmed headers of this file among its fields' aliases."""
    if not remembered:
        return tuple(instruments)
    rows = list(_possible_headers(reading))
    return tuple(_with_aliases(each, rows, remembered) for each in instruments)


def _possible_headers(reading: Reading) -> Iterator[tuple[str, ...]]:
    for sheet in reading.sheets:
        for row in range(min(sheet.rows, SEARCHED)):
            yield sheet.row(row)


def _with_aliases(
    instrument: Instrument, rows: Iterable[tuple[str, ...]], remembered: Mapping[str, Meanings]
) -> Instrument:
    headers: dict[str, str] = {}
    for row in rows:
        meanings = remembered.get(source_digest(row, instrument), {})
        headers |= {
            meanings[digest]: header
            for header in row
            if header and (digest := header_digest(header)) in meanings
        }
    if not headers:
        return instrument
    return replace(instrument, fields=tuple(_called(f, headers) for f in instrument.fields))


def _called(field: Field, headers: Mapping[str, str]) -> Field:
    if field.name not in headers:
        return field
    return replace(field, aliases=(*field.aliases, headers[field.name]))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
