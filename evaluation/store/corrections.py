"""Which batch a correction takes the place of: the last of a chain of corrections."""

from __future__ import annotations

from sqlalchemy import Connection, select

from evaluation.records.batches import Batch, Status
from evaluation.store import tables
from evaluation.store.batches import get_batch


def last_correction(conn: Connection, batch: str) -> Batch:
    """The batch itself where nobody has corrected it, or the correction was refused.

    A correction that still waits counts: a second one sent meanwhile corrects that one.
    """
    current = get_batch(conn, batch)
    while (successor := _successor(conn, current)) is not None:
        current = successor
    return current


def _successor(conn: Connection, batch: Batch) -> Batch | None:
    b = tables.batches.c
    query = select(b.id).where(b.supersedes == batch.id).order_by(b.received_at.desc(), b.id)
    found = [get_batch(conn, each) for each in conn.scalars(query)]
    return next((each for each in found if each.status is not Status.REFUSED), None)
