"""Every question leaves a record: opened before retrieval, sealed after verification, each an entry of the chain."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine, bindparam, func, select, update

from chatbot.domain import Answer, Person, Turn
from chatbot.records.chain import End, Personal, append, hold
from chatbot.records.retention_rule import note_rule
from chatbot.records.schema import (
    Asked,
    Feedback,
    FeedbackPersonal,
    Opened,
    OpenedPersonal,
    Review,
    ReviewPersonal,
    Sealed,
    SealedPersonal,
    State,
    sealed,
    unsealed,
    words,
)
from chatbot.records.search_rows import (
    clearance_digest,
    clearance_of,
    clearance_text,
    document_rows,
    opened_row,
    sealed_row,
    searched_words,
)
from chatbot.records.tables import entries, personal, record_documents, records
from chatbot.records.transcript import Transcript
from chatbot.records.watching import Unwatched, Watcher
from config.errors import FundstelleError, QuestionRejected, RecordMissing
from ingest.db.clock import utc
from ingest.db.process import is_gone, this_process

_LONGEST = timedelta(days=1)
LONGEST_COMMENT = 1000  # characters
__all__ = ["LONGEST_COMMENT", "Asked", "OpenRecord", "Records"]


class OpenRecord:
    """The record of a question that is being answered.

    Attributes:
        transcript: what happens on the way; whoever answers notes it here.
    """

    def __init__(self, parts: "Records", identity: str, opened: datetime, question: str, person: str) -> None:
        self._parts, self.id, self.opened, self._question, self._person = parts, identity, opened, question, person
        self.transcript = Transcript()
        self.sealed = False

    def seal(self, answer: Answer) -> None:
        """Write the outcome."""
        body = sealed(answer, self.transcript, self._parts.program)
        self._parts.close(self.id, self._person, self._question, body, words(self.transcript, answer))
        self.sealed = True

    def end(self, state: State, error: BaseException | None = None) -> None:
        """Write that there is no outcome, and how far it came; without effect on a sealed record."""
        if self.sealed:
            return
        name = getattr(error, "key", type(error).__name__) if error else ""
        text = error.text("en") if isinstance(error, FundstelleError) else str(error or "")
        body = unsealed(state, name, self.transcript, self._parts.program)
        self._parts.close(self.id, self._person, self._question, body, words(self.transcript, None, text))


class Records:
    """Writes records; what was written is only ever added to.

    Args:
        engine: from `ingest.db.database.open_database`.
        pseudonym: what a person is called in new records.
        program: name and version of this program.
        names: all that a person may be called in records, old and new; without it as in new ones.
        watcher: counts them.
        retention: days that records are kept by the policy of now, which the chain notes; without it nothing is noted.
    """

    def __init__(
        self,
        engine: Engine,
        pseudonym: Callable[[str], str],
        program: str,
        names: Callable[[str], Sequence[str]] | None = None,
        watcher: Watcher | None = None,
        retention: Callable[[], int] | None = None,
    ) -> None:
        self._engine, self._pseudonym, self.program = engine, pseudonym, program
        self._names = names or (lambda person: (pseudonym(person),))
        self._watcher = watcher or Unwatched()
        self._retention, self._noted_days = retention, -1

    @contextmanager
    def opened(self, asked: Asked) -> Iterator[OpenRecord]:
        """A record for the duration of an answer; leaving without sealing marks it as interrupted or failed."""
        record = self._open(asked)
        self._watcher.began(asked.door)
        try:
            yield record
        except (GeneratorExit, KeyboardInterrupt):
            record.end("interrupted")
            raise
        except BaseException as error:
            record.end("failed", error)
            raise
        finally:
            self._watcher.left()

    def _open(self, asked: Asked) -> OpenRecord:
        identity, now = str(uuid4()), datetime.now(UTC)
        person = self._pseudonym(asked.person.name)
        opened = Opened(
            clearance=tuple(sorted(asked.person.clearance.labels)),
            held=clearance_digest(asked.person.clearance),
            filters=asked.filters,
            process=this_process(),
            follows=asked.follows or (asked.history[-1].record if asked.history else ""),
            replays=asked.replays,
            door=asked.door,
            conversation=asked.conversation,
        )
        who = OpenedPersonal(person=person, groups=asked.person.groups, question=asked.question, history=asked.history)
        with self._engine.begin() as connection:
            body = opened.model_dump(mode="json")
            end = self._with_rule(connection, hold(connection), now)
            about = Personal(person, who.model_dump_json())
            now = datetime.fromisoformat(append(connection, "opened", identity, now, body, about, end).at)
            held = clearance_text(asked.person.clearance)
            row = {"id": identity, "opened": now, "clearance": held, **opened_row(opened, who)}
            connection.execute(records.insert(), row)
        return OpenRecord(self, identity, now, asked.question, person)

    def _with_rule(self, connection: Connection, end: End, now: datetime) -> End:
        """The end of the chain, with a note of the retention where that is another than this program noted last."""
        days = self._retention() if self._retention else self._noted_days
        if days == self._noted_days:
            return end
        end, self._noted_days = note_rule(connection, end, days, now), days
        return end

    def close(self, record: str, person: str, question: str, body: Sealed, said: SealedPersonal) -> None:
        """Seal a record.

        Args:
            record: its id.
            person: whom its words are about.
            question: as typed.
            body: the chained part.
            said: the words; left out where the person was erased meanwhile.

        Raises:
            RecordMissing: it was sealed already, as that of a process that seemed to be gone.
        """
        with self._engine.begin() as connection:
            _seal(connection, record, person, question, body, said)
        self._watcher.ended(body)

    def still_known(self, history: Sequence[Turn], person: Person, replays: str = "") -> Sequence[Turn]:
        """The turns of a conversation that may still count: not erased, the person's own, and with nothing in them
        that the person could see then and cannot see now.

        Args:
            history: earlier turns; those that name no record are taken as they are.
            person: who asks.
            replays: id of the record whose question an auditor has answered again; its turns are another's.
        """
        named = [turn.record for turn in history if turn.record]
        if not named:
            return history
        whose = records.c.person != "" if replays else records.c.person.in_(self._names(person.name))
        chosen = select(records.c.id, records.c.clearance).where(records.c.id.in_(named), whose)
        with self._engine.connect() as connection:
            held = {row.id: clearance_of(row.clearance) for row in connection.execute(chosen)}
        known = {record for record, clearance in held.items() if clearance.is_within(person.clearance)}
        return [turn for turn in history if not turn.record or turn.record in known]

    def close_lost(self, all_are: bool = False) -> int:
        """Seal the records of processes that ended in the middle of an answer; returns how many.

        Args:
            all_are: whether no process that answered is there any more, as after a restore.
        """
        with self._engine.connect() as connection:
            chosen = select(records.c.id, records.c.process, records.c.opened).where(records.c.state == "open")
            rows = connection.execute(chosen).all()
        lost = [row.id for row in rows if all_are or is_gone(row.process) or _is_old(row.opened)]
        return sum(self._close_lost(record) for record in lost)

    def _close_lost(self, record: str) -> bool:
        with self._engine.connect() as connection:
            row = connection.execute(select(records.c.person, records.c.words).where(records.c.id == record)).one()
        try:
            self.close(record, row.person, row.words, Sealed(state="lost", program=self.program), SealedPersonal())
        except RecordMissing:  # another process was faster
            return False
        return True

    def give_feedback(self, record: str, person: str, value: str, comment: str = "") -> None:
        """Add what the person who asked thinks of an answer.

        Args:
            record: its id.
            person: name.
            value: helpful or wrong.
            comment: in the person's own words.

        Raises:
            QuestionRejected: the comment is too long.
            RecordMissing: there is none of this id, or somebody else asked.
        """
        if len(comment) > LONGEST_COMMENT:
            raise QuestionRejected("feedback.too_long", length=len(comment), most=LONGEST_COMMENT)
        who = self._pseudonym(person)
        said = FeedbackPersonal(person=who, comment=comment)
        body, about = Feedback(value=value), Personal(who, said.model_dump_json())  # type: ignore[arg-type]
        self._add(record, "feedback", body.value, body.model_dump(), about, records.c.person.in_(self._names(person)))

    def review(self, record: str, reviewer: str, verdict: str, note: str = "") -> None:
        """Add an auditor's sign-off; earlier ones stay.

        Args:
            record: its id.
            reviewer: name of the auditor.
            verdict: accepted or objected.
            note: in the auditor's own words.

        Raises:
            RecordMissing: there is none of this id.
        """
        said = ReviewPersonal(reviewer=reviewer, note=note)
        body = Review(verdict=verdict)  # type: ignore[arg-type]
        self._add(record, "review", body.verdict, body.model_dump(), Personal(reviewer, said.model_dump_json()))

    def _add(
        self, record: str, kind: str, value: str, body: dict[str, str], about: Personal, whose: Any = None
    ) -> None:
        with self._engine.begin() as connection:
            append(connection, kind, record, datetime.now(UTC), body, about)  # type: ignore[arg-type]
            sealed_one = (records.c.id == record) & (records.c.state != "open")
            if whose is not None:
                sealed_one &= whose
            if not connection.execute(update(records).where(sealed_one).values({kind: value})).rowcount:
                raise RecordMissing("record.missing", record=record)

    def answer(self, identity: str) -> Answer | None:
        """A sealed answer by its record's id."""
        chosen = (
            select(personal.c.body)
            .join(entries, entries.c.number == personal.c.number)
            .where(entries.c.record == identity, entries.c.kind == "sealed")
        )
        with self._engine.connect() as connection:
            body = connection.execute(chosen).scalar()
        return SealedPersonal.model_validate_json(body).answer if body else None

    def state(self, identity: str) -> str | None:
        """How a question ended: open, answered, refused, interrupted, failed or lost."""
        with self._engine.connect() as connection:
            return connection.execute(select(records.c.state).where(records.c.id == identity)).scalar()

    def count(self) -> int:
        with self._engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(records)).scalar_one()


def _seal(connection: Connection, record: str, person: str, question: str, body: Sealed, said: SealedPersonal) -> None:
    end = hold(connection)
    row = connection.execute(_asker(), {"record": record}).one_or_none()
    if row is None or row.state != "open":
        raise RecordMissing("record.closed", record=record)
    now = datetime.now(UTC)
    erased = row.person != person
    about = None if erased else Personal(person, said.model_dump_json())
    now = datetime.fromisoformat(append(connection, "sealed", record, now, body.model_dump(mode="json"), about, end).at)
    found_words = "" if erased else searched_words(question, said)
    values = sealed_row(body) | {"sealed": now, "words": found_words, "record": record}
    connection.execute(_closing(), values)
    if rows := document_rows(record, body):
        connection.execute(record_documents.insert(), rows)


@cache
def _asker() -> Any:
    return select(records.c.person, records.c.state).where(records.c.id == bindparam("record"))


@cache
def _closing() -> Any:
    return update(records).where(records.c.id == bindparam("record"))


def _is_old(opened: datetime) -> bool:
    """Whether no answer can take so long, wherever its process runs."""
    return datetime.now(UTC) - utc(opened) > _LONGEST
