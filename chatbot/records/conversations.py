"""Conversations as the person sees them who had them: records, read under what that person may see now."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, Row, select

from chatbot.domain import Answer, Person, Statement, Turn
from chatbot.records.removals import batches
from chatbot.records.schema import OpenedPersonal, SealedPersonal
from chatbot.records.tables import conversations, entries, personal, records
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
    """

    id: str
    title: str
    at: datetime


class Step(NamedTuple):
    """A question of a conversation with what became of it.

    Attributes:
        state: of the record; `open` while it is being answered.
        answer: None where it did not come to its end.
        judged: statements that were shown of one that did not.
        feedback: that the person gave, empty without.
    """

    record: str
    at: datetime
    state: str
    question: str
    answer: Answer | None
    judged: tuple[Statement, ...]
    feedback: str


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

    def listed(self, person: Person, search: str = "", most: int = 100) -> list[Conversation]:
        """The person's conversations that are not hidden, the one with the newest question first.

        Args:
            person: with the clearance of now.
            search: words that titles, questions or answers have to contain, all of them in one conversation.
            most: wanted.
        """
        with self.engine.connect() as connection:
            rows = self._visible(connection, person, records.c.conversation != "")
            kept = connection.execute(select(conversations).where(conversations.c.person.in_(self.names(person.name))))
            own = {row.id: row for row in kept}
            first: dict[str, Row[Any]] = {}
            last: dict[str, datetime] = {}
            for row in rows:
                first.setdefault(row.conversation, row)
                last[row.conversation] = utc(row.opened)
            wanted = [one for one in last if not (one in own and own[one].hidden)]
            for word in search.lower().split():
                found = self._with_word(connection, person, rows, word)
                wanted = [one for one in wanted if one in found or (one in own and word in own[one].title.lower())]
            wanted = sorted(wanted, key=lambda one: last[one], reverse=True)[:most]
            asked = _questions(connection, [first[one].id for one in wanted])
        titles = {one: own[one].title if one in own else "" for one in wanted}
        named = ((one, titles[one] or asked.get(first[one].id, "")) for one in wanted)
        return [Conversation(one, title, last[one]) for one, title in named if title]

    def steps(self, conversation: str, person: Person, after: str = "") -> list[Step]:
        """The questions of a conversation that the person may still read, oldest first.

        Args:
            conversation: its id.
            person: with the clearance of now.
            after: record behind which they are wanted.
        """
        whole = records.c.conversation == conversation
        with self.engine.connect() as connection:
            since = connection.execute(select(records.c.opened).where(whole, records.c.id == after)).scalar()
            wanted = whole & (records.c.opened > since) if since else whole
            return self._steps(connection, self._visible(connection, person, whole, wanted), person.clearance)

    def step(self, record: str, person: Person) -> Step:
        """One question of the person's.

        Raises:
            RecordMissing: there is none, it is another's, or it rests on what the person may no longer see.
        """
        with self.engine.connect() as connection:
            chosen = select(records.c.conversation).where(records.c.id == record)
            conversation = connection.execute(chosen).scalar()
            whole = records.c.conversation == conversation if conversation else records.c.id == record
            rows = self._visible(connection, person, whole, records.c.id == record)
            found = self._steps(connection, rows, person.clearance)
        if not found:
            raise RecordMissing("record.missing", record=record)
        return found[0]

    def history(self, conversation: str, person: Person) -> History | None:
        """What the conversation's next question may lean on; None where the person has no such conversation."""
        whole = records.c.conversation == conversation
        with self.engine.connect() as connection:
            newest = self._own(connection, person, whole, _LOOKED_AT) if conversation else []
            if not newest:
                return None
            wanted = records.c.id.in_([row.id for row in newest])
            steps = self._steps(connection, self._visible(connection, person, whole, wanted), person.clearance)
        turns = [turn_of(step.answer) for step in steps if step.answer and not step.answer.reply]
        return History(tuple(turns[-_TURNS:]), newest[-1].id)

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
        asked = _questions(connection, [row.id for row in rows])
        said = _words(connection, [row.id for row in rows])
        return [
            Step(
                row.id, utc(row.opened), row.state, asked[row.id],
                without_closed(said[row.id].answer, row.clearance, clearance) if row.id in said else None,
                said[row.id].judged if row.id in said else (), row.feedback,
            )
            for row in rows
            if row.id in asked
        ]  # fmt: skip

    def _with_word(self, connection: Connection, person: Person, rows: Sequence[Row[Any]], word: str) -> set[str]:
        mine = records.c.person.in_(self.names(person.name))
        chosen = select(records.c.id).where(mine, records.c.words.contains(word, autoescape=True))
        found = set(connection.execute(chosen).scalars())
        return {row.conversation for row in rows if row.id in found}


def turn_of(answer: Answer) -> Turn:
    """What a later question of the conversation may refer to."""
    said = " ".join(statement.text for statement in answer.statements)
    return Turn(question=answer.standalone_question, answer=said, record=answer.record)


def _questions(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for record, body in _bodies(connection, ids, "opened"):
        with suppress(ValueError):  # changed behind the program's back; the check of the chain names it
            found[record] = OpenedPersonal.model_validate_json(body).question
    return found


def _words(connection: Connection, ids: Sequence[str]) -> dict[str, SealedPersonal]:
    found: dict[str, SealedPersonal] = {}
    for record, body in _bodies(connection, ids, "sealed"):
        with suppress(ValueError):
            found[record] = SealedPersonal.model_validate_json(body)
    return found


def _bodies(connection: Connection, ids: Sequence[str], kind: str) -> Iterator[tuple[str, str]]:
    for part in batches(ids):
        chosen = (
            select(personal.c.record, personal.c.body)
            .join(entries, entries.c.number == personal.c.number)
            .where(entries.c.kind == kind, personal.c.record.in_(part))
        )
        yield from ((row.record, row.body) for row in connection.execute(chosen))
