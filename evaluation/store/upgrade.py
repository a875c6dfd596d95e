"""Which version of the tables a database has, and how it gets the newest.

The versions are listed here as well as in migrations/, so that opening a store that is up to
date costs one query and not the import of Alembic; a test keeps the two lists equal.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from evaluation.errors import StoreError
from evaluation.store.all_tables import metadata
from evaluation.store.faults import shown

REVISIONS = (
    *("0001", "0002", "0003", "0004", "0005", "0006", "0008", "0009", "0010", "0011", "0013"),
    "0014",
)
HEAD = REVISIONS[-1]
MIGRATIONS = Path(__file__).parent / "migrations"

# Not Alembic's own name: Prefect migrates with Alembic too, and may live next door.
VERSION_TABLE = "stories_schema"


def is_current(conn: Connection) -> bool:
    """Whether the tables are of today; a database that is newer or not ours is refused."""
    there = set(inspect(conn).get_table_names())
    if VERSION_TABLE not in there:
        if there & set(metadata.tables):
            raise StoreError("database_foreign", database=shown(conn.engine.url))
        return False
    found = conn.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))
    if found not in REVISIONS:
        raise StoreError("database_newer", database=shown(conn.engine.url), found=found)
    return bool(found == HEAD)


def upgrade(conn: Connection) -> None:
    """Bring the tables up to date inside the caller's transaction: wholly or not at all."""
    # 0.3 s that only a new or older store has to pay.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = conn
    command.upgrade(config, "head")
