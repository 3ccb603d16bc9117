"""Conversations as data, and what is counted of them."""

from datetime import UTC, datetime

import pytest

from chatbot.domain import Answer, Statement
from eval.turns import (
    FOLDER,
    LOOKED_AT,
    ONLY_TESTED,
    AskedTurn,
    Came,
    Compared,
    load_conversations,
    measures,
    what_came,
)

TURN = AskedTurn(
    question="Und im Juli?", kind="ellipsis", standalone="Was kostet es im Juli?", answer=("12 EUR + Juli",)
)


def given(*said: str, reply: bool = False) -> Answer:
    statements = tuple(Statement(text=text, verdict="quoted", citations=()) for text in said)
    return Answer(
        question="?", standalone_question="?", language="de", answerable=bool(said), statements=statements, sources=(),
        reply="thanks" if reply else None, engine="quote", model="", model_digest="", prompt_digest="", generation="",
        notices=(), timings={}, record="r", asked=datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "came"),
    [
        (given("Es kostet 12 EUR im Monat.", "Das gilt im Juli."), "right"),
        (given("Es kostet 12 EUR im Monat."), "wrong"),
        (given(), "refused"),
        (given(reply=True), "reply"),
    ],
)
def test_an_answer_is_right_if_it_has_all_parts(answer: Answer, came: Came) -> None:
    assert what_came(TURN, answer) == came


def test_no_answer_is_right_where_the_documents_do_not_say() -> None:
    unanswerable = TURN.model_copy(update={"unanswerable": True})
    assert what_came(unanswerable, given("12 EUR im Juli")) == "wrong"


def test_only_turns_whose_complete_question_is_answered_tell_whether_they_were_understood() -> None:
    compared = [
        Compared(TURN, "right", "right"),
        Compared(TURN, "refused", "right"),
        Compared(TURN, "wrong", "refused"),
    ]
    understood, wrong, *_ = measures(compared)
    assert (understood.value, understood.count) == (0.5, 2)
    assert wrong.value == pytest.approx(1 / 3)


@pytest.mark.parametrize("name", [*LOOKED_AT, *ONLY_TESTED])
def test_every_turn_is_labelled(name: str) -> None:
    conversations = load_conversations(FOLDER / f"{name}.jsonl")
    assert len(conversations) == 16
    for turn in (turn for conversation in conversations for turn in conversation.turns):
        assert turn.kind == "chitchat" or turn.standalone
        assert turn.answer or turn.unanswerable or turn.kind == "chitchat"
