"""Indexes by which versions in writing are found; the chain of records, and what the auditor searches."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_index("documents_version", "documents", ["generation", "version"])
    op.create_index("documents_pending", "documents", ["generation", "pending"])
    op.rename_table("records", "early_records")  # from before the chain: kept, but nothing proves them
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER INDEX records_pkey RENAME TO early_records_pkey")
    _create_chain()
    _create_search()


def _create_chain() -> None:
    head = op.create_table(
        "chain_head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.bulk_insert(head, [{"id": 1, "number": 0, "hash": "0" * 64}])
    op.create_table(
        "entries",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("record", sa.String(36), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("body", sa.Text),
        sa.Column("content", sa.String(64), nullable=False),
        sa.Column("personal", sa.String(64), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_index("entries_record", "entries", ["record"])
    op.create_table(
        "personal",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("record", sa.String(36), nullable=False),
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("personal_person", "personal", ["person"])
    op.create_index("personal_record", "personal", ["record"])


def _create_search() -> None:
    texts = {"state": 16, "person": 200, "process": 120, "replays": 36, "engine": 16, "model": 200, "generation": 64,
             "refusal": 16, "feedback": 16, "review": 16}  # fmt: skip
    op.create_table(
        "records",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("opened", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.DateTime(timezone=True)),
        *(sa.Column(name, sa.String(length), nullable=False) for name, length in texts.items()),
        sa.Column("groups", sa.Text, nullable=False),
        sa.Column("statements", sa.Integer, nullable=False),
        sa.Column("unsupported", sa.Integer, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
    )
    for name in ("opened", "person", "state"):
        op.create_index(f"records_{name}", "records", [name])
    op.create_table(
        "record_documents",
        sa.Column("record", sa.String(36), primary_key=True),
        sa.Column("collection", sa.String(200), primary_key=True),
        sa.Column("document", sa.String(1000), primary_key=True),
        sa.Column("version", sa.String(64), primary_key=True),
        sa.Column("used", sa.String(16), nullable=False),
        sa.Column("outdated", sa.Boolean, nullable=False),
    )
    op.create_index("record_documents_document", "record_documents", ["document"])
    op.create_index("record_documents_version", "record_documents", ["version"])


def downgrade() -> None:
    for name in ("record_documents", "records", "personal", "entries", "chain_head"):
        op.drop_table(name)
    op.rename_table("early_records", "records")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER INDEX early_records_pkey RENAME TO records_pkey")
    op.drop_index("documents_pending", "documents")
    op.drop_index("documents_version", "documents")
