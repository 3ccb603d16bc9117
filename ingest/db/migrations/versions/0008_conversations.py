"""The conversation of each record and the record before it; titles that people give to their conversations."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    for name in ("conversation", "follows"):
        op.add_column("records", sa.Column(name, sa.String(36), nullable=False, server_default=""))
    op.create_index("records_conversation", "records", ["conversation"])
    connection = op.get_bind()
    chosen = sa.text("SELECT record, body FROM entries WHERE kind = 'opened' AND body IS NOT NULL")
    found = ((record, json.loads(body)["follows"]) for record, body in connection.execute(chosen))
    rows = [{"record": record, "before": before} for record, before in found if before]
    if rows:
        connection.execute(sa.text("UPDATE records SET follows = :before WHERE id = :record"), rows)
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("hidden", sa.Boolean, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("conversations")
    op.drop_index("records_conversation", "records")
    for name in ("conversation", "follows"):
        op.drop_column("records", name)
