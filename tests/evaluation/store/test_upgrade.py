"""The migrations build what tables.py declares, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from evaluation.store import reading
from evaluation.store.all_tables import metadata
from evaluation.store.upgrade import HEAD, MIGRATIONS, REVISIONS, VERSION_TABLE


def names(found):
    return {entry["name"] for entry in found if entry and entry.get("name")}


def test_migrations_build_exactly_the_declared_tables(engine):
    options = {"version_table": VERSION_TABLE, "compare_server_default": True}
    with engine.connect() as conn:
        context = MigrationContext.configure(conn, opts=options)
        assert compare_metadata(context, metadata) == []


def test_migrations_name_every_constraint_as_declared(engine):
    seen = inspect(engine)
    for table in metadata.sorted_tables:
        built = names(
            [
                seen.get_pk_constraint(table.name),
                *seen.get_foreign_keys(table.name),
                *seen.get_unique_constraints(table.name),
            ]
        )
        # The dialect of the connection settles what the naming convention leaves open.
        with reading(engine) as conn:
            preparer = conn.dialect.identifier_preparer
        assert built == {preparer.format_constraint(c) for c in table.constraints}


def test_the_list_of_versions_is_the_list_of_migrations():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    oldest_first = [script.revision for script in scripts.walk_revisions()][::-1]
    assert tuple(oldest_first) == REVISIONS
    assert scripts.get_current_head() == HEAD
