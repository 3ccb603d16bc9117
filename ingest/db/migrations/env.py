"""Alembic's entry: runs migrations on the connection that `ingest.database.upgrade` passes in."""

from alembic import context

from ingest.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
