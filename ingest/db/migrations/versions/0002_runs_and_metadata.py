"""Folders of a collection, containers, metadata and measures of documents, and the history of runs."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("collections") as table:
        table.add_column(sa.Column("folders", sa.JSON))
    collections = sa.table("collections", sa.column("name"), sa.column("folder"), sa.column("folders", sa.JSON))
    connection = op.get_bind()
    for name, folder in connection.execute(sa.select(collections.c.name, collections.c.folder)).all():
        connection.execute(collections.update().where(collections.c.name == name).values(folders=[folder]))
    with op.batch_alter_table("collections") as table:
        table.drop_column("folder")
        table.alter_column("folders", existing_type=sa.JSON, nullable=False)
    with op.batch_alter_table("documents") as table:
        table.alter_column("size", existing_type=sa.Integer, type_=sa.BigInteger)
        table.add_column(sa.Column("pending", sa.String(64)))
        table.add_column(sa.Column("container", sa.String(1000)))
        table.add_column(sa.Column("seen_ns", sa.String(20), nullable=False, server_default="0"))
        # Versions read before are read again at the next run: the empty state equals no present one.
        table.add_column(sa.Column("read_by", sa.String(16), nullable=False, server_default=""))
        table.add_column(sa.Column("about", sa.JSON))
        table.add_column(sa.Column("measures", sa.JSON))
        table.add_column(sa.Column("superseded_by", sa.String(1000)))
    op.execute("UPDATE documents SET reason = NULL WHERE CAST(reason AS TEXT) = 'null'")
    op.create_table(
        "runs",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("collection", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True)),
        sa.Column("counts", sa.JSON, nullable=False),
        sa.Column("passages", sa.Integer, nullable=False),
        sa.Column("reason", sa.JSON),
    )
    op.create_table(
        "outcomes",
        sa.Column("run", sa.String(36), primary_key=True),
        sa.Column("collection", sa.String(200), primary_key=True),
        sa.Column("path", sa.String(1000), primary_key=True),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("passages", sa.Integer, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
        sa.Column("reason", sa.JSON),
    )


def downgrade() -> None:
    op.drop_table("outcomes")
    op.drop_table("runs")
    with op.batch_alter_table("documents") as table:
        for name in ("pending", "container", "seen_ns", "read_by", "about", "measures", "superseded_by"):
            table.drop_column(name)
    with op.batch_alter_table("collections") as table:
        table.add_column(sa.Column("folder", sa.Text, nullable=False, server_default=""))
    collections = sa.table("collections", sa.column("name"), sa.column("folder"), sa.column("folders", sa.JSON))
    connection = op.get_bind()
    for name, folders in connection.execute(sa.select(collections.c.name, collections.c.folders)).all():
        folders = json.loads(folders) if isinstance(folders, str) else folders
        connection.execute(collections.update().where(collections.c.name == name).values(folder=folders[0]))
    with op.batch_alter_table("collections") as table:
        table.drop_column("folders")
