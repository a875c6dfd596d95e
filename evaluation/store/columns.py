"""What people have confirmed that a column means, by the source that the column belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from evaluation.store.events import Details, record
from evaluation.store.fieldwork_tables import column_meanings


def load_columns(conn: Connection) -> dict[str, dict[str, str]]:
    """Digest of the source → digest of a header → name of the field."""
    c = column_meanings.c
    found: dict[str, dict[str, str]] = {}
    for row in conn.execute(select(c.source, c.header, c.field).order_by(c.source, c.header)):
        found.setdefault(row.source, {})[row.header] = row.field
    return found


def remember_columns(
    conn: Connection, source: str, meanings: Mapping[str, str], *, at: datetime, actor: str
) -> None:
    """`meanings`: digest of a header → field. What was confirmed of these before gives way."""
    c = column_meanings.c
    conn.execute(
        delete(column_meanings).where(
            c.source == source,
            c.header.in_(list(meanings)) | c.field.in_(list(meanings.values())),
        )
    )
    rows = [
        {"source": source, "header": header, "field": field, "confirmed_at": at}
        for header, field in meanings.items()
    ]
    conn.execute(insert(column_meanings), rows)
    details: Details = {"source": source[:8], "n": len(rows)}
    record(conn, kind="columns.confirmed", at=at, actor=actor, details=details)


def forget_columns(conn: Connection, source: str, *, at: datetime, actor: str) -> int:
    """How many columns of the source are to be asked about again."""
    gone = conn.execute(delete(column_meanings).where(column_meanings.c.source == source)).rowcount
    if gone:
        details: Details = {"source": source[:8], "n": gone}
        record(conn, kind="columns.forgotten", at=at, actor=actor, details=details)
    return gone
