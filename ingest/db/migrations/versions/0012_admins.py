"""When the page brings collections up to date, as an admin chose it there; and what admins did on the page."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "schedules",
        sa.Column("name", sa.String(16), primary_key=True),
        sa.Column("watch", sa.Boolean, nullable=False),
        sa.Column("every_minutes", sa.Float, nullable=False),
    )
    op.create_table(
        "admin_acts",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column("act", sa.String(32), nullable=False),
        sa.Column("about", sa.String(400), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("admin_acts")
    op.drop_table("schedules")
