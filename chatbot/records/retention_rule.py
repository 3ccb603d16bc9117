"""Which retention was the rule, and from when on: the chain notes it, since a removal is good by the rule of its time.

A database that an earlier program wrote to has a note without days, made by its migration: what was removed before that
cannot be held against a rule.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, select

from chatbot.records.chain import End, append, digest
from chatbot.records.schema import Retention
from chatbot.records.tables import entries


class Rule(NamedTuple):
    """A retention as the chain notes it.

    Attributes:
        number: of the entry from which on it holds.
        at: time of that entry.
        days: that records are kept, 0 for good; None where nobody knows, before times were noted.
    """

    number: int
    at: str
    days: int | None

    def lets_go(self, before: datetime, at: datetime) -> bool:
        """Whether by this rule records from before a time could be removed at another."""
        return bool(self.days) and before <= at - timedelta(days=self.days or 0)


def rules(connection: Connection, last_only: bool = False) -> list[Rule]:
    """All retentions that the chain notes, in its order; an unreadable note is none."""
    chosen = select(entries).where(entries.c.kind == "retention")
    if last_only:
        chosen = chosen.order_by(entries.c.number.desc()).limit(1)
    found = []
    for row in connection.execute(chosen.order_by(entries.c.number)):
        with suppress(ValueError, TypeError):
            noted = Retention.model_validate_json(row.body)
            if digest(row.body) == row.content:
                found.append(Rule(row.number, row.at, noted.days))
    return found


def note_rule(connection: Connection, end: End, days: int, now: datetime) -> End:
    """Make sure that the chain's last note of the retention is the one that holds now.

    Args:
        connection: in a transaction that holds the chain.
        end: of the chain.
        days: that records are kept; 0 for good.
        now: by the clock.

    Returns:
        The end of the chain after that.
    """
    last = rules(connection, last_only=True)
    if last and last[0].days == days:
        return end
    return append(connection, "retention", "", now, Retention(days=days).model_dump(), end=end)
