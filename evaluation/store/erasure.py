"""Answers that are taken out of the store for good: of every batch, wave and version at once.

What is left of a child is its code among the withdrawals, so that a file that is sent again brings
nothing back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from sqlalchemy import Connection, TableClause, column, delete, inspect, select, table, text

if TYPE_CHECKING:
    from sqlalchemy import Engine

ANSWERS, APART = "responses_", "_restricted"
"""How the names of the tables of answers begin, and how that of an S3 table ends."""

ASKED = 1_000
"""Codes in one query: SQLite takes at most 32,766 values."""


def erase_answers(conn: Connection, respondents: Collection[str]) -> dict[str, int]:
    """Batch → how many of its rows are gone. The S3 answers of a row go with it."""
    if conn.dialect.name == "sqlite":
        # Otherwise the bytes would lie in free pages until something else is written there.
        conn.exec_driver_sql("PRAGMA secure_delete = ON")
    gone: Counter[str] = Counter()
    for main, apart in answer_tables(conn):
        theirs = main.c.respondent.in_(sorted(respondents))
        gone.update(conn.scalars(select(main.c.batch).where(theirs)))
        if apart is not None:
            keys = select(main.c.restricted_key).where(theirs)
            conn.execute(delete(apart).where(apart.c.key.in_(keys)))
        conn.execute(delete(main).where(theirs))
    return dict(gone)


def overwrite(engine: Engine) -> None:
    """Also out of SQLite's log of writes, where erased rows lie until it is folded in.

    Does nothing while somebody else reads: the log is then folded in by whoever closes last.
    """
    if engine.dialect.name == "sqlite":
        with engine.connect() as conn:
            conn.execution_options(isolation_level="AUTOCOMMIT")
            conn.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


def stored_codes(conn: Connection, codes: Collection[str]) -> frozenset[str]:
    """Which of these any batch, in use or not, has brought answers for."""
    found: set[str] = set()
    asked = sorted(codes)
    for main, _ in answer_tables(conn):
        for start in range(0, len(asked), ASKED):
            some = main.c.respondent.in_(asked[start : start + ASKED])
            found.update(conn.scalars(select(main.c.respondent).where(some)))
    return frozenset(found)


def answer_tables(conn: Connection) -> Iterator[tuple[TableClause, TableClause | None]]:
    """Of every version that ever was, also of questionnaires that the study no longer has."""
    names = set(inspect(conn).get_table_names())
    for name in sorted(names):
        if name.startswith(ANSWERS) and not name.endswith(APART):
            apart = table(name + APART, column("key")) if name + APART in names else None
            yield (
                table(name, column("batch"), column("respondent"), column("restricted_key")),
                apart,
            )
