"""What the store knows that a file cannot say by itself → `Known`, for the gate."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from evaluation.intake.known import NOTHING, Known
from evaluation.settings import Settings
from evaluation.store.codes import known_codes
from evaluation.store.columns import load_columns
from evaluation.store.engine import is_there, open_store, reading
from evaluation.store.withdrawals import withdrawn

if TYPE_CHECKING:
    from sqlalchemy import Engine


def known_so_far(settings: Settings, *, now: datetime) -> Known:
    """For a look that leaves nothing behind: where there is no store yet, none is made."""
    if not is_there(settings.database_url):
        return NOTHING
    return knowledge(open_store(settings.database_url), now=now)


def knowledge(engine: Engine, *, now: datetime) -> Known:
    """As the store is now; codes are looked up when the gate asks for them."""
    with reading(engine) as conn:
        columns, gone = load_columns(conn), withdrawn(conn, now)

    def codes(asked: Collection[str]) -> frozenset[str]:
        with reading(engine) as conn:
            return known_codes(conn, asked)

    return Known(
        columns=columns,
        withdrawn=lambda respondents: gone & frozenset(respondents),
        codes=codes,
        today=now.date(),
    )
