"""An embedding model without weights, for tests of what is done with vectors.

Stands for the model behind `Embedder`, at the seam of LlamaIndex's `BaseEmbedding`. Texts that share words or parts of
words are near each other, and no two texts are far apart, as with the embedded model: so the thresholds that were
measured on that one tell near from far here, too.

It knows no meaning: a synonym or a translation is as strange as any other text. It says nothing about how good
answers are.
"""

import zlib
from collections import Counter
from typing import Any

import numpy
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr

from ingest.embedding import Embedder
from ingest.text.words import LANGUAGES, stems

DIMENSION = 256
_ALIKE = 0.75  # cosine of two texts that have nothing in common
_GRAM, _OF_A_GRAM = 4, 0.3  # letters of a part of a word, and what it weighs beside a whole stem


class HashedWords(BaseEmbedding):
    """Counts stems and parts of words in numbered places; `asked` lists the texts, in order."""

    _asked: list[str] = PrivateAttr(default_factory=list)

    def __init__(self, **data: Any) -> None:
        super().__init__(model_name="hashed words", **data)

    @property
    def asked(self) -> list[str]:
        return self._asked

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._embed(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._embed(text)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._embed(query)

    def _embed(self, text: str) -> list[float]:
        self._asked.append(text)
        vector = numpy.zeros(DIMENSION)
        for feature, weight in _features(text).items():
            number = zlib.crc32(feature.encode())
            vector[1 + number % (DIMENSION - 1)] += weight if number >> 31 else -weight
        length = float(numpy.linalg.norm(vector))
        if length:
            vector *= numpy.sqrt(1 - _ALIKE) / length
        vector[0] = numpy.sqrt(1 - float(vector @ vector))  # the share that all texts have in common
        return [float(value) for value in vector]


def fake_embedder(model: HashedWords | None = None) -> Embedder:
    """An embedder over hashed words.

    Args:
        model: to look at afterwards; without it one of its own.
    """
    chosen = model or HashedWords()
    return Embedder("hashed words", lambda: chosen)


def _features(text: str) -> Counter[str]:
    """Stems of the words that carry meaning, and the parts of each."""
    weights: Counter[str] = Counter()
    for stem in {stem for language in LANGUAGES for stem in stems(text, language)}:
        weights[stem] += 1  # type: ignore[assignment]
        for start in range(len(stem) - _GRAM + 1):
            weights[f"…{stem[start : start + _GRAM]}"] += _OF_A_GRAM  # type: ignore[assignment]
    return weights
