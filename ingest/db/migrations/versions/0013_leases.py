"""Leases of what only one process may do at a time, and no second generation that is searched."""

import logging

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "leases",
        sa.Column("scope", sa.String(40), primary_key=True),
        sa.Column("part", sa.String(200), primary_key=True),
        sa.Column("holder", sa.String(32), nullable=False),
        sa.Column("process", sa.String(120), nullable=False),
        sa.Column("expires", sa.Float, nullable=False),
    )
    _keep_one_of_each_state()
    op.create_index("generations_state", "generations", ["state"], unique=True)


def _keep_one_of_each_state() -> None:
    """Two first runs at once could each make a generation: the one with the most documents stays.

    What was only in another one is not known any more, so that the next run reads it again.
    """
    connection = op.get_bind()
    generations = sa.table("generations", *map(sa.column, ("name", "state", "created")))
    documents = sa.table("documents", sa.column("generation"), sa.column("version"))
    count = (
        sa.select(sa.func.count(documents.c.version))
        .where(documents.c.generation == generations.c.name)
        .scalar_subquery()
    )
    order = (generations.c.state, count.desc(), generations.c.created.desc())
    seen: set[str] = set()
    for name, state in connection.execute(sa.select(generations.c.name, generations.c.state).order_by(*order)).all():
        if state in seen:
            logging.getLogger(__name__).warning("a second index generation, %s, is forgotten: run ingest again", name)
            connection.execute(documents.delete().where(documents.c.generation == name))
            connection.execute(generations.delete().where(generations.c.name == name))
        seen.add(state)


def downgrade() -> None:
    op.drop_index("generations_state", "generations")
    op.drop_table("leases")
