"""What has been fetched from servers, so that it is fetched once. The caller owns the transaction.

What the gate refused counts as never fetched: when it has been put right on the server, everything
that came with it is needed again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from evaluation.records.batches import Status
from evaluation.store.pulled_table import pulled
from evaluation.store.statuses import statuses

Edition = tuple[str, datetime | None]
"""Its digest, and the moment that the server gave it."""


@dataclass(frozen=True, slots=True)
class PulledSoFar:
    """`known`: editions that need not come again. `since`: by the server's clock, the moment
    before which nothing is missing; None where nothing is known. `batches`: that brought them."""

    known: frozenset[str]
    since: datetime | None
    batches: frozenset[str]


def remember_pulled(conn: Connection, batch: str, source: str, editions: Sequence[Edition]) -> None:
    """Replace the batch's lines, so that a retry stores them once."""
    conn.execute(delete(pulled).where(pulled.c.batch == batch))
    rows = [
        {"source": source, "edition": edition, "batch": batch, "at": at} for edition, at in editions
    ]
    conn.execute(insert(pulled), rows)


def pulled_so_far(conn: Connection, source: str) -> PulledSoFar:
    p, last = pulled.c, statuses(None)
    query = (
        select(p.edition, p.at, p.batch, last.c.status)
        .join(last, last.c.batch == p.batch)
        .where(p.source == source)
    )
    rows = conn.execute(query).all()
    known = frozenset(row.edition for row in rows if row.status != str(Status.REFUSED))
    missing = [row.at for row in rows if row.edition not in known and row.at]
    there = [row.at for row in rows if row.edition in known and row.at]
    since = min([max(there), *missing]) if there else None
    return PulledSoFar(known, since, frozenset(row.batch for row in rows))
