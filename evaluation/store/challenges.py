"""A run's evidence table, kept with the run and never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, insert, select

from evaluation.records.challenges import Challenge
from evaluation.store.challenge_tables import challenges


def save_challenges(conn: Connection, run: str, cells: Sequence[Challenge]) -> bool:
    """False, and nothing written, where the run has its table already or there is nothing."""
    if not cells or load_challenges(conn, run):
        return False
    rows: list[dict[str, Any]] = [
        {"run": run, "position": position, **asdict(cell)} for position, cell in enumerate(cells)
    ]
    conn.execute(insert(challenges), rows)
    return True


def load_challenges(conn: Connection, run: str) -> tuple[Challenge, ...]:
    """In the order of the table; none for a run that was kept before there was one."""
    kept = [column for column in challenges.c if column.name not in ("run", "position")]
    query = select(*kept).where(challenges.c.run == run).order_by(challenges.c.position)
    return tuple(Challenge(**row) for row in conn.execute(query).mappings())
