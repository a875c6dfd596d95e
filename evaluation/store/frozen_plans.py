"""Plans that were frozen, and when the first answers came that they must not have seen."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, func, insert, or_, select

from evaluation.design import Instrument
from evaluation.records.batches import LIVE
from evaluation.records.planning import FrozenPlan
from evaluation.store import tables
from evaluation.store.events import Details, record
from evaluation.store.frozen_plan_table import frozen_plans as table
from evaluation.store.instrument_tables import is_known, response_tables

FROZEN = "plan.frozen"


def add_frozen_plan(conn: Connection, plan: FrozenPlan) -> bool:
    """False, and nothing written, where this is what was frozen last."""
    before = frozen_plans(conn, plan.frozen_at)
    if before and before[-1].contents == plan.contents:
        return False
    conn.execute(insert(table).values(number=len(before) + 1, **asdict(plan)))
    details: Details = {
        "plan_digest": plan.digest,
        "contents_digest": hashlib.sha256(plan.contents.encode()).hexdigest(),
        "late": int(plan.late),
    }
    record(conn, kind=FROZEN, at=plan.frozen_at, actor=plan.actor, details=details)
    return True


def frozen_plans(conn: Connection, as_of: datetime) -> tuple[FrozenPlan, ...]:
    """Those frozen by `as_of`, the first one first."""
    kept = [column for column in table.c if column.name != "number"]
    query = select(*kept).where(table.c.frozen_at <= as_of).order_by(table.c.number)
    return tuple(FrozenPlan(**row) for row in conn.execute(query).mappings())


def opened_at(
    conn: Connection, instrument: Instrument, wave: int, as_of: datetime
) -> datetime | None:
    """When the first answers of this wave were stored, at or before `as_of`; None: none were.

    Also of batches that were corrected or emptied since: what was seen once has been seen.
    """
    if not is_known(conn, instrument):
        return None
    b, s = tables.batches.c, tables.batch_statuses.c
    rows = response_tables(instrument).main.c
    brought = select(rows.batch).where(rows.wave == wave)
    first = (
        select(func.min(s.at))
        .join(tables.batches, b.id == s.batch)
        .where(
            b.instrument == instrument.id,
            or_(b.wave == wave, b.id.in_(brought)),
            s.status.in_([str(status) for status in LIVE]),
            s.at <= as_of,
        )
    )
    moment: datetime | None = conn.execute(first).scalar_one()
    return moment
