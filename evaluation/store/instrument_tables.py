"""The tables that hold answers: one per instrument version, made from its declaration.

S3 fields (what nobody at school may learn) are in a table of their own. Its rows are known by
a random key and stored in the order of that key, so that the table alone tells nothing.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    insert,
    select,
)

from evaluation.design import Field, FieldType, Instrument
from evaluation.errors import StudyError
from evaluation.records.responses import kept_as_key
from evaluation.store import tables
from evaluation.store.events import Details, record
from evaluation.store.instrument_files import is_another_file, keep_digest

# PostgreSQL cuts names at 63 signs; "pk_responses_", "_v999" and "_restricted" want their share.
LONGEST_STEM = 30

ISO_DATE = String(10)
RANDOM_KEY = String(32)


@dataclass(frozen=True, slots=True)
class ResponseTables:
    """`restricted` is None where the instrument asks nothing of S3."""

    main: Table
    restricted: Table | None


def response_tables(instrument: Instrument) -> ResponseTables:
    metadata = MetaData(naming_convention=tables.NAMES)
    name = f"responses_{_stem(instrument.id)}_v{instrument.version}"
    stored = stored_fields(instrument)
    restricted = None
    key: list[Column[str]] = []
    if secret := [field for field in stored if field.restricted]:
        key = [Column("restricted_key", RANDOM_KEY, nullable=False, unique=True)]
        restricted = Table(
            f"{name}_restricted",
            metadata,
            Column("key", RANDOM_KEY, primary_key=True),
            *map(_column, secret),
            sqlite_with_rowid=False,  # a rowid would keep the order of arrival
        )
    main = Table(
        name,
        metadata,
        Column("batch", String(64), ForeignKey(tables.batches.c.id), primary_key=True),
        Column("source_row", Integer, primary_key=True, autoincrement=False),
        Column("respondent", Text, nullable=False),
        Column("region", Text, nullable=False),
        Column("wave", SmallInteger, nullable=False),
        *key,
        *(_column(field) for field in stored if not field.restricted),
    )
    Index(None, main.c.respondent, main.c.wave)
    return ResponseTables(main, restricted)


def stored_fields(instrument: Instrument) -> tuple[Field, ...]:
    left_out = kept_as_key(instrument.identity)
    return tuple(field for field in instrument.row_fields if field.name not in left_out)


def ensure_instrument(
    conn: Connection, instrument: Instrument, *, at: datetime, actor: str
) -> None:
    """Make the instrument's tables where they are missing, in the caller's transaction.

    StudyError where the same version is known and asks something else.
    """
    known = is_known(conn, instrument)
    keep_digest(conn, instrument)
    if known:
        return
    made = response_tables(instrument)
    made.main.metadata.create_all(conn, checkfirst=False)
    row = {"id": instrument.id, "version": instrument.version}
    conn.execute(insert(tables.instruments).values(**row, fingerprint=fingerprint(instrument)))
    details: Details = {"instrument": instrument.id, "version": instrument.version}
    record(conn, kind="instrument.added", at=at, actor=actor, details=details)


def is_known(conn: Connection, instrument: Instrument) -> bool:
    """Whether there are tables for it; StudyError where they are another file's."""
    i = tables.instruments.c
    same = (i.id == instrument.id, i.version == instrument.version)
    found = conn.scalar(select(i.fingerprint).where(*same))
    if found not in (None, fingerprint(instrument)) or is_another_file(conn, instrument):
        file = f"instruments/{instrument.id}.yaml"
        raise StudyError("instrument_changed", file=file, key="version")
    return found is not None


def fingerprint(instrument: Instrument) -> str:
    """Over what gives stored answers their meaning: not over aliases, limits or purposes.

    An item's wording belongs to it, and that of its answers: asked otherwise, it is another item.
    """
    said = [_meaning(field) for field in stored_fields(instrument)]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _meaning(field: Field) -> list[object]:
    choices = field.choices.choices if field.choices else ()
    codes: list[object] = [[choice.code, choice.missing] for choice in choices]
    if field.item:
        codes += [dict(field.header), [dict(choice.label) for choice in choices]]
    return [field.name, str(field.type), field.restricted, field.item, codes]


def _column(field: Field) -> Column[str] | Column[int]:
    if field.numeric:
        return Column(field.name, SmallInteger)
    return Column(field.name, ISO_DATE if field.type is FieldType.DATE else Text)


def _stem(instrument: str) -> str:
    if len(instrument) <= LONGEST_STEM:
        return instrument
    digest = hashlib.sha256(instrument.encode()).hexdigest()[:8]
    return f"{instrument[: LONGEST_STEM - 9]}_{digest}"
