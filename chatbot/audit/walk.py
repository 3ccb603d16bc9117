"""One record after the other: where a record stands in a list, and what comes before and after it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, Row, Select, and_, func, or_, select

from chatbot.audit.find import Order, Query, inspectable, matching
from chatbot.records.tables import records
from config.access import Clearance


class Place(NamedTuple):
    """The place of a record.

    Attributes:
        number: from 1 on.
        total: of the records in the list.
        previous: id of the record before; empty at the beginning, as is `next` at the end.
        reviewed: how many of them have a sign-off.
    """

    number: int
    total: int
    previous: str
    next: str
    reviewed: int


def place_in_list(engine: Engine, query: Query, clearance: Clearance, order: Order, record: str) -> Place | None:
    """The place of a record among all that fit; None where it is not one of them.

    Args:
        engine: of the database.
        query: what is looked for.
        clearance: of the auditor.
        order: of the list.
        record: id.
    """
    with engine.connect() as connection:
        fitting = matching(query).where(inspectable(connection, clearance))
        here = connection.execute(fitting.where(records.c.id == record)).one_or_none()
        if here is None:
            return None
        columns = order.columns()
        back = [(column, not down) for column, down in columns]
        before = fitting.where(_beyond(back, here))
        signed = func.count(func.nullif(records.c.review, ""))
        total, done = connection.execute(fitting.with_only_columns(func.count(), signed)).one()
        number = connection.execute(before.with_only_columns(func.count())).scalar_one() + 1
        previous = _first(connection, before, back)
        following = _first(connection, fitting.where(_beyond(columns, here)), columns)
    return Place(number, total, previous, following, done)


def _beyond(columns: Sequence[tuple[Any, bool]], here: Row[Any]) -> Any:
    """Condition on records: those that come behind one in an order."""
    either: list[Any] = []
    alike: list[Any] = []
    for column, down in columns:
        value = here._mapping[column.name]
        either.append(and_(*alike, column < value if down else column > value))
        alike.append(column == value)
    return or_(*either)


def _first(connection: Connection, chosen: Select[Any], columns: Sequence[tuple[Any, bool]]) -> str:
    ordered = chosen.order_by(*(column.desc() if down else column for column, down in columns))
    return connection.execute(ordered.with_only_columns(records.c.id).limit(1)).scalar() or ""


def place_among(engine: Engine, drawn: Sequence[str], record: str) -> Place | None:
    """The place of a record in a sample or a selection; None where it is not in it.

    Args:
        engine: of the database.
        drawn: ids, in order.
        record: id.
    """
    if record not in drawn:
        return None
    at = drawn.index(record)
    before, after = drawn[at - 1] if at else "", drawn[at + 1] if at + 1 < len(drawn) else ""
    return Place(at + 1, len(drawn), before, after, len(reviewed(engine, drawn)))


def reviewed(engine: Engine, of: Sequence[str]) -> set[str]:
    """Those of the records that have a sign-off."""
    with engine.connect() as connection:
        chosen = select(records.c.id).where(records.c.id.in_(of), records.c.review != "")
        return set(connection.execute(chosen).scalars())


def models(engine: Engine, clearance: Clearance) -> list[str]:
    """Names of the models that wrote answers which the auditor may inspect."""
    with engine.connect() as connection:
        chosen = select(records.c.model).where(inspectable(connection, clearance), records.c.model != "").distinct()
        return sorted(connection.execute(chosen).scalars())
