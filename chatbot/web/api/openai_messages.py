"""What clients of OpenAI's interface send: messages, of which the last is the question and the others its history."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Literal

from pydantic import BaseModel, Field

from chatbot.domain import Turn
from chatbot.web.api.asking import MOST_TURNS
from config.errors import QuestionRejected
from config.messages import Language, message_language
from ingest.text.words import detect_language

MODEL = "fundstelle"
_MOST_MESSAGES, _LONGEST_BEFORE = 400, 4_000
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# What this door adds to the statements of an answer; a follow-up is not about it.
_SOURCES = re.compile(r"\n\n\[\d+\] .*\Z", re.S)
_MARK = re.compile(r" \[\d+\]")
_TEXTS = ("text", "input_text", "output_text")


class Part(BaseModel):
    """A part of a message; only text is read."""

    type: str = "text"
    text: str = ""


class Message(BaseModel):
    """One message of a conversation. Those of the system are for models; here the documents say what is so."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[Part] | None = None


class StreamOptions(BaseModel):
    include_usage: bool = False


class ChatBody(BaseModel):
    """A request for a chat completion; how a model should sample is passed over."""

    model: str = MODEL
    messages: list[Message] = Field(min_length=1, max_length=_MOST_MESSAGES)
    stream: bool = False
    stream_options: StreamOptions | None = None
    n: Literal[1] | None = Field(1, description="one answer alone")


class ResponseBody(BaseModel):
    """A request for a response."""

    model: str = MODEL
    input: str | list[Message] = Field(max_length=1_000_000)
    previous_response_id: str | None = Field(None, max_length=80)
    stream: bool = False


def question_of(messages: Sequence[Message]) -> tuple[str, tuple[Turn, ...]]:
    """The question, and the turns before it.

    Args:
        messages: oldest first; the last one of a person is the question.

    Raises:
        QuestionRejected: nobody asks, or not in words.
    """
    said = [(message.role, _words(message)) for message in messages if message.role in ("user", "assistant")]
    last = next((place for place in range(len(said) - 1, -1, -1) if said[place][0] == "user"), None)
    if last is None:
        raise QuestionRejected("question.empty")
    turns = [
        Turn(question=asked[:_LONGEST_BEFORE], answer=_plain(answered)[:_LONGEST_BEFORE])
        for (one, asked), (other, answered) in pairwise(said[:last])
        if (one, other) == ("user", "assistant") and asked.strip()
    ]
    return said[last][1], tuple(turns[-MOST_TURNS:])


def language_of(question: str, turns: Sequence[Turn]) -> Language:
    """The language in which a question is answered."""
    before = detect_language(turns[-1].question) if turns else "de"
    return message_language(detect_language(question, before))


def _words(message: Message) -> str:
    if message.content is None or isinstance(message.content, str):
        return _CONTROL.sub(" ", message.content or "")
    if any(part.type not in _TEXTS for part in message.content):
        raise QuestionRejected("api.only_text")
    return _CONTROL.sub(" ", "\n".join(part.text for part in message.content))


def _plain(answered: str) -> str:
    return _MARK.sub("", _SOURCES.sub("", answered)).strip()


def model_json(created: int) -> dict[str, Any]:
    """The one model that there is: this program.

    Args:
        created: seconds since 1970.
    """
    return {"id": MODEL, "object": "model", "created": created, "owned_by": MODEL}
