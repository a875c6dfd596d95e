"""How Alembic runs our migrations: on the connection, and in the transaction, of `upgrade`."""

from alembic import context

from evaluation.store.all_tables import metadata
from evaluation.store.upgrade import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    # SQLite too can roll a CREATE TABLE back; Alembic assumes that it cannot.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
