"""Batches and how far they have come. The caller owns the transaction.

A batch's status is never overwritten: every move adds a line, so any earlier day can be read.
"""

from __future__ import annotations

import re
from dataclasses import asdict, fields, replace
from datetime import datetime

from sqlalchemy import Connection, Row, Select, delete, func, insert, select

from evaluation.errors import StoreError, TransitionError
from evaluation.records.batches import (
    LIVE,
    UNDECIDED,
    Batch,
    Card,
    Status,
    Tally,
    check_transition,
)
from evaluation.store import tables
from evaluation.store.events import record
from evaluation.store.statuses import decided_ids, statuses

# A receipt's eight signs, or more of the id, up to the whole.
ID = re.compile(r"[0-9a-f]{8,64}")


def add_batch(conn: Connection, batch: Batch, *, actor: str, card: Card | None = None) -> bool:
    """Enter a received batch; False, and nothing written, where the same was sent before.

    `card` is what its sender says of it; what the gate finds takes its place.
    """
    assert batch.status is Status.RECEIVED, "a batch begins as received"
    if conn.scalar(select(tables.batches.c.id).where(tables.batches.c.id == batch.id)):
        return False
    said = asdict(batch)
    del said["status"]
    conn.execute(insert(tables.batches).values(said))
    _add_status(conn, batch.id, Status.RECEIVED, step=0, at=batch.received_at)
    if card is not None:
        _write_card(conn, batch.id, card)
    record(conn, kind="batch.received", at=batch.received_at, actor=actor, batch=batch.id)
    return True


def move_batch(
    conn: Connection,
    batch: Batch,
    to: Status,
    *,
    at: datetime,
    actor: str,
    tally: Tally | None = None,
    card: Card | None = None,
) -> Batch:
    """Move a batch on; a correction that comes in puts the batch it corrects out of use.

    Judged by the status in the store, not by the one the caller remembers.
    """
    current = get_batch(conn, batch.id)
    check_transition(current, to)
    _add_status(conn, current.id, to, step=_steps(conn, current.id), at=at)
    counts = asdict(tally) if tally else {}
    if tally:
        conn.execute(insert(tables.tallies).values(batch=current.id, **counts))
    if card is not None:
        _write_card(conn, current.id, card)
    said = {"from": str(current.status), "to": str(to), **counts}
    record(conn, kind="batch.moved", at=at, actor=actor, batch=current.id, details=said)
    if to in LIVE and current.supersedes:
        corrected = get_batch(conn, current.supersedes)
        move_batch(conn, corrected, Status.SUPERSEDED, at=at, actor=actor)
    return replace(current, status=to)


def get_batch(conn: Connection, batch: str) -> Batch:
    """The batch of that id, as it is now; the caller knows that it is there."""
    return _batch(conn.execute(_batches(None).where(tables.batches.c.id == batch)).one())


def find_batch(conn: Connection, receipt_or_id: str) -> Batch | None:
    """By what a person reads out: a receipt in any letter case, or the id."""
    wanted = receipt_or_id.strip().replace("-", "").lower()
    if not ID.fullmatch(wanted):
        return None
    found = conn.execute(_batches(None).where(tables.batches.c.id.startswith(wanted))).all()
    if len(found) > 1:
        raise StoreError("receipt_ambiguous", receipt=receipt_or_id)
    return _batch(found[0]) if found else None


def batches_with(conn: Connection, status: Status) -> tuple[Batch, ...]:
    """Those that have the status now, the longest waiting first."""
    return tuple(batch for batch in _read(conn, None) if batch.status is status)


def live_batches(conn: Connection, as_of: datetime) -> tuple[Batch, ...]:
    """Those whose rows counted at `as_of`."""
    return tuple(batch for batch in _read(conn, as_of) if batch.status in LIVE)


def all_batches(conn: Connection, as_of: datetime) -> tuple[Batch, ...]:
    """All that had been received by `as_of`, each with the status it had then."""
    return _read(conn, as_of)


def tallies(conn: Connection, as_of: datetime) -> dict[str, Tally]:
    """Batch id → its rows, of the batches judged by `as_of` and not corrected since then."""
    query = select(tables.tallies).where(tables.tallies.c.batch.in_(decided_ids(as_of)))
    rows = conn.execute(query.order_by(tables.tallies.c.batch)).mappings()
    names = [field.name for field in fields(Tally)]
    return {row["batch"]: Tally(**{name: row[name] for name in names}) for row in rows}


def _write_card(conn: Connection, batch: str, card: Card) -> None:
    conn.execute(delete(tables.batch_cards).where(tables.batch_cards.c.batch == batch))
    rows = [{"batch": batch, "name": name, "value": value} for name, value in card.values]
    if rows:
        conn.execute(insert(tables.batch_cards), rows)


def load_card(conn: Connection, batch: str) -> Card:
    c = tables.batch_cards.c
    rows = conn.execute(select(c.name, c.value).where(c.batch == batch).order_by(c.name))
    return Card(tuple((row.name, row.value) for row in rows))


def require_undecided(conn: Connection, batch: str) -> None:
    """What a judged batch holds stays as it was judged: write once, replace never silently."""
    current = get_batch(conn, batch)
    if current.status not in UNDECIDED:
        raise TransitionError("batch_decided", receipt=current.receipt, status=str(current.status))


def _batches(as_of: datetime | None) -> Select[tuple[object, ...]]:
    last = statuses(as_of)
    return (
        select(tables.batches, last.c.status)
        .join(last, tables.batches.c.id == last.c.batch)
        .order_by(tables.batches.c.received_at, tables.batches.c.id)
    )


def _read(conn: Connection, as_of: datetime | None) -> tuple[Batch, ...]:
    return tuple(_batch(row) for row in conn.execute(_batches(as_of)))


def _batch(row: Row[tuple[object, ...]]) -> Batch:
    said = dict(row._mapping)
    return Batch(**said | {"status": Status(row.status)})


def _steps(conn: Connection, batch: str) -> int:
    lines = tables.batch_statuses
    return conn.scalar(select(func.count()).select_from(lines).where(lines.c.batch == batch)) or 0


def _add_status(conn: Connection, batch: str, status: Status, *, step: int, at: datetime) -> None:
    line = {"batch": batch, "step": step, "status": str(status), "at": at}
    conn.execute(insert(tables.batch_statuses).values(line))
