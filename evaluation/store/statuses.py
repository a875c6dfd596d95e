"""Which status every batch has, or had at a moment: the last line it had by then."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, Subquery, and_, func, select

from evaluation.records.batches import LIVE, UNDECIDED, Status
from evaluation.store.tables import batch_statuses


def statuses(as_of: datetime | None) -> Subquery:
    """One row (batch, status) for each batch that was there at `as_of`; None: that is there now."""
    lines = batch_statuses.c
    step = select(lines.batch, func.max(lines.step).label("step")).group_by(lines.batch)
    last = (step if as_of is None else step.where(lines.at <= as_of)).subquery()
    return (
        select(lines.batch, lines.status)
        .join(last, and_(lines.batch == last.c.batch, lines.step == last.c.step))
        .subquery()
    )


def live_ids(as_of: datetime | None) -> Select[tuple[str]]:
    """The batches whose rows count."""
    last = statuses(as_of)
    return select(last.c.batch).where(last.c.status.in_([str(status) for status in LIVE]))


def decided_ids(as_of: datetime) -> Select[tuple[str]]:
    """The batches that the gate had judged and that no correction had replaced."""
    last = statuses(as_of)
    open_or_gone = [str(status) for status in UNDECIDED | {Status.SUPERSEDED}]
    return select(last.c.batch).where(last.c.status.not_in(open_or_gone))
