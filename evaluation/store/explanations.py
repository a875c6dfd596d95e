"""What senders have explained, so that nobody asks twice. The caller owns the transaction.

The answer in question is never stored here: only a seal over it, made with a key that lies
outside the data folder, by which the same answer of the same child is known again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from evaluation.records.batches import Batch
from evaluation.records.explanations import Explanation
from evaluation.store import tables
from evaluation.store.events import record
from evaluation.store.explanation_table import explanations as explanations_table


def add_explanations(
    conn: Connection,
    batch: Batch,
    explanations: Sequence[tuple[Explanation, str]],
    *,
    at: datetime,
    actor: str,
) -> None:
    """Each with its seal. Replaces the batch's, so that a retry stores them once."""
    conn.execute(delete(explanations_table).where(explanations_table.c.batch == batch.id))
    rows = [
        {
            "batch": batch.id,
            "position": position,
            "rule": each.rule,
            "field": each.field,
            "respondent": each.respondent,
            "seal": seal,
            "reason": each.reason,
        }
        for position, (each, seal) in enumerate(explanations)
    ]
    if rows:
        conn.execute(insert(explanations_table), rows)
        details = {"n": len(rows)}
        record(conn, kind="findings.explained", at=at, actor=actor, batch=batch.id, details=details)


def explained_seals(conn: Connection) -> frozenset[str]:
    """Of all batches, also of those that were corrected since: what was explained stays so."""
    return frozenset(conn.scalars(select(explanations_table.c.seal)))


def load_explanations(conn: Connection, batch: str) -> tuple[Explanation, ...]:
    """What was said, in its order; the answers it was said of are not kept with it."""
    e, b = explanations_table.c, tables.batches.c
    query = (
        select(e.rule, e.field, e.respondent, e.reason, b.instrument)
        .join(tables.batches, e.batch == b.id)
        .where(e.batch == batch)
        .order_by(e.position)
    )
    return tuple(
        Explanation(row.instrument, row.rule, row.field, row.respondent, "", None, row.reason)
        for row in conn.execute(query)
    )


def forget_explanations(conn: Connection, respondent: str) -> None:
    """All that was said about a child who has withdrawn."""
    e = explanations_table
    conn.execute(delete(e).where(e.c.respondent == respondent))
