"""What people call their conversations, and which of them they hide from their list."""

from sqlalchemy import delete, insert, select, update

from chatbot.domain import Person
from chatbot.records.conversations import Conversations
from chatbot.records.tables import conversations, records
from config.errors import QuestionRejected, RecordMissing

LONGEST_TITLE = 200  # characters


def rename(known: Conversations, conversation: str, person: Person, title: str) -> None:
    """Call a conversation something else; an empty title is its first question again.

    Raises:
        QuestionRejected: the title is too long.
        RecordMissing: the person has no such conversation.
    """
    title = " ".join(title.split())
    if len(title) > LONGEST_TITLE:
        raise QuestionRejected("conversation.title_too_long", length=len(title), most=LONGEST_TITLE)
    _put(known, conversation, person, title=title)


def hide(known: Conversations, conversation: str, person: Person, hidden: bool = True) -> None:
    """Take a conversation out of the person's list, or put it back; its records stay.

    Raises:
        RecordMissing: the person has no such conversation.
    """
    _put(known, conversation, person, hidden=hidden)


def _put(known: Conversations, conversation: str, person: Person, **values: str | bool) -> None:
    names = known.names(person.name)
    mine = (conversations.c.id == conversation) & conversations.c.person.in_(names)
    called = (records.c.conversation == conversation) & (records.c.conversation != "")
    begins = (records.c.id == conversation) & (records.c.conversation == "")
    owned = select(records.c.person).where(called | begins, records.c.person.in_(names))
    with known.engine.begin() as connection:
        changed = connection.execute(update(conversations).where(mine).values(**values)).rowcount
        if changed:
            return
        name = connection.execute(owned.limit(1)).scalar()
        if name is None:
            raise RecordMissing("conversation.missing")
        # A row of the same id that is another's can only have been made behind the program's back.
        connection.execute(delete(conversations).where(conversations.c.id == conversation))
        fresh = {"id": conversation, "person": name, "title": "", "hidden": False} | values
        connection.execute(insert(conversations).values(**fresh))
