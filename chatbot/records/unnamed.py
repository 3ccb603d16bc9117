"""Conversations from before records named theirs: put together again from the record that each question follows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, or_, select, true

from chatbot.records.tables import records


def in_a_conversation(connection: Connection) -> ColumnElement[bool]:
    """Condition on records: those of conversations. Without a name these are the ones from before the first with one;
    later ones came in by another door than the page."""
    first = connection.execute(
        select(records.c.opened).where(records.c.conversation != "").order_by(records.c.opened).limit(1)
    ).scalar()
    return or_(records.c.conversation != "", _before(first))


def _before(first: datetime | None) -> ColumnElement[bool]:
    return true() if first is None else records.c.opened < first


def conversations_of(rows: Sequence[Row[Any]]) -> dict[str, str]:
    """The conversation of each record; one without a name is called by its first record.

    Args:
        rows: of one person, oldest first, each with id, conversation and follows.
    """
    found: dict[str, str] = {}
    for row in rows:
        found[row.id] = row.conversation or found.get(row.follows, row.id)
    return found
