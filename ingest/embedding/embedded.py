"""multilingual-e5-small in llama.cpp, inside this process, as a LlamaIndex embedding.

Model: Wang et al. 2024, "Multilingual E5 Text Embeddings"; its prefixes as published.
"""

import os
from pathlib import Path
from typing import Any

import xllamacpp
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr

from config.catalogue import embedded_models
from config.errors import EngineFailed, ModelUnavailable
from ingest.analysis import normalise
from ingest.embedding.e5_gguf import write_gguf
from ingest.model_files import model_path

_POSITIONS = 512  # tokens the model can see
_PARALLEL = 4
_MOST_CHARACTERS = 1600  # far above a passage; a text that still has too many tokens is cut again


class EmbeddedE5(BaseEmbedding):
    """Embeds with the model file of the catalogue; vectors have 384 numbers and unit length."""

    _server: Any = PrivateAttr()

    @classmethod
    def from_folder(cls, folder: Path) -> "EmbeddedE5":
        """Load the model, turning its weights into llama.cpp's format at the first use.

        Raises:
            ModelUnavailable: not fetched, or damaged.
            EngineFailed: llama.cpp cannot load it.
        """
        entry = embedded_models()["embeddings"]
        weights = model_path(entry, folder)
        gguf = weights.with_suffix(".gguf")
        try:
            if not gguf.exists() or gguf.stat().st_mtime_ns < weights.stat().st_mtime_ns:
                write_gguf(weights, gguf)
        except ValueError as error:
            raise ModelUnavailable("model.damaged", model=entry.label, path=weights) from error
        embedding = cls(model_name=entry.label)
        embedding._server = _open_server(gguf)
        return embedding

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._embed([f"query: {query}"])[0]

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._embed([f"passage: {text}"])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return self._embed([f"passage: {text}" for text in texts])

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _embed(self, texts: list[str]) -> list[list[float]]:
        answer = self._server.handle_embeddings({"input": [normalise(text)[:_MOST_CHARACTERS] for text in texts]})
        if "data" in answer:
            return [entry["embedding"] for entry in sorted(answer["data"], key=lambda entry: entry["index"])]
        # One text had more tokens than the model can see: find it, and keep its beginning.
        return [self._embed_one(text) for text in texts]

    def _embed_one(self, text: str) -> list[float]:
        length = _MOST_CHARACTERS
        while length > 50:
            answer = self._server.handle_embeddings({"input": [normalise(text)[:length]]})
            if "data" in answer:
                return list(answer["data"][0]["embedding"])
            length //= 2
        raise EngineFailed("embedded.failed", reason=str(answer.get("error", answer))[:300])


def _open_server(gguf: Path) -> Any:
    threads = os.cpu_count() or 1
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(gguf)
    parameters.embedding = True
    parameters.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
    parameters.embd_normalize = 2
    parameters.n_parallel = _PARALLEL
    parameters.n_ctx = _POSITIONS * _PARALLEL
    parameters.n_batch = parameters.n_ubatch = _POSITIONS
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = threads
    parameters.verbosity = -1
    try:
        return xllamacpp.Server(parameters)
    except Exception as error:  # the binding raises nothing more specific
        raise EngineFailed("embedded.not_loaded", path=gguf, reason=str(error)[:300]) from error
