"""multilingual-e5-small inside this process, as a LlamaIndex embedding.

Model: Wang et al. 2024, "Multilingual E5 Text Embeddings"; its prefixes as published.
"""

import os
from pathlib import Path

from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr

from config.catalogue import embedded_models
from config.errors import ModelUnavailable
from ingest.embedding.e5_onnx import E5Encoder, E5Inputs
from ingest.embedding.model_files import model_path
from ingest.text.words import as_written

_MOST_CHARACTERS = 10_000  # what is longer is cut before it is counted in tokens
_BATCH = 64  # texts a call: enough that no processor waits for the last of them


class EmbeddedE5(BaseEmbedding):
    """Embeds with the model file of the catalogue; vectors have 384 numbers and unit length.

    A text's vector does not depend on what else is embedded with it. Texts are cut at 512 tokens.
    """

    _encoder: E5Encoder = PrivateAttr()

    @classmethod
    def from_folder(cls, folder: Path, threads: int = 0) -> "EmbeddedE5":
        """Load the model.

        Args:
            folder: where model files are kept.
            threads: texts worked on at once, 0 for one a core.

        Raises:
            ModelUnavailable: not fetched, or damaged.
            EngineFailed: onnxruntime cannot load it.
        """
        entry = embedded_models()["embeddings"]
        weights = model_path(entry, folder)
        embedding = cls(model_name=entry.label, embed_batch_size=_BATCH)
        try:
            embedding._encoder = E5Encoder(weights, threads or os.cpu_count() or 1)
        except ValueError as error:
            raise ModelUnavailable("model.damaged", model=entry.label, path=weights) from error
        return embedding

    @property
    def inputs(self) -> E5Inputs:
        """What makes inputs of texts; it holds the model file."""
        return self._encoder.inputs

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._embed([f"query: {query}"])[0]

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._embed([f"passage: {text}"])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return self._embed([f"passage: {text}" for text in texts])

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _embed(self, texts: list[str]) -> list[list[float]]:
        return self._encoder.vectors([as_written(text)[:_MOST_CHARACTERS] for text in texts])
