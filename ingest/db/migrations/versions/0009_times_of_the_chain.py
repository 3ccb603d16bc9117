"""The latest time that the chain knows; and an entry that says from where on times and retention are held to."""

import hashlib
import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("chain_head", sa.Column("at", sa.String(32), nullable=False, server_default=""))
    connection = op.get_bind()
    head = sa.table("chain_head", sa.column("number"), sa.column("hash"), sa.column("at"))
    names = ("number", "kind", "record", "at", "content", "personal", "previous", "hash", "body")
    entries = sa.table("entries", *map(sa.column, names))
    last = connection.execute(sa.select(head)).one_or_none()
    if last is None or not last.number:  # nothing was recorded yet
        return
    latest = connection.execute(sa.select(sa.func.max(entries.c.at))).scalar() or ""
    at = max(datetime.now(UTC).isoformat(timespec="microseconds"), latest)
    body = '{"days":null}'
    entry = {
        "number": last.number + 1, "kind": "retention", "record": "", "at": at,
        "content": hashlib.sha256(body.encode()).hexdigest(), "personal": "", "previous": last.hash,
    }  # fmt: skip
    hashed = hashlib.sha256(json.dumps(entry, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
    connection.execute(entries.insert().values({**entry, "hash": hashed, "body": body}))
    connection.execute(head.update().values(number=entry["number"], hash=hashed, at=at))


def downgrade() -> None:
    op.drop_column("chain_head", "at")
