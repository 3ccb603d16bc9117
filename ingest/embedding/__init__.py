"""Embedding: passages and questions as vectors, behind LlamaIndex's `BaseEmbedding`."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from typing import TYPE_CHECKING

from config.catalogue import embedded_models
from config.errors import EngineFailed
from config.settings import Settings

if TYPE_CHECKING:
    from llama_index.core.embeddings import BaseEmbedding

# Part of an index generation's signature: passages cut by other rules do not mix.
CHUNKING = "paragraphs-256 and sentences behind their headings, labels of folders, terms unweighted"


class Embedder:
    """Any LlamaIndex embedding model, loaded at its first use, with what the index needs to know of it.

    Args:
        name: of the model; an index remembers it.
        load: returns the model.
        reporting: wraps each call and turns the model's exceptions into our errors.
        batch: texts a call.
    """

    def __init__(
        self,
        name: str,
        load: "Callable[[], BaseEmbedding]",
        reporting: Callable[[], AbstractContextManager[None]] = nullcontext,
        batch: int = 64,
    ) -> None:
        self._name, self._load, self._reporting, self._batch = name, load, reporting, batch

    @property
    def signature(self) -> str:
        """Names the vectors' origin: an index of another signature cannot be searched with this model."""
        return f"{self._name} / {CHUNKING}"

    @cached_property
    def dimension(self) -> int:
        """Numbers in a vector."""
        return len(self.embed_question("?"))

    def embed_question(self, question: str) -> list[float]:
        """Vector of a question, of unit length."""
        with self._reporting():
            return list(self.model.get_query_embedding(question))

    def embed_passages(self, texts: Sequence[str]) -> list[list[float]]:
        """A vector of unit length for each text."""
        vectors: list[list[float]] = []
        for start in range(0, len(texts), self._batch):
            with self._reporting():
                vectors += self.model.get_text_embedding_batch(list(texts[start : start + self._batch]))
        if len(vectors) != len(texts):
            raise EngineFailed("embedding.incomplete", model=self._name)
        return vectors

    @cached_property
    def model(self) -> "BaseEmbedding":
        """The model itself, loaded."""
        return self._load()


def open_embedder(settings: Settings) -> Embedder:
    """The embedder that the settings name; it is loaded when it is first used, and fails then."""
    if settings.embedding.engine == "ollama":
        from ingest.embedding.ollama import embedding_on_ollama, ollama_embedding

        url, model = settings.ollama.url, settings.embedding.model
        return Embedder(model, lambda: ollama_embedding(settings), lambda: embedding_on_ollama(url, model))

    def load() -> "BaseEmbedding":
        from ingest.embedding.embedded import EmbeddedE5

        return EmbeddedE5.from_folder(settings.model_folder)

    return Embedder(embedded_models()["embeddings"].label, load)
