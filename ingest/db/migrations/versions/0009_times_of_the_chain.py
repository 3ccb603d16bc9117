"""Known devices and wrong passwords by address; the latest time that the chain knows, and from where on it counts."""

import hashlib
import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "devices",
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("account", sa.String(200), nullable=False),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
    )
    op.create_index("devices_account", "devices", ["account"])
    op.create_table(
        "sign_in_tries",
        sa.Column("account", sa.String(200), primary_key=True),
        sa.Column("place", sa.String(100), primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True)),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    _hold_to_times()


def _hold_to_times() -> None:
    """From the entry that this adds on, no entry may be dated before the one before it."""
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
    for name in ("sign_in_tries", "devices"):
        op.drop_table(name)
    op.drop_column("chain_head", "at")
