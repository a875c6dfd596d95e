"""The digest of the file that a stored version of an instrument came from: it may not change."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from evaluation.design import Instrument
from evaluation.store.indicator_tables import instrument_files


def is_another_file(conn: Connection, instrument: Instrument) -> bool:
    """False where one of them is not known: instruments made in code have no file."""
    kept = _kept(conn, instrument)
    return bool(kept and instrument.digest) and kept != instrument.digest


def keep_digest(conn: Connection, instrument: Instrument) -> None:
    """Also of an instrument that was stored before there were digests: from now on this file's."""
    if instrument.digest and _kept(conn, instrument) is None:
        row = {"id": instrument.id, "version": instrument.version, "digest": instrument.digest}
        conn.execute(insert(instrument_files).values(row))


def _kept(conn: Connection, instrument: Instrument) -> str | None:
    f = instrument_files.c
    same = (f.id == instrument.id, f.version == instrument.version)
    return conn.scalar(select(f.digest).where(*same))
