"""First tables: generations, collections, documents, records."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "generations",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("embedding", sa.String(200), nullable=False),
        sa.Column("dimension", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "collections",
        sa.Column("name", sa.String(200), primary_key=True),
        sa.Column("folder", sa.Text, nullable=False),
    )
    op.create_table(
        "documents",
        sa.Column("generation", sa.String(64), primary_key=True),
        sa.Column("collection", sa.String(200), primary_key=True),
        sa.Column("path", sa.String(1000), primary_key=True),
        sa.Column("version", sa.String(64)),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("modified_ns", sa.String(20), nullable=False),
        sa.Column("passages", sa.Integer, nullable=False),
        sa.Column("reason", sa.JSON),
    )
    op.create_table(
        "records",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("opened", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.DateTime(timezone=True)),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("engine", sa.String(16)),
        sa.Column("model", sa.String(200)),
        sa.Column("generation", sa.String(64)),
        sa.Column("body", sa.JSON),
    )


def downgrade() -> None:
    for name in ("records", "documents", "collections", "generations"):
        op.drop_table(name)
