"""Opening the store, and its two kinds of transaction: one writer at a time, many readers.

SQLite's own rules (a reader that turns writer fails at once; Python's driver starts its
transactions late) and PostgreSQL's are made alike here, so that no other module asks which
of the two it has.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, make_url, select, text
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from evaluation.errors import SettingsError, StoreError
from evaluation.store.faults import faults_told, shown
from evaluation.store.upgrade import is_current, upgrade

# Seconds to wait for another writer. Storing 200,000 rows holds the store for about ten.
PATIENCE = 30.0

# Any number will do, as long as every process of ours asks for the same one.
WRITER = int.from_bytes(b"stories", "big")

DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


def open_store(url: str, *, patience: float = PATIENCE) -> Engine:
    """The store at `url`, its tables up to date. Safe where two processes open it at once.

    Raises SettingsError for an address that is none, and StoreError for a database that is
    locked, read-only, newer, foreign, damaged or not there.
    """
    address = _address(url)
    _make_folder(address)
    engine = _engine(address, patience)
    with reading(engine) as conn:
        current = is_current(conn)
    if not current:
        with writing(engine) as conn:
            # Asked again: while we waited for our turn, another process may have done it.
            if not is_current(conn):
                upgrade(conn)
    return engine


def is_there(url: str) -> bool:
    """Whether opening the store would find one: a server is taken to be there, a file is looked
    for. Raises SettingsError for an address that is none."""
    address = _address(url)
    database = address.database or ""
    return address.get_backend_name() != "sqlite" or Path(database).exists()


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that may write: committed at the end, or nothing of it happened."""
    options = {"stories_writes": True}
    with (
        faults_told(engine),
        engine.connect().execution_options(**options) as conn,
        conn.begin(),
    ):
        if engine.dialect.name == "postgresql":
            _wait_for_turn(conn)
        yield conn


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the store, in which nothing can be written."""
    options: dict[str, Any] = {}
    if engine.dialect.name == "postgresql":
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with faults_told(engine), engine.connect().execution_options(**options) as conn, conn.begin():
        if engine.dialect.name == "sqlite":
            conn.execute(text("PRAGMA query_only = ON"))
        yield conn


def _address(url: str) -> URL:
    # The URL is never repeated: it may hold a password.
    try:
        address = make_url(url)
    except ArgumentError:
        raise SettingsError("database_url") from None
    driver = DRIVERS.get(address.get_backend_name())
    if driver is None or (driver == "sqlite" and address.database in (None, "", ":memory:")):
        raise SettingsError("database_url")
    return address.set(drivername=driver)


def _make_folder(address: URL) -> None:
    database = address.database or ""
    if address.get_backend_name() != "sqlite" or database.startswith("file:"):
        return
    try:
        Path(database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        raise StoreError("database_unreachable", database=shown(address)) from None


def _engine(address: URL, patience: float) -> Engine:
    arguments: dict[str, Any] = {"connect_timeout": max(2, round(patience))}
    if address.get_backend_name() == "sqlite":
        # isolation_level None: the driver's own BEGIN comes late and is never IMMEDIATE.
        arguments = {"timeout": patience, "isolation_level": None}
        if "timeout" in address.query:
            del arguments["timeout"]  # said in the address, for whom half a minute is too long
    # No pool: a command has a handful of transactions, and tasks come and go in threads.
    engine = create_engine(
        address,
        poolclass=NullPool,
        connect_args=arguments,
        hide_parameters=True,
        execution_options={"stories_patience": patience},
    )
    if address.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
    return engine


def _set_pragmas(driver_connection: Any, _record: object) -> None:
    driver_connection.execute("PRAGMA journal_mode = WAL")
    driver_connection.execute("PRAGMA synchronous = FULL")
    driver_connection.execute("PRAGMA foreign_keys = ON")


def _begin(conn: Connection) -> None:
    writes = conn.get_execution_options().get("stories_writes", False)
    conn.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _wait_for_turn(conn: Connection) -> None:
    """One writer at a time, as in SQLite: the chain of events allows no two next lines."""
    patience = conn.get_execution_options()["stories_patience"]
    conn.execute(select(func.set_config("lock_timeout", f"{round(patience * 1000)}ms", True)))
    conn.execute(select(func.pg_advisory_xact_lock(WRITER)))
