"""Embedding: passages and questions as vectors, behind LlamaIndex's `BaseEmbedding`."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from config.errors import EngineFailed
from config.settings import Settings

if TYPE_CHECKING:
    from llama_index.core.embeddings import BaseEmbedding

# Part of an index generation's signature: passages cut by other rules do not mix.
CHUNKING = "paragraphs-256"


class Embedder:
    """Any LlamaIndex embedding model, with what the index needs to know of it.

    Args:
        model: the embedding model.
        reporting: wraps each call and turns the model's exceptions into our errors.
        batch: texts a call.
    """

    def __init__(
        self, model: "BaseEmbedding", reporting: Callable[[], AbstractContextManager[None]] = nullcontext,
        batch: int = 32,
    ) -> None:
        self._model, self._reporting, self._batch = model, reporting, batch
        self._dimension: int | None = None

    @property
    def signature(self) -> str:
        """Names the vectors' origin: an index of another signature cannot be searched with this model."""
        return f"{self._model.model_name} / {CHUNKING}"

    @property
    def dimension(self) -> int:
        if self._dimension is None:
            self._dimension = len(self.embed_question("?"))
        return self._dimension

    def embed_question(self, question: str) -> list[float]:
        """Vector of a question, of unit length."""
        with self._reporting():
            return list(self._model.get_query_embedding(question))

    def embed_passages(self, texts: Sequence[str]) -> list[list[float]]:
        """A vector of unit length for each text."""
        vectors: list[list[float]] = []
        for start in range(0, len(texts), self._batch):
            with self._reporting():
                vectors += self._model.get_text_embedding_batch(list(texts[start : start + self._batch]))
        if len(vectors) != len(texts):
            raise EngineFailed("embedding.incomplete", model=self._model.model_name)
        return vectors


def open_embedder(settings: Settings) -> Embedder:
    """The embedder that the settings name.

    Raises:
        ModelUnavailable: its model file is missing or damaged.
    """
    if settings.embedding.engine == "ollama":
        from ingest.embedding.ollama import ollama_embedding, reporting_ollama

        url, model = settings.ollama.url, settings.embedding.model
        return Embedder(ollama_embedding(settings), lambda: reporting_ollama(url, model))
    from ingest.embedding.embedded import EmbeddedE5

    return Embedder(EmbeddedE5.from_folder(settings.model_folder))
