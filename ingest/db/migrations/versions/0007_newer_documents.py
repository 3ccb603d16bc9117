"""All documents that take an older one's place, not only the newest: a person may not be allowed to see that."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("documents", sa.Column("newer", sa.JSON))
    connection = op.get_bind()
    documents = sa.table("documents", sa.column("superseded_by"), sa.column("newer", sa.JSON))
    newer = documents.c.superseded_by
    for (path,) in connection.execute(sa.select(newer).where(newer.is_not(None)).distinct()).all():
        connection.execute(documents.update().where(newer == path).values(newer=[path]))
    op.drop_column("documents", "superseded_by")


def downgrade() -> None:
    op.add_column("documents", sa.Column("superseded_by", sa.String(1000)))
    op.drop_column("documents", "newer")
