"""Second factors and their recovery codes, and whether a session has shown one."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "second_factors",
        sa.Column("account", sa.String(200), primary_key=True),
        sa.Column("secret", sa.String(200), nullable=False),
        sa.Column("confirmed", sa.DateTime(timezone=True)),
        sa.Column("step", sa.BigInteger, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("account", sa.String(200), primary_key=True),
        sa.Column("code", sa.String(64), primary_key=True),
    )
    op.add_column("sessions", sa.Column("proven", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("sessions", "proven")
    op.drop_table("recovery_codes")
    op.drop_table("second_factors")
