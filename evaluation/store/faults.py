"""What a database says when it cannot, as one of our sentences.

Apart because driver errors quote values and passwords ("Key (respondent)=(…) already exists"):
nothing of their text goes further than here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL, Engine
from sqlalchemy.exc import DBAPIError

from evaluation.errors import StoreError

# The low byte of SQLite's code is its kind; the rest says where it came up.
SQLITE_RULES = {
    sqlite3.SQLITE_BUSY: "database_locked",
    sqlite3.SQLITE_LOCKED: "database_locked",
    sqlite3.SQLITE_READONLY: "database_read_only",
    sqlite3.SQLITE_PERM: "database_read_only",
    sqlite3.SQLITE_FULL: "database_full",
    sqlite3.SQLITE_CANTOPEN: "database_unreachable",
    sqlite3.SQLITE_IOERR: "database_unreachable",
    sqlite3.SQLITE_CORRUPT: "database_damaged",
    sqlite3.SQLITE_NOTADB: "database_damaged",
}

# PostgreSQL's SQLSTATE, whole or its class (the first two characters): appendix A of its manual.
POSTGRESQL_RULES = {
    "55P03": "database_locked",  # lock_not_available
    "40P01": "database_locked",  # deadlock_detected
    "25006": "database_read_only",
    "42501": "database_read_only",  # insufficient_privilege
    "53100": "database_full",
    "53": "database_unreachable",  # too many connections, out of memory
    "08": "database_unreachable",
    "28": "database_unreachable",  # wrong name or password
    "3D": "database_unreachable",  # no such database
    "57": "database_unreachable",  # shutting down, starting up
    "58": "database_unreachable",  # the server's own disk
    "XX": "database_damaged",
}


def shown(url: URL) -> str:
    """The database's address without its password, wherever the password was written."""
    return url.difference_update_query(["password"]).render_as_string(hide_password=True)


@contextmanager
def faults_told(engine: Engine) -> Iterator[None]:
    """Turn what the driver raises into a StoreError; everything else passes."""
    try:
        yield
    except (DBAPIError, engine.dialect.loaded_dbapi.Error) as fault:
        cause = fault.orig if isinstance(fault, DBAPIError) else fault
        # The traceback stays, for it says where; the cause goes, for it may quote an answer.
        raise _told(cause, engine).with_traceback(fault.__traceback__) from None


def _told(cause: BaseException | None, engine: Engine) -> StoreError:
    rule = _sqlite_rule(cause) if isinstance(cause, sqlite3.Error) else _postgresql_rule(cause)
    if rule is not None:
        return StoreError(rule, database=shown(engine.url))
    code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None)
    return StoreError("database_refused", code=code or type(cause).__name__)


def _sqlite_rule(cause: sqlite3.Error) -> str | None:
    return SQLITE_RULES.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)


def _postgresql_rule(cause: BaseException | None) -> str | None:
    state = getattr(cause, "sqlstate", None)
    if state is None:
        # A connection that never came about has no SQLSTATE.
        return "database_unreachable" if type(cause).__name__ == "OperationalError" else None
    return POSTGRESQL_RULES.get(state, POSTGRESQL_RULES.get(state[:2]))
