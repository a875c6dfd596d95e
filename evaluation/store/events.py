"""What happened, line by line: only ever added to, each line sealed with the one before.

A line's hash is taken over the hash of the line before and over all that the line says. So a
line that was changed, taken out or put in breaks the chain where it stood. (Lines cut off at
the end leave a chain that holds: compare the last hash with one that was written down.)
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Row, func, insert, select

from evaluation.store import tables

BEGINNING = "0" * 64

CHANGES = ("batch.received", "batch.moved", "respondent.withdrawn")
"""The kinds after which the same question can have another answer."""

Details = Mapping[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Event:
    """`details` hold counts, statuses and rule ids; never a name, a code or an answer."""

    number: int
    at: datetime  # UTC
    kind: str
    actor: str
    batch: str | None
    details: Details
    hash: str


def record(
    conn: Connection,
    *,
    kind: str,
    at: datetime,
    actor: str,
    batch: str | None = None,
    details: Details | None = None,
) -> None:
    """Add a line, in the caller's transaction: it is there if and only if the deed is."""
    e = tables.events.c
    last = conn.execute(select(e.number, e.hash).order_by(e.number.desc()).limit(1)).first()
    number, previous = (last.number + 1, last.hash) if last else (1, BEGINNING)
    said = json.dumps(dict(details or {}), ensure_ascii=False, sort_keys=True)
    line = {"number": number, "at": at, "kind": kind, "actor": actor, "batch": batch}
    seal = _seal(previous, number, at, kind, actor, batch, said)
    conn.execute(insert(tables.events).values(**line, details=said, previous=previous, hash=seal))


def all_events(conn: Connection, as_of: datetime) -> tuple[Event, ...]:
    e = tables.events.c
    rows = conn.execute(select(tables.events).where(e.at <= as_of).order_by(e.number))
    return tuple(_event(row) for row in rows)


def last_change(conn: Connection, as_of: datetime) -> datetime | None:
    """When what the analysis sees changed last, at or before `as_of`; None: it never has."""
    e = tables.events.c
    changes = select(func.max(e.at)).where(e.kind.in_(CHANGES), e.at <= as_of)
    moment: datetime | None = conn.execute(changes).scalar_one()
    return moment


def broken_at(conn: Connection) -> int | None:
    """The number of the first line that is missing or not as it was written; None: all hold."""
    expected, previous = 1, BEGINNING
    in_order = select(tables.events).order_by(tables.events.c.number)
    with conn.execute(in_order.execution_options(yield_per=1000)) as rows:
        for row in rows:
            said = (row.number, row.at, row.kind, row.actor, row.batch, row.details)
            if (row.number, row.previous, row.hash) != (expected, previous, _seal(previous, *said)):
                return expected
            expected, previous = row.number + 1, row.hash
    return None


def _seal(previous: str, number: int, at: datetime, *said: str | None) -> str:
    line = json.dumps([number, at.astimezone(UTC).isoformat(), *said], ensure_ascii=False)
    return hashlib.sha256(f"{previous}\n{line}".encode()).hexdigest()


def _event(row: Row[tuple[object, ...]]) -> Event:
    return Event(
        number=row.number,
        at=row.at,
        kind=row.kind,
        actor=row.actor,
        batch=row.batch,
        details=json.loads(row.details),
        hash=row.hash,
    )
