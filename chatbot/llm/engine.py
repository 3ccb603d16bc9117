"""Engines write answers. One shape: a task in, pieces of JSON in the answer's schema out."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from chatbot.domain import Call, EngineName, Excerpt, Sentence, Turn
from config.messages import Language


class Task(NamedTuple):
    """What an engine needs to answer one question."""

    question: str
    language: Language
    excerpts: list[Excerpt]
    sentences: tuple[Sentence, ...]  # of all sources, best first
    statements: int
    calls: list[Call]  # the engine adds each call of its model


class Engine(Protocol):
    """Something that can answer from excerpts."""

    name: EngineName

    @property
    def model(self) -> str:
        """The model's name, empty where there is none."""

    @property
    def digest(self) -> str:
        """The model's SHA-256 or Ollama digest, empty where there is none."""

    def prepare(self) -> None:
        """Make sure the engine can answer now.

        Raises:
            ModelUnavailable: its model is not there.
            EngineFailed: it cannot be reached.
        """

    def warm_up(self) -> None:
        """Load what the first question would have to wait for, and measure how fast the model reads."""

    def reads(self, seconds: float) -> int:
        """Rough tokens of sources that it reads in a time, as measured when it was warmed up; 0 where it was not."""

    def draft(self, task: Task) -> Iterator[str]:
        """Pieces of an answer's JSON as they are written; closing the iterator stops the engine.

        Raises:
            EngineFailed: it stopped in the middle.
        """

    def rewrite(self, question: str, history: Sequence[Turn], language: Language, calls: list[Call]) -> str:
        """The question in a form that stands without the conversation; `calls` as in a task.

        Raises:
            EngineFailed: it stopped in the middle.
        """
