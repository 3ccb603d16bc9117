"""Answers from llama.cpp inside this process."""

import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from chatbot.domain import Call, EngineName, Turn
from chatbot.llm import prompting
from chatbot.llm.engine import Task
from chatbot.llm.reading_speed import ReadingSpeed
from config.catalogue import CatalogueModel
from config.messages import Language
from ingest.embedding.model_files import model_path

if TYPE_CHECKING:
    from chatbot.llm.llama_cpp import LlamaCpp

CONTEXT = 4096


class EmbeddedEngine:
    """The embedded model, loaded at its first use and kept.

    Args:
        entry: the model, from the catalogue.
        folder: where model files are kept.
        threads: processor threads, 0 for all cores.
    """

    name: EngineName = "embedded"

    def __init__(self, entry: CatalogueModel, folder: Path, threads: int) -> None:
        self._entry, self._folder, self._threads = entry, folder, threads or os.cpu_count() or 1
        self._llm: LlamaCpp | None = None
        self._lock = threading.Lock()
        self._speed = ReadingSpeed()

    @property
    def model(self) -> str:
        return self._entry.label

    @property
    def digest(self) -> str:
        return self._entry.sha256

    def prepare(self) -> None:
        model_path(self._entry, self._folder)

    def warm_up(self) -> None:
        prompting.warm_up(self.open_model())
        self._speed.measure(self.open_model())

    def reads(self, seconds: float) -> int:
        return self._speed.tokens(seconds, CONTEXT)

    def draft(self, task: Task) -> Iterator[str]:
        return prompting.draft(self.open_model(), task)

    def rewrite(self, question: str, history: Sequence[Turn], language: Language, calls: list[Call]) -> str:
        return prompting.rewrite(self.open_model(), question, history, language, calls)

    def open_model(self) -> "LlamaCpp":
        """The model, loaded at the first call."""
        with self._lock:
            if self._llm is None:
                from chatbot.llm.llama_cpp import LlamaCpp

                self._llm = LlamaCpp.load(model_path(self._entry, self._folder), CONTEXT, self._threads)
            return self._llm
