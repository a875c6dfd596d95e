"""Reports on their way out. A line a move, each with its event, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, insert, or_, select

from evaluation.records.editions import (
    Edition,
    EditionFile,
    Move,
    State,
    StateLine,
    Why,
    check_move,
)
from evaluation.store.edition_tables import edition_files, edition_states, editions
from evaluation.store.events import Details, record

DRAFT, RELEASED = "draft", "released"


def add_edition(conn: Connection, edition: Edition) -> bool:
    """False, and nothing written, where it is known. Its files as drafts; it has no state yet."""
    if conn.scalar(select(editions.c.id).where(editions.c.id == edition.id)):
        return False
    conn.execute(insert(editions).values(id=edition.id, run=edition.run))
    _add_files(conn, edition.id, DRAFT, edition.drafts)
    return True


def move_edition(
    conn: Connection,
    edition: Edition,
    move: Move,
    *,
    at: datetime,
    actor: str,
    why: Why | None = None,
    released: Sequence[EditionFile] = (),
) -> Edition:
    """The edition where the move has led it. SettingsError: it may not be moved so.

    `released`: what `publish` gave out, the manifest among it.
    """
    known = load_edition(conn, edition.id)
    line = StateLine(check_move(known, move, actor), at, actor, why)
    row = {"edition": known.id, "step": len(known.lines) + 1, **asdict(line)}
    conn.execute(insert(edition_states).values(row))
    _add_files(conn, known.id, RELEASED, released)
    details: Details = {"edition": known.id, "run": known.run, "why": why}
    record(conn, kind=f"release.{line.state}", at=at, actor=actor, details=details)
    return load_edition(conn, known.id)


def load_edition(conn: Connection, id: str) -> Edition:
    s = edition_states.c
    kept = select(s.state, s.at, s.actor, s.why).where(s.edition == id).order_by(s.step)
    lines = tuple(
        StateLine(State(row.state), row.at, row.actor, Why(row.why) if row.why else None)
        for row in conn.execute(kept)
    )
    run = conn.execute(select(editions.c.run).where(editions.c.id == id)).scalar_one()
    return Edition(id, run, _files(conn, id, DRAFT), lines, _files(conn, id, RELEASED))


def find_editions(conn: Connection, digest: str) -> tuple[Edition, ...]:
    """Those that begin so, or have a file whose digest does."""
    named = select(edition_files.c.edition).where(
        edition_files.c.digest.startswith(digest, autoescape=True)
    )
    found = select(editions.c.id).where(
        or_(editions.c.id.startswith(digest, autoescape=True), editions.c.id.in_(named))
    )
    return tuple(load_edition(conn, id) for id in sorted(conn.scalars(found)))


def all_editions(conn: Connection) -> tuple[Edition, ...]:
    """In the order in which they were handed in first."""
    known = [load_edition(conn, id) for id in conn.scalars(select(editions.c.id)).all()]
    return tuple(sorted(known, key=lambda e: (e.lines[0].at, e.id)))


def _add_files(conn: Connection, id: str, stage: str, files: Sequence[EditionFile]) -> None:
    rows = [
        {"edition": id, "stage": stage, "position": position, **asdict(file)}
        for position, file in enumerate(files)
    ]
    if rows:
        conn.execute(insert(edition_files), rows)


def _files(conn: Connection, id: str, stage: str) -> tuple[EditionFile, ...]:
    f = edition_files.c
    kept = (
        select(f.name, f.digest, f.language, f.format)
        .where(f.edition == id, f.stage == stage)
        .order_by(f.position)
    )
    return tuple(EditionFile(**row) for row in conn.execute(kept).mappings())
