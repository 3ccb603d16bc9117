"""What is removed of a person on request; the chain stays whole and notes what went."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Engine, delete, false, func, select, update

from chatbot.domain import LOCAL
from chatbot.records.chain import append, hold
from chatbot.records.removals import batches, ranges
from chatbot.records.schema import Removed
from chatbot.records.tables import conversations, early_records, entries, personal, records

WITH_WORDS = (personal, records, entries, conversations)  # tables that hold words of people


def erase(engine: Engine, names: Sequence[str]) -> int:
    """Remove all that records hold about a person; what was answered from which documents stays.

    Args:
        engine: of the database.
        names: what the person is called in records.

    Returns:
        The number of records that held something.
    """
    asked = records.c.person.in_(names)
    # What an auditor had answered again repeats the question.
    repeated = records.c.replays.in_(select(records.c.id).where(asked))
    own = select(personal.c.record).where(personal.c.person.in_(names))
    with engine.connect() as connection:
        whole = set(connection.execute(select(records.c.id).where(asked | repeated)).scalars())
        remarked = set(connection.execute(own.distinct()).scalars()) - whole
    for part in batches(whole):
        _erase(engine, part, personal.c.record.in_(part), records.c.id.in_(part))
    for part in batches(remarked):  # records of others: only the person's own words in them
        _erase(engine, part, personal.c.record.in_(part) & personal.c.person.in_(names), false())
    with engine.begin() as connection:
        connection.execute(delete(conversations).where(conversations.c.person.in_(names)))
        if LOCAL in names:  # they name nobody: before there were names, one person asked
            connection.execute(delete(early_records))
    return len(whole | remarked)


def count_mentions(engine: Engine, name: str) -> int:
    """How many records of others have a name in their question or statements."""
    with engine.connect() as connection:
        chosen = select(func.count()).where(records.c.words.contains(name.lower(), autoescape=True))
        return connection.execute(chosen).scalar_one()


def _erase(engine: Engine, part: Sequence[str], said: ColumnElement[bool], emptied: ColumnElement[bool]) -> None:
    with engine.begin() as connection:
        end = hold(connection)
        numbers = connection.execute(select(personal.c.number).where(said)).scalars().all()
        connection.execute(delete(personal).where(said))
        connection.execute(update(records).where(emptied).values(person="", groups="", words=""))
        removed = Removed(entries=ranges(numbers), records=len(part))
        append(connection, "erased", "", datetime.now(UTC), removed.model_dump(mode="json"), end=end)
