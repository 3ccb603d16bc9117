"""Tokens of programs, the service accounts they may belong to, and what was asked with each on a day."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "service_accounts",
        sa.Column("name", sa.String(200), primary_key=True),
        sa.Column("roles", sa.JSON, nullable=False),
        sa.Column("groups", sa.JSON, nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "access_tokens",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("groups", sa.JSON),
        sa.Column("scopes", sa.JSON, nullable=False),
        sa.Column("a_day", sa.Integer, nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked", sa.DateTime(timezone=True)),
        sa.Column("used", sa.DateTime(timezone=True)),
    )
    op.create_index("access_tokens_owner", "access_tokens", ["owner"])
    op.create_table(
        "token_days",
        sa.Column("token", sa.String(16), primary_key=True),
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("questions", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("token_days")
    op.drop_table("access_tokens")
    op.drop_table("service_accounts")
