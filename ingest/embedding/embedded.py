"""multilingual-e5-small in llama.cpp, inside this process, as a LlamaIndex embedding.

Model: Wang et al. 2024, "Multilingual E5 Text Embeddings"; its prefixes as published.
"""

import os
import re
from pathlib import Path

import xllamacpp
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr

from config.catalogue import embedded_models
from config.errors import EngineFailed, ModelUnavailable
from ingest.embedding.e5_gguf import write_gguf
from ingest.embedding.llama_server import LlamaServer
from ingest.embedding.model_files import model_path
from ingest.text.words import as_written

_POSITIONS = 512  # tokens the model can see
_PARALLEL = 4
_MOST_CHARACTERS = 10_000  # what is longer is cut before it is counted in tokens
_TOO_LONG = re.compile(r"input \((\d+) tokens\)")


class EmbeddedE5(BaseEmbedding):
    """Embeds with the model file of the catalogue; vectors have 384 numbers and unit length."""

    _server: LlamaServer = PrivateAttr()

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
        embedding._server = LlamaServer(
            gguf,
            os.cpu_count() or 1,
            embedding=True,
            embd_normalize=2,
            n_parallel=_PARALLEL,
            pooling_type=xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN,
            n_ctx=_POSITIONS * _PARALLEL,
            n_batch=_POSITIONS,
            n_ubatch=_POSITIONS,
        )
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
        if not texts:
            return []
        answer = self._server.calls.handle_embeddings({"input": [_fit(text) for text in texts]})
        if "data" in answer:
            return [entry["embedding"] for entry in sorted(answer["data"], key=lambda entry: entry["index"])]
        reason = str(answer.get("error", answer))
        too_long = _TOO_LONG.search(reason)
        if too_long is None:
            raise EngineFailed("embedded.failed", reason=reason[:300])
        if len(texts) > 1:  # the message does not say which text it was
            half = len(texts) // 2
            return self._embed(texts[:half]) + self._embed(texts[half:])
        kept = len(texts[0]) * (_POSITIONS - 12) // int(too_long[1])
        return self._embed([texts[0][: min(kept, len(texts[0]) - 1)]])


def _fit(text: str) -> str:
    # The end-of-text mark is the one control token that llama.cpp would read out of plain text.
    return as_written(text)[:_MOST_CHARACTERS].replace("</s>", "< /s>")
