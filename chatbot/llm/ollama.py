"""Answers from an Ollama server, through LlamaIndex's Ollama class."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from chatbot.domain import Call, EngineName, Turn
from chatbot.llm import prompting
from chatbot.llm.engine import Task
from chatbot.llm.output_schema import MOST_TOKENS
from chatbot.llm.reading_speed import ReadingSpeed
from config.errors import ModelUnavailable
from config.messages import Language
from config.sections import OllamaSettings
from ingest.embedding.ollama import listed_models, refuse_outside, reporting_ollama

if TYPE_CHECKING:
    from llama_index.llms.ollama import Ollama


class OllamaEngine:
    """The configured model on the configured server.

    Args:
        settings: URL, model, timeout and context window.
    """

    name: EngineName = "ollama"

    def __init__(self, settings: OllamaSettings) -> None:
        self._settings = settings
        self._llm: Ollama | None = None
        self._speed = ReadingSpeed()
        self.digest = ""

    @property
    def model(self) -> str:
        return self._settings.model

    def prepare(self) -> None:
        with self.reporting():
            listed = listed_models(self._settings.url)
        found = next((entry for entry in listed if entry.is_named(self.model)), None)
        if found is None:
            raise ModelUnavailable("ollama.no_model", url=self._settings.url, model=self.model)
        self.refuse_outside()
        self.digest = found.digest

    def refuse_outside(self) -> None:
        """Refuse a model that the server passes on to another host; it is asked at most once a minute.

        Raises:
            ModelOutside: it does.
            EngineFailed: the server cannot be reached, so that nobody can tell.
        """
        with self.reporting():
            refuse_outside(self._settings.url, self.model)

    def warm_up(self) -> None:
        with self.reporting():
            prompting.warm_up(self.open_model())
            self._speed.measure(self.open_model())

    def reads(self, seconds: float) -> int:
        return self._speed.tokens(seconds, self._settings.context)

    def draft(self, task: Task) -> Iterator[str]:
        with self.reporting():
            yield from prompting.draft(self.open_model(), task)

    def rewrite(self, question: str, history: Sequence[Turn], language: Language, calls: list[Call]) -> str:
        with self.reporting():
            return prompting.rewrite(self.open_model(), question, history, language, calls)

    def reporting(self) -> AbstractContextManager[None]:
        """Turns what the server reports into our errors."""
        return reporting_ollama(self._settings.url, self.model)

    def open_model(self) -> "Ollama":
        """The model as LlamaIndex's class for it."""
        if self._llm is None:
            from llama_index.llms.ollama import Ollama

            self._llm = Ollama(
                model=self.model,
                base_url=self._settings.url,
                temperature=0.0,
                request_timeout=self._settings.timeout,
                context_window=self._settings.context,
                thinking=False,
                additional_kwargs={"num_predict": MOST_TOKENS},
            )
        return self._llm
