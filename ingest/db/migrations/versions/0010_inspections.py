"""Who has read whose record, and when: shown to the person who asked."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "inspections",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("record", sa.String(36), nullable=False),
        sa.Column("reader", sa.String(200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("how", sa.String(16), nullable=False),
    )
    op.create_index("inspections_record", "inspections", ["record"])


def downgrade() -> None:
    op.drop_table("inspections")
