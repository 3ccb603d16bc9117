"""Opens the judge at its first use, over the embedding model's file, which most installations have loaded already."""

import os
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from chatbot.judge.card import is_whole
from chatbot.judge.cross_encoder import CrossEncoder, Judge
from config.catalogue import embedded_models
from config.errors import ModelUnavailable
from config.settings import Settings
from ingest.embedding.model_files import model_path

if TYPE_CHECKING:
    from ingest.embedding import Embedder
    from ingest.embedding.e5_onnx import E5Inputs


def open_judge(settings: Settings, embedder: "Embedder") -> Judge | None:
    """The judge, or None where the file of its lower half is not there, or its own is damaged.

    Args:
        settings: say where model files are.
        embedder: that the index is searched with; where it is the embedded one, the two share their file.
    """
    try:
        model_path(embedded_models()["embeddings"], settings.model_folder)
    except ModelUnavailable:
        return None
    if not is_whole():
        return None
    return _OpenedLater(settings, embedder)


class _OpenedLater:
    def __init__(self, settings: Settings, embedder: "Embedder") -> None:
        self._settings, self._embedder = settings, embedder
        self._lock = threading.Lock()
        self._opened: Judge | None = None

    def answers(self, question: str, facts: Sequence[str]) -> list[float]:
        return self._judge.answers(question, facts)

    def says(self, question: str, statement: str, facts: Sequence[str]) -> list[float]:
        return self._judge.says(question, statement, facts)

    @property
    def _judge(self) -> Judge:
        with self._lock:
            if self._opened is None:
                self._opened = CrossEncoder(self._inputs(), os.cpu_count() or 1)
            return self._opened

    def _inputs(self) -> "E5Inputs":
        from ingest.embedding.e5_file import read_e5
        from ingest.embedding.e5_onnx import E5Inputs
        from ingest.embedding.embedded import EmbeddedE5

        if self._settings.embedding.engine == "embedded" and isinstance(self._embedder.model, EmbeddedE5):
            return self._embedder.model.inputs
        path = model_path(entry := embedded_models()["embeddings"], self._settings.model_folder)
        try:
            return E5Inputs(read_e5(path))
        except ValueError as error:
            raise ModelUnavailable("model.damaged", model=entry.label, path=path) from error
