"""Alembic's entry: runs migrations on the connection that `ingest.db.database.upgrade` passes in."""

from alembic import context

from ingest.db.metadata import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
