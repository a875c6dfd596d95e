"""Near misses, and the deletion of what was refused. The caller owns the transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from evaluation.records.batches import Status
from evaluation.records.near_misses import NearMiss
from evaluation.store import tables
from evaluation.store.events import record
from evaluation.store.near_miss_tables import near_miss_kinds, near_misses
from evaluation.store.statuses import statuses

DELETED = "delivery.deleted"


def note_near_miss(
    conn: Connection,
    batch: str,
    kinds: Mapping[str, int],
    *,
    at: datetime,
    due: datetime,
    actor: str,
) -> None:
    """A batch has one near miss; what is found later in the same batch is added, kind by kind.

    The clock runs from when the first was noticed.
    """
    there = dict(by_batch(conn)).get(batch)
    if there is None:
        line = {"batch": batch, "noticed_at": at, "due": due}
        conn.execute(insert(near_misses).values(line))
    known = dict(there.kinds) if there else {}
    new = {kind: places for kind, places in kinds.items() if kind not in known}
    if new:
        rows = [{"batch": batch, "kind": kind, "places": n} for kind, n in sorted(new.items())]
        conn.execute(insert(near_miss_kinds), rows)
        record(conn, kind="near_miss.noticed", at=at, actor=actor, batch=batch, details=new)


def close_near_miss(conn: Connection, batch: str, *, at: datetime, by: str, actor: str) -> bool:
    """False, and nothing written, where the batch has no near miss that is open."""
    n = near_misses.c
    closing = update(near_misses).where(n.batch == batch, n.closed_at.is_(None))
    done = conn.execute(closing.values(closed_at=at, closed_by=by))
    if not done.rowcount:
        return False
    record(conn, kind="near_miss.closed", at=at, actor=actor, batch=batch)
    return True


def all_near_misses(conn: Connection) -> tuple[NearMiss, ...]:
    """All of them, those first whose time runs out first."""
    return tuple(each for _, each in by_batch(conn))


def by_batch(conn: Connection) -> tuple[tuple[str, NearMiss], ...]:
    k, n = near_miss_kinds.c, near_misses.c
    kinds: dict[str, list[tuple[str, int]]] = {}
    for row in conn.execute(select(k.batch, k.kind, k.places).order_by(k.batch, k.kind)):
        kinds.setdefault(row.batch, []).append((row.kind, row.places))
    found = conn.execute(select(near_misses).order_by(n.due, n.batch))
    return tuple(
        (row.batch, NearMiss(**row._mapping, kinds=tuple(kinds.get(row.batch, ()))))
        for row in found
    )


@dataclass(frozen=True, slots=True)
class Refusal:
    """A batch that was refused and whose deletion is not yet recorded. `resolved`: a corrected
    file has taken its place, or its near miss is closed."""

    batch: str
    refused_at: datetime
    resolved: bool


def undeleted_refusals(conn: Connection) -> tuple[Refusal, ...]:
    lines, events, last = tables.batch_statuses.c, tables.events.c, statuses(None)
    closed = select(near_misses.c.batch).where(near_misses.c.closed_at.is_not(None))
    done = select(events.batch).where(events.kind == DELETED, events.batch.is_not(None))
    resolved = (last.c.status == str(Status.SUPERSEDED)) | lines.batch.in_(closed)
    found = conn.execute(
        select(lines.batch, lines.at, resolved.label("resolved"))
        .join(last, last.c.batch == lines.batch)
        .where(lines.status == str(Status.REFUSED), lines.batch.not_in(done))
        .order_by(lines.at, lines.batch)
    )
    return tuple(Refusal(row.batch, row.at, bool(row.resolved)) for row in found)


def record_deletion(conn: Connection, batch: str, *, at: datetime, actor: str) -> None:
    """That the bytes are gone; a deletion is a deed that has to be shown."""
    record(conn, kind=DELETED, at=at, actor=actor, batch=batch)
