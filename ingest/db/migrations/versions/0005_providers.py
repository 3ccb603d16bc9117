"""Groups of sessions that an identity provider opened, and sign-ins that have begun there."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("sessions", sa.Column("groups", sa.JSON))
    op.create_table(
        "begun_sign_ins",
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("nonce", sa.String(64), nullable=False),
        sa.Column("verifier", sa.String(128), nullable=False),
        sa.Column("target", sa.String(1000), nullable=False),
        sa.Column("began", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("begun_sign_ins")
    with op.batch_alter_table("sessions") as table:
        table.drop_column("groups")
