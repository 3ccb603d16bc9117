"""The clearance of each record's person, which bounds what auditors see; terms accepted; whom names mean."""

import json
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("records", sa.Column("clearance", sa.Text, nullable=False, server_default="[[], []]"))
    connection = op.get_bind()
    chosen = sa.text("SELECT record, body FROM entries WHERE kind = 'opened' AND body IS NOT NULL")
    rows = [
        {"record": record, "held": json.dumps([sorted(_labels(body)), []], ensure_ascii=False)}
        for record, body in connection.execute(chosen)
    ]
    if rows:
        connection.execute(sa.text("UPDATE records SET clearance = :held WHERE id = :record"), rows)
    op.create_table(
        "subjects",
        sa.Column("name", sa.String(200), primary_key=True),
        sa.Column("issuer", sa.String(500), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
    )
    op.create_table(
        "acceptances",
        sa.Column("account", sa.String(200), primary_key=True),
        sa.Column("version", sa.String(100), primary_key=True),
        sa.Column("text", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("acceptances")
    op.drop_table("subjects")
    op.drop_column("records", "clearance")


def _labels(body: str) -> set[str]:
    """Labels as this version of the program writes them."""
    normal = unicodedata.normalize
    return {normal("NFC", normal("NFC", name).lower()) for name in json.loads(body)["clearance"]}
