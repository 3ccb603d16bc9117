"""What a person on the chat page is told when something fails, and how much feedback one person may give."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from chatbot.domain import Person
from chatbot.records.record import LONGEST_COMMENT
from chatbot.web.chat import asking
from chatbot.web.chat.conversation import Exchange
from chatbot.web.chat.feedback import Opinions
from chatbot.web.chat.page import question_handler
from chatbot.web.chat.running import RunningAnswers
from config.access import Clearance
from config.errors import QuestionRejected, SettingsError
from tests.chatbot.records.filled import ask, open_records

ADA = Person(name="Ada", clearance=Clearance(labels=frozenset()))
WRONG = SettingsError("policy.wrong", path="rulesfile", reason="boardminutes")


def request(session: str = "tab") -> Any:
    return SimpleNamespace(session_hash=session, headers={}, state=SimpleNamespace(person=ADA))


def services(records: Any = None, person: Any = lambda _: ADA) -> Any:
    conversations = SimpleNamespace(history=lambda *_: None)
    return SimpleNamespace(
        people=SimpleNamespace(person=person), records=records, answering=lambda: None, conversations=conversations
    )


async def sent(asked: Any, *given: Any) -> list[Any]:
    return [update async for update in asked("Wie viel?", "", "", "", *given, request())]


def test_what_is_wrong_in_the_policy_is_for_the_operator(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise WRONG

    monkeypatch.setattr(asking, "answer", fail)
    shown = str(asyncio.run(sent(question_handler(services(), RunningAnswers()), [], [], [], False)))
    assert "Please tell the operator" in shown and "rulesfile" not in shown and "boardminutes" not in shown
    assert "rulesfile" in caplog.text and "boardminutes" in caplog.text


def test_what_the_person_can_mend_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise QuestionRejected("question.too_often", most=7)

    monkeypatch.setattr(asking, "answer", fail)
    updates = asyncio.run(sent(question_handler(services(), RunningAnswers()), [], [], [], False))
    assert "more than 7 questions" in str(updates)
    assert [update[0] for update in (updates[0], updates[-1])] == ["", "Wie viel?"], "the person keeps the question"


def test_a_tab_answers_again_after_a_choice_that_makes_no_sense() -> None:
    answers = RunningAnswers()
    with pytest.raises(TypeError):
        asyncio.run(sent(question_handler(services(), answers), None, [], [], False))
    assert answers.begin("tab", Exchange("Was?")) is not None


def test_a_comment_has_so_many_characters(tmp_path: Any) -> None:
    _, records = open_records(tmp_path)
    identity = ask(records, "Wie viel?")
    opinions = Opinions(services(records))
    said, taken = opinions.give(identity, "wrong", "x" * (LONGEST_COMMENT + 1), request())
    assert not taken and "1000 are allowed" in said
    said, taken = opinions.give(identity, "wrong", "x" * LONGEST_COMMENT, request())
    assert taken and "Thank you" in said
    with pytest.raises(QuestionRejected):
        records.give_feedback(identity, "Ada", "wrong", "x" * 900_000)


def test_one_person_gives_feedback_so_often() -> None:
    given: list[Any] = []
    records = SimpleNamespace(give_feedback=lambda *one: given.append(one))
    needed = services(records)
    opinions, people = Opinions(needed), needed.people
    taken = [opinions.give("r", "helpful", "", request())[1] for _ in range(25)]
    assert taken == [True] * 20 + [False] * 5 and len(given) == 20
    said, _ = opinions.give("r", "helpful", "", request())
    assert "20 times in a minute" in said
    people.person = lambda _: Person(name="Bob", clearance=ADA.clearance)
    assert opinions.give("r", "helpful", "", request())[1], "another one still may"


def test_feedback_tells_nothing_of_the_policy() -> None:
    def fail(_: Any) -> Person:
        raise WRONG

    said, taken = Opinions(services(person=fail)).give("r", "helpful", "", request())
    assert not taken and "operator" in said and "rulesfile" not in said
