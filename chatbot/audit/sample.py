"""Records drawn at random, so that whoever draws again draws the same."""

import hashlib
from datetime import UTC, datetime
from heapq import nsmallest

from sqlalchemy import Connection, Engine, select

from chatbot.audit.find import Order, Query, Results, inspectable, matching, results
from chatbot.records.tables import chain_head, records
from config.access import Clearance


def sample(
    engine: Engine, query: Query, clearance: Clearance, count: int, seed: int, order: Order | None = None
) -> Results:
    """Records drawn at random among those that fit; the same seed draws the same as long as these stay.

    Signing them off may take them out of what is looked for; with `as_of` in the query they stay drawn.

    Args:
        engine: of the database.
        query: what is looked for.
        clearance: of the auditor.
        count: records wanted.
        seed: of the draw.
        order: of the list; that of the draw without one.
    """
    with engine.connect() as connection:
        drawn = draw(connection, query, clearance, count, seed)
        chosen = select(records).where(records.c.id.in_(drawn))
        rows = connection.execute(chosen.order_by(*order.clauses()) if order else chosen).all()
        if order is None:
            rows = sorted(rows, key=lambda row: drawn.index(row.id))
        return results(connection, query, clearance, rows)


def draw(connection: Connection, query: Query, clearance: Clearance, count: int, seed: int) -> list[str]:
    """Ids of the records that are drawn, in the order of the draw.

    Args:
        connection: to the database.
        query: what is looked for.
        clearance: of the auditor.
        count: records wanted.
        seed: of the draw.
    """
    chosen = matching(query).where(inspectable(connection, clearance))
    ids = connection.execute(chosen.with_only_columns(records.c.id)).scalars()
    return nsmallest(count, ids, key=lambda identity: hashlib.sha256(f"{seed}:{identity}".encode()).digest())


def moment_of_draw(engine: Engine) -> datetime:
    """Now, by the clock of the chain: no entry that is there already is later."""
    with engine.connect() as connection:
        latest = connection.execute(select(chain_head.c.at)).scalar()
    now = datetime.now(UTC)
    return max(now, datetime.fromisoformat(latest)) if latest else now
