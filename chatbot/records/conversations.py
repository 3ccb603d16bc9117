"""Conversations as the person sees them who had them: records, read under what that person may see now."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Engine, Row, select

from chatbot.domain import Answer, Person, Statement, Turn
from chatbot.records.bodies import documents_of, questions_of, words_of
from chatbot.records.tables import conversations, records
from chatbot.records.unnamed import conversations_of, in_a_conversation
from chatbot.records.visible import COLUMNS, is_within, visible, without_closed
from config.access import Clearance
from config.errors import RecordMissing
from ingest.db.clock import utc

_MOST_READ = 5000  # records of one person, the newest
_TURNS = 3  # that a follow-up can lean on; no engine reads more
_LOOKED_AT = 6  # questions, the last ones, among which these turns are


class Conversation(NamedTuple):
    """A line of the person's list.

    Attributes:
        title: given by the person, else the first question.
        at: when the last question was asked.
        is_running: whether a question of it is being answered.
    """

    id: str
    title: str
    at: datetime
    is_running: bool = False


class Step(NamedTuple):
    """A question of a conversation with what became of it.

    Attributes:
        state: of the record; `open` while it is being answered.
        answer: None where it did not come to its end.
        judged: statements that were shown of one that did not.
        feedback: that the person gave, empty without.
        documents: ids of those that the question was limited to; empty for all.
    """

    record: str
    at: datetime
    state: str
    question: str
    answer: Answer | None
    judged: tuple[Statement, ...]
    feedback: str
    documents: tuple[UUID, ...] = ()


class History(NamedTuple):
    """What a next question needs of its conversation.

    Attributes:
        turns: the last ones, oldest first.
        follows: record of the last question.
    """

    turns: tuple[Turn, ...] = ()
    follows: str = ""


class Conversations:
    """Reads a person's conversations.

    Args:
        engine: of the database.
        names: all that a person may be called in records.
    """

    def __init__(self, engine: Engine, names: Callable[[str], Sequence[str]]) -> None:
        self.engine, self.names = engine, names

    def listed(self, person: Person, search: str = "", hidden: bool = False, most: int = 100) -> list[Conversation]:
        """The person's conversations, the one with the newest question first.

        Args:
            person: with the clearance of now.
            search: words that titles, questions or answers have to contain, all of them in one conversation.
            hidden: those that the person has hidden, instead of the others.
            most: wanted.
        """
        with self.engine.connect() as connection:
            rows = self._visible(connection, person, in_a_conversation(connection))
            named = conversations_of(rows)
            kept = connection.execute(select(conversations).where(conversations.c.person.in_(self.names(person.name))))
            own = {row.id: row for row in kept}
            first: dict[str, Row[Any]] = {}
            last: dict[str, datetime] = {}
            for row in rows:
                first.setdefault(named[row.id], row)
                last[named[row.id]] = utc(row.opened)
            running = {named[row.id] for row in rows if row.state == "open"}
            wanted = [one for one in last if (one in own and own[one].hidden) == hidden]
            for word in search.lower().split():
                found = self._with_word(connection, person, named, word)
                wanted = [one for one in wanted if one in found or (one in own and word in own[one].title.lower())]
            wanted = sorted(wanted, key=lambda one: last[one], reverse=True)[:most]
            asked = questions_of(connection, [first[one].id for one in wanted])
        titles = {one: own[one].title if one in own else "" for one in wanted}
        called = ((one, titles[one] or asked.get(first[one].id, "")) for one in wanted)
        return [Conversation(one, title, last[one], one in running) for one, title in called if title]

    def steps(self, conversation: str, person: Person, after: str = "") -> list[Step]:
        """The questions of a conversation that the person may still read, oldest first.

        Args:
            conversation: its id.
            person: with the clearance of now.
            after: record behind which they are wanted.
        """
        with self.engine.connect() as connection:
            whole = self._whole(connection, person, conversation)
            since = connection.execute(select(records.c.opened).where(whole, records.c.id == after)).scalar()
            wanted = whole & (records.c.opened > since) if since else whole
            return self._steps(connection, self._visible(connection, person, whole, wanted), person.clearance)

    def step(self, record: str, person: Person) -> Step:
        """One question of the person's.

        Raises:
            RecordMissing: there is none, it is another's, or it rests on what the person may no longer see.
        """
        with self.engine.connect() as connection:
            whole = self._whole_of(connection, person, record)
            rows = self._visible(connection, person, whole, records.c.id == record)
            found = self._steps(connection, rows, person.clearance)
        if not found:
            raise RecordMissing("record.missing", record=record)
        return found[0]

    def history(self, conversation: str, person: Person) -> History | None:
        """What the conversation's next question may lean on; None where the person has no such conversation."""
        with self.engine.connect() as connection:
            whole = self._whole(connection, person, conversation)
            newest = self._own(connection, person, whole, _LOOKED_AT) if conversation else []
            if not newest:
                return None
            wanted = records.c.id.in_([row.id for row in newest])
            steps = self._steps(connection, self._visible(connection, person, whole, wanted), person.clearance)
        turns = [turn_of(step.answer) for step in steps if step.answer and not step.answer.reply]
        return History(tuple(turns[-_TURNS:]), newest[-1].id)

    def _whole(self, connection: Connection, person: Person, conversation: str) -> ColumnElement[bool]:
        """Condition on records: those of a conversation."""
        named = records.c.conversation == conversation
        begins = (records.c.id == conversation) & (records.c.conversation == "")
        if not conversation or connection.execute(select(records.c.id).where(begins)).first() is None:
            return named
        found = conversations_of(self._own(connection, person, in_a_conversation(connection)))
        ids = [record for record, of_it in found.items() if of_it == conversation]
        return named | ((records.c.conversation == "") & records.c.id.in_(ids))

    def _whole_of(self, connection: Connection, person: Person, record: str) -> ColumnElement[bool]:
        """The same for the conversation that a record is part of."""
        chosen = select(records.c.conversation, records.c.follows).where(records.c.id == record)
        row = connection.execute(chosen).one_or_none()
        if row and row.conversation:
            return self._whole(connection, person, row.conversation)
        if row is None or not row.follows:
            return records.c.id == record
        found = conversations_of(self._own(connection, person, in_a_conversation(connection)))
        return self._whole(connection, person, found[record]) if record in found else records.c.id == record

    def _visible(self, connection: Connection, person: Person, whole: Any, wanted: Any = None) -> list[Row[Any]]:
        """Of the person's own records those that may be read now, oldest first.

        Args:
            connection: to the database.
            person: with the clearance of now.
            whole: condition on records; with all that those wanted follow.
            wanted: condition on those of them that are wanted; all without.
        """
        if wanted is None:
            return visible(connection, self._own(connection, person, whole), person.clearance)
        rows = self._own(connection, person, wanted)
        if all(is_within(row.clearance, person.clearance) for row in rows):
            return rows  # whatever they follow
        ids = {row.id for row in rows}
        shown = visible(connection, self._own(connection, person, whole), person.clearance)
        return [row for row in shown if row.id in ids]

    def _own(self, connection: Connection, person: Person, which: Any, most: int = _MOST_READ) -> list[Row[Any]]:
        """The newest of the person's own records, oldest first; those that an auditor had answered again are none."""
        mine = records.c.person.in_(self.names(person.name)) & (records.c.replays == "")
        chosen = select(*COLUMNS, records.c.feedback).where(which, mine)
        ordered = chosen.order_by(records.c.opened.desc(), records.c.id).limit(most)
        newest: list[Row[Any]] = list(connection.execute(ordered))
        return newest[::-1]

    def _steps(self, connection: Connection, rows: Sequence[Row[Any]], clearance: Clearance) -> list[Step]:
        asked = questions_of(connection, [row.id for row in rows])
        said = words_of(connection, [row.id for row in rows])
        limited = documents_of(connection, [row.id for row in rows])
        return [
            Step(
                row.id, utc(row.opened), row.state, asked[row.id],
                without_closed(said[row.id].answer, row.clearance, clearance) if row.id in said else None,
                said[row.id].judged if row.id in said else (), row.feedback, limited.get(row.id, ()),
            )
            for row in rows
            if row.id in asked
        ]  # fmt: skip

    def _with_word(self, connection: Connection, person: Person, named: Mapping[str, str], word: str) -> set[str]:
        mine = records.c.person.in_(self.names(person.name))
        chosen = select(records.c.id).where(mine, records.c.words.contains(word, autoescape=True))
        return {named[record] for record in connection.execute(chosen).scalars() if record in named}


def turn_of(answer: Answer) -> Turn:
    """What a later question of the conversation may refer to."""
    said = " ".join(statement.text for statement in answer.statements)
    return Turn(question=answer.standalone_question, answer=said, record=answer.record)
