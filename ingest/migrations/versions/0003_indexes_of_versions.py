"""Find quickly which versions are being written, and whether a version is shown."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_index("documents_version", "documents", ["generation", "version"])
    op.create_index("documents_pending", "documents", ["generation", "pending"])


def downgrade() -> None:
    op.drop_index("documents_pending", "documents")
    op.drop_index("documents_version", "documents")
