"""Vectors of texts, remembered: documents share texts, and selection and verification look at the same sentences."""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy
from numpy.typing import NDArray

from ingest.embedding import Embedder
from ingest.text.languages import LANGUAGES, words_of

Matrix = NDArray[numpy.float32]


class SentenceVectors:
    """An embedder with a memory of the sentences used last.

    Args:
        embedder: of the active generation.
        capacity: sentences remembered; each takes about 2 kB.
    """

    def __init__(self, embedder: Embedder, capacity: int = 20_000) -> None:
        self._embedder, self._capacity = embedder, capacity
        self._known: OrderedDict[str, NDArray[numpy.float32]] = OrderedDict()
        self._lock = threading.Lock()
        self._question: tuple[str, list[float]] | None = None

    def passages(self, texts: Sequence[str]) -> Matrix:
        """One row of unit length for each text."""
        with self._lock:
            found = {text: self._known[text] for text in texts if text in self._known}
        missing = list(dict.fromkeys(text for text in texts if text not in found))
        for text, vector in zip(missing, self._embedder.embed_passages(missing), strict=True):
            found[text] = numpy.asarray(vector, dtype=numpy.float32)
        self._remember(found)
        rows = [found[text] for text in texts]
        return numpy.stack(rows) if rows else numpy.zeros((0, 0), dtype=numpy.float32)

    def learn(self, texts: Sequence[str], rows: Sequence[Sequence[float]]) -> None:
        """Take over vectors that the index has, so that they need not be made again."""
        if len(texts) == len(rows):  # else the index was built with other sentences
            self._remember(dict(zip(texts, numpy.asarray(rows, dtype=numpy.float32), strict=True)))

    @cached_property
    def unrelated(self) -> dict[str, NDArray[numpy.float32]]:
        """For each language the mean vector of texts about all kinds of things, with which cosines are compared."""
        texts = {language: words_of("background.texts", language) for language in LANGUAGES}
        return {language: self.passages(found).mean(axis=0) for language, found in texts.items()}

    @cached_property
    def spread(self) -> dict[str, float]:
        """For each language how far unrelated texts lie apart: the mean square distance from their mean."""
        return {language: 1 - float(mean @ mean) for language, mean in self.unrelated.items()}

    def question(self, text: str) -> list[float]:
        """Vector of a question; that of the last one is at hand."""
        known = self._question
        if known is None or known[0] != text:
            known = self._question = (text, self._embedder.embed_question(text))
        return known[1]

    def _remember(self, found: Mapping[str, NDArray[numpy.float32]]) -> None:
        with self._lock:
            for text, vector in found.items():
                self._known[text] = vector
                self._known.move_to_end(text)
            while len(self._known) > self._capacity:
                self._known.popitem(last=False)
