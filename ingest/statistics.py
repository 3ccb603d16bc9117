"""What an index is like as a whole: how rare its words are, and where each language lies in the vector space."""

import math
import threading
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy
from numpy.typing import NDArray

from config.messages import Language
from ingest.analysis import LANGUAGES
from ingest.sparse import term_index

if TYPE_CHECKING:
    from ingest.store import PassageStore

_SAMPLE = 10_000  # passages
_PRIOR = 10  # passages of the whole that a language's own mean is mixed with, which matters to small indexes
_STALE = 0.05  # share by which the index may grow or shrink before it is looked at again


class Statistics(NamedTuple):
    """Of a sample of the passages.

    Attributes:
        passages: in the sample.
        frequency: passages that have a term, by the term's index.
        means: mean vector of each language's passages, mixed with the mean of all.
    """

    passages: int
    frequency: Mapping[int, int]
    means: Mapping[Language, NDArray[numpy.float32]]

    def weight(self, stem: str) -> float:
        """Inverse document frequency as Qdrant counts it; a word that no passage has weighs most."""
        found = self.frequency.get(term_index(stem), 0)
        return math.log(1 + (self.passages - found + 0.5) / (found + 0.5))

    def containment(self, wanted: set[str], text: set[str]) -> float:
        """Weighted share of `wanted` stems that `text` has; 1 when nothing is wanted."""
        total = sum(map(self.weight, wanted))
        return sum(map(self.weight, wanted & text)) / total if total else 1.0

    def common(self, stem: str) -> bool:
        """Whether a word stands in several passages, so that it is hardly somebody's name."""
        return self.frequency.get(term_index(stem), 0) >= 3


class IndexStatistics:
    """The statistics of one generation, taken again when the index has grown or shrunk.

    Args:
        store: of the generation.
    """

    def __init__(self, store: "PassageStore") -> None:
        self._store = store
        self._count = -1
        self._lock = threading.Lock()

    def current(self) -> Statistics:
        """The statistics of the index as it is now, or was a little earlier."""
        count = self._store.count()
        with self._lock:
            if self._count < 0:
                self._statistics, self._count = take(self._store), count
            elif abs(count - self._count) > _STALE * self._count:
                self._count = count  # nobody else need begin, and nobody waits
                threading.Thread(target=self._renew, daemon=True, name="statistics").start()
            return self._statistics

    def _renew(self) -> None:
        self._statistics = take(self._store)


def take(store: "PassageStore") -> Statistics:
    """Statistics of a sample of a store's passages."""
    frequency: Counter[int] = Counter()
    vectors: dict[Language, list[NDArray[numpy.float32]]] = {language: [] for language in LANGUAGES}
    passages = 0
    for language, vector, terms in store.sample(_SAMPLE):
        frequency.update(terms)
        vectors[language].append(numpy.asarray(vector, dtype=numpy.float32))
        passages += 1
    together = [vector for rows in vectors.values() for vector in rows]
    whole = numpy.mean(together, axis=0) if together else numpy.zeros(1, dtype=numpy.float32)
    means = {
        language: (numpy.sum(rows, axis=0) + _PRIOR * whole) / (len(rows) + _PRIOR) if rows else whole
        for language, rows in vectors.items()
    }
    return Statistics(passages, frequency, means)
