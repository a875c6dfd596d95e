"""Who has withdrawn, and when: their answers are left out of everything read from then on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Select, insert, select

from evaluation.store import tables
from evaluation.store.events import record
from evaluation.store.explanations import forget_explanations


def withdraw(conn: Connection, respondent: str, *, at: datetime, actor: str) -> bool:
    """False, and nothing written, where they had withdrawn before: the first day counts."""
    w = tables.withdrawals.c
    if conn.scalar(select(w.respondent).where(w.respondent == respondent)):
        return False
    forget_explanations(conn, respondent)
    conn.execute(insert(tables.withdrawals).values(respondent=respondent, withdrawn_at=at))
    # Without the code: events are never deleted, a withdrawn child's code may have to be.
    record(conn, kind="respondent.withdrawn", at=at, actor=actor)
    return True


def withdrawn(conn: Connection, as_of: datetime) -> frozenset[str]:
    return frozenset(conn.scalars(withdrawn_respondents(as_of)))


def withdrawn_respondents(as_of: datetime) -> Select[tuple[str]]:
    w = tables.withdrawals.c
    return select(w.respondent).where(w.withdrawn_at <= as_of)
