"""Conversations are the person's own records: in their order, bounded by retention, closed where access was lost."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, select, update

from chatbot.audit.verify_chain import verify_chain
from chatbot.domain import Person
from chatbot.records.conversations import Conversations
from chatbot.records.erasure import erase
from chatbot.records.record import Asked, Records
from chatbot.records.retention import apply
from chatbot.records.tables import conversations as titles
from chatbot.records.tables import records as rows
from chatbot.records.titles import LONGEST_TITLE, hide, rename
from chatbot.rendering.drawing_cache import DrawingCache
from config.access import Clearance
from config.errors import QuestionRejected, RecordMissing
from ingest.documents import document_id
from ingest.index.filters import Filters
from ingest.vault import Vault
from tests.chatbot.records.filled import answered, open_records

FIRST, SECOND = "Wie viele Urlaubstage?", "Und im zweiten Jahr?"


class Desk:
    """Ada's and Bob's records, and what they see of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.engine, self.records = open_records(folder)
        self.seen = Conversations(self.engine, lambda name: (name, f"P-{name}"))

    def ask(self, question: str, conversation: str, person: Person, document: str = "a.md") -> str:
        history = self.seen.history(conversation, person)
        asked = Asked(
            question=question, person=person, conversation=conversation, history=history.turns if history else (),
            follows=history.follows if history else "",
        )  # fmt: skip
        with self.records.opened(asked) as record:
            record.seal(answered(record, question, document))
        return record.id

    def record(self, question: str, person: Person, follows: str = "", document: str = "a.md") -> str:
        """A record as they were before each named its conversation."""
        with self.records.opened(Asked(question=question, person=person, follows=follows)) as record:
            record.seal(answered(record, question, document))
        return record.id


def person(name: str = "Ada", *labels: str, closed: tuple[str, ...] = ()) -> Person:
    return Person(name=name, clearance=Clearance(labels=frozenset(labels or ("c",)), closed=frozenset(closed)))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def new() -> str:
    return str(uuid4())


def test_a_conversation_is_listed_under_its_first_question_and_read_in_order(desk: Desk) -> None:
    one, other, ada = new(), new(), person()
    first = desk.ask(FIRST, one, ada)
    desk.ask("Was kostet die Reise?", other, ada)
    second = desk.ask(SECOND, one, ada)
    assert [(line.id, line.title) for line in desk.seen.listed(ada)] == [
        (one, FIRST), (other, "Was kostet die Reise?"),
    ]  # fmt: skip
    steps = desk.seen.steps(one, ada)
    assert [(step.record, step.question, step.state) for step in steps] == [
        (first, FIRST, "answered"), (second, SECOND, "answered"),
    ]  # fmt: skip
    assert steps[0].answer and steps[0].answer.statements
    assert [step.record for step in desk.seen.steps(one, ada, after=first)] == [second]
    assert list(verify_chain(desk.engine, {})) == []


def test_a_question_knows_the_last_turns_and_the_record_before(desk: Desk) -> None:
    one, ada = new(), person()
    ids = [desk.ask(f"Frage {number}?", one, ada) for number in range(6)]
    history = desk.seen.history(one, ada)
    assert history and history.follows == ids[-1]
    assert [turn.record for turn in history.turns] == ids[-3:], "as many as an engine reads, however long it is"
    assert desk.seen.history(new(), ada) is None and desk.seen.history("", ada) is None
    assert desk.seen.history(one, person("Bob")) is None, "another's conversation cannot be continued"


def test_an_answer_that_is_running_or_was_stopped_is_there_and_says_so(desk: Desk) -> None:
    one, ada = new(), person()
    asked = Asked(question=FIRST, person=ada, conversation=one)
    with desk.records.opened(asked) as record:
        (running,) = desk.seen.steps(one, ada)
        assert (running.record, running.state, running.answer) == (record.id, "open", None)
        record.end("interrupted")
    (stopped,) = desk.seen.steps(one, ada)
    assert stopped.state == "interrupted" and stopped.question == FIRST


def test_nobody_sees_another_persons_conversations(desk: Desk) -> None:
    one = new()
    record = desk.ask(FIRST, one, person())
    bob = person("Bob")
    assert desk.seen.listed(bob) == [] and desk.seen.steps(one, bob) == []
    for act in (lambda: desk.seen.step(record, bob), lambda: rename(desk.seen, one, bob, "x"),
                lambda: hide(desk.seen, one, bob)):  # fmt: skip
        with pytest.raises(RecordMissing):
            act()
    assert desk.seen.listed(person("Ada"))[0].title == FIRST


def test_under_a_pseudonym_they_are_still_the_persons_own(desk: Desk) -> None:
    desk.records = Records(desk.engine, lambda name: f"P-{name}", "test", desk.seen.names)
    one = new()
    desk.ask(FIRST, one, person())
    rename(desk.seen, one, person(), "Urlaub")
    assert desk.seen.listed(person())[0].title == "Urlaub"
    with desk.engine.connect() as connection:
        assert connection.execute(select(titles.c.person)).scalar() == "P-Ada"


def test_what_rests_on_a_document_closed_meanwhile_is_hidden(desk: Desk) -> None:
    one, other = new(), new()
    secret = desk.ask(FIRST, one, person(), document="leitung/a.md")
    leaning = desk.ask(SECOND, one, person())
    plain = desk.ask("Was kostet die Reise?", other, person(), document="b.md")
    less = person("Ada", "c", closed=("c/leitung",))
    assert [line.id for line in desk.seen.listed(less)] == [other]
    assert desk.seen.steps(one, less) == [], "the follow-up may repeat words of the answer before"
    assert [step.record for step in desk.seen.steps(other, less)] == [plain]
    for record in (secret, leaning):
        with pytest.raises(RecordMissing):
            desk.seen.step(record, less)
    history = desk.seen.history(one, less)
    assert history and history.turns == () and history.follows == leaning
    later = desk.ask("Und Gäste?", one, less)
    assert [step.record for step in desk.seen.steps(one, less)] == [later]
    assert desk.seen.listed(less)[0].title == "Und Gäste?"


def test_where_it_is_not_known_what_was_found_nothing_is_shown(desk: Desk) -> None:
    one, ada = new(), person()
    first = desk.ask(FIRST, one, ada)
    desk.ask(SECOND, one, ada, document="b.md")
    with desk.records.opened(Asked(question="Läuft?", person=ada, conversation=new())):
        less = person("Ada", "c", closed=("c/leitung",))
        assert {step.question for line in desk.seen.listed(less) for step in desk.seen.steps(line.id, less)} == {
            FIRST, SECOND,
        }  # fmt: skip
    with desk.engine.begin() as connection:
        connection.execute(rows.delete().where(rows.c.id == first))
    assert desk.seen.steps(one, less) == [], "what it follows is gone, and nobody knows on what that rested"
    with desk.engine.begin() as connection:
        connection.execute(rows.update().values(clearance="unreadable"))
    assert desk.seen.listed(less) == []


def test_renaming_hiding_and_searching(desk: Desk) -> None:
    one, other, ada = new(), new(), person()
    desk.ask(FIRST, one, ada)
    desk.ask("Was kostet die Reise?", other, ada)
    rename(desk.seen, one, ada, "  Mein \n Urlaub ")
    assert [line.title for line in desk.seen.listed(ada)][1] == "Mein Urlaub"
    assert [line.id for line in desk.seen.listed(ada, "reise KOSTET")] == [other]
    assert [line.id for line in desk.seen.listed(ada, "mein arbeitstage")] == [one], "title and answer count together"
    assert desk.seen.listed(ada, "%") == []
    hide(desk.seen, one, ada)
    assert [line.id for line in desk.seen.listed(ada)] == [other]
    assert desk.seen.steps(one, ada), "its records stay, and its address leads there"
    rename(desk.seen, other, ada, "")
    assert desk.seen.listed(ada)[0].title == "Was kostet die Reise?"
    with pytest.raises(QuestionRejected):
        rename(desk.seen, one, ada, "x" * (LONGEST_TITLE + 1))


def test_retention_and_erasure_take_titles_with_them(desk: Desk, tmp_path: Path) -> None:
    one, kept, ada = new(), new(), person()
    desk.ask(FIRST, one, ada)
    desk.ask(FIRST, kept, person("Bob"))
    rename(desk.seen, one, ada, "Mein Arzttermin")
    rename(desk.seen, kept, person("Bob"), "Bobs")
    assert left(desk.engine) == {"Mein Arzttermin", "Bobs"}
    erase(desk.engine, desk.seen.names("Ada"))
    assert left(desk.engine) == {"Bobs"} and desk.seen.listed(ada) == []
    apply(
        desk.engine,
        Vault(tmp_path / "vault"),
        DrawingCache(tmp_path / "drawn"),
        30,
        datetime.now(UTC) + timedelta(days=31),
    )
    assert left(desk.engine) == set() and desk.seen.listed(person("Bob")) == []
    assert list(verify_chain(desk.engine, {})) == []


def left(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.execute(select(titles.c.title)).scalars())


def test_conversations_from_before_they_had_names_are_listed_continued_and_renamed(desk: Desk) -> None:
    ada = person()
    first = desk.record(FIRST, ada)
    second = desk.record(SECOND, ada, follows=first)
    alone = desk.record("Was kostet die Reise?", ada)
    bobs = desk.record("Bobs Frage?", person("Bob"))
    assert [(line.id, line.title) for line in desk.seen.listed(ada)] == [
        (alone, "Was kostet die Reise?"), (first, FIRST),
    ]  # fmt: skip
    assert [step.record for step in desk.seen.steps(first, ada)] == [first, second]
    assert [step.record for step in desk.seen.steps(first, ada, after=first)] == [second]
    assert desk.seen.step(second, ada).question == SECOND
    third = desk.ask("Und im dritten?", first, ada)
    assert [step.record for step in desk.seen.steps(first, ada)] == [first, second, third]
    assert desk.seen.steps(second, ada) == [] and desk.seen.steps(first, person("Bob")) == []
    with desk.engine.connect() as connection:
        assert connection.execute(select(rows.c.follows).where(rows.c.id == third)).scalar() == second
    desk.record("Mit einem Programm gefragt?", ada)  # later than the first conversation with a name: by another door
    assert [line.id for line in desk.seen.listed(ada)] == [first, alone]
    rename(desk.seen, first, ada, "Urlaub")
    hide(desk.seen, alone, ada)
    assert [line.title for line in desk.seen.listed(ada)] == ["Urlaub"]
    assert [line.id for line in desk.seen.listed(ada, hidden=True)] == [alone]
    with pytest.raises(RecordMissing):
        rename(desk.seen, bobs, ada, "Meins")


def test_of_an_earlier_conversation_nothing_is_shown_that_follows_what_was_closed(desk: Desk) -> None:
    wide, narrow = person("Ada", "c"), person("Ada", "c", closed=("c/geheim",))
    first = desk.record(FIRST, wide, document="geheim/a.md")
    second = desk.record(SECOND, wide, follows=first)
    assert [step.record for step in desk.seen.steps(first, wide)] == [first, second]
    assert desk.seen.steps(first, narrow) == [] and desk.seen.listed(narrow) == []
    with pytest.raises(RecordMissing):
        desk.seen.step(second, narrow)


def test_a_conversation_says_that_it_is_running_and_to_which_document_it_was_limited(desk: Desk) -> None:
    one, ada = new(), person()
    document = document_id("c", "a.md")
    asked = Asked(question=FIRST, person=ada, conversation=one, filters=Filters(documents=(document,)))
    with desk.records.opened(asked) as record:
        assert [line.is_running for line in desk.seen.listed(ada)] == [True]
        record.seal(answered(record, FIRST, "a.md"))
    assert [line.is_running for line in desk.seen.listed(ada)] == [False]
    assert desk.seen.step(record.id, ada).documents == (document,)
    assert list(verify_chain(desk.engine, {})) == []


def test_the_name_of_an_earlier_conversation_outlives_the_clean_up_as_long_as_its_records(desk: Desk) -> None:
    ada = person()
    gone, kept = desk.record("Alt?", ada), desk.record(FIRST, ada)
    with desk.engine.begin() as connection:
        connection.execute(update(rows).where(rows.c.id == gone).values(opened=datetime.now(UTC) - timedelta(days=31)))
    rename(desk.seen, gone, ada, "Altes")
    rename(desk.seen, kept, ada, "Urlaub")
    apply(desk.engine, Vault(desk.folder / "vault"), DrawingCache(desk.folder / "drawn"), 30, datetime.now(UTC))
    assert left(desk.engine) == {"Urlaub"} and [line.title for line in desk.seen.listed(ada)] == ["Urlaub"]
