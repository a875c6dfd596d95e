"""What has left the house: every released report, and the numbers it showed.

`ledger_head` seals all of it into one digest. Written down outside the database after every
release, it shows a database that was put back from an older backup.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, insert, select

from evaluation.records.releases import Release
from evaluation.store import tables
from evaluation.store.events import Details, record

RELEASED = "report.released"


def add_release(conn: Connection, release: Release, *, actor: str) -> bool:
    """False, and nothing written, where the same bytes were released before."""
    r = tables.releases.c
    if conn.scalar(select(r.digest).where(r.digest == release.digest)):
        return False
    said = asdict(release)
    del said["cells"]
    conn.execute(insert(tables.releases).values(said))
    rows = [
        {"release": release.digest, "position": position, "key": key, "text": text}
        for position, (key, text) in enumerate(release.cells)
    ]
    if rows:
        conn.execute(insert(tables.released_cells), rows)
    details: Details = {
        "run": release.run,
        "digest": release.digest,
        "language": release.language,
        "format": release.format,
        "cells": len(rows),
    }
    at = release.released_at
    record(conn, kind=RELEASED, at=at, actor=actor, details=details)
    return True


def all_releases(conn: Connection, as_of: datetime) -> tuple[Release, ...]:
    """Those released by `as_of`, the oldest first, with their cells."""
    r = tables.releases.c
    rows = conn.execute(
        select(tables.releases).where(r.released_at <= as_of).order_by(r.released_at, r.digest)
    )
    return tuple(Release(**row._mapping, cells=_cells(conn, row.digest)) for row in rows.all())


def ledger_heads(conn: Connection) -> tuple[str, ...]:
    """A digest after each release, over it and all before it; the first is of an empty ledger.

    In the order in which they were entered, that of the events.
    """
    e, r = tables.events.c, tables.releases.c
    lines = conn.execute(select(e.details).where(e.kind == RELEASED).order_by(e.number)).scalars()
    kept = set(conn.scalars(select(r.digest)))
    entered = [json.loads(said)["digest"] for said in lines.all()]
    heads = [hashlib.sha256().hexdigest()]
    for digest in (digest for digest in entered if digest in kept):
        said = json.dumps([heads[-1], digest, _cells(conn, digest)], ensure_ascii=False)
        heads.append(hashlib.sha256(said.encode()).hexdigest())
    return tuple(heads)


def _cells(conn: Connection, digest: str) -> tuple[tuple[str, str], ...]:
    c = tables.released_cells.c
    rows = conn.execute(select(c.key, c.text).where(c.release == digest).order_by(c.position))
    return tuple((row.key, row.text) for row in rows)
