"""What an index is like as a whole: how rare its words are, and where each language lies in the vector space."""

import math
import threading
from collections import Counter, OrderedDict
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy
from numpy.typing import NDArray

from config.access import Clearance
from ingest.index.sparse import term_index
from ingest.text.languages import LANGUAGES

if TYPE_CHECKING:
    from ingest.index.store import PassageStore

_SAMPLE = 10_000  # passages
_PRIOR = 10  # passages of the whole that a language's own mean is mixed with, which matters to small indexes
_CLEARANCES = 32  # whose statistics are kept
_STALE = 0.05  # share by which the index may grow or shrink before it is looked at again


class Statistics(NamedTuple):
    """Of a sample of the passages that somebody may see.

    Attributes:
        passages: in the sample.
        frequency: passages that have a term, by the term's index.
        means: mean vector of each language's passages, mixed with the mean of all.
    """

    passages: int
    frequency: Mapping[int, int]
    means: Mapping[str, NDArray[numpy.float32]]

    def weight(self, stem: str) -> float:
        """Inverse document frequency (Robertson and Zaragoza 2009); a word that no passage has weighs most."""
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
    """The statistics of one generation as a person may know them, taken again when the index has grown or shrunk.

    Of what a clearance does not cover nothing counts: a rank, a score or a refusal that depended on it would tell
    which words stand in documents that the person may not see.

    Args:
        store: of the generation.
    """

    def __init__(self, store: "PassageStore") -> None:
        self._store = store
        self._taken: OrderedDict[Clearance, _Taken] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, clearance: Clearance) -> Statistics:
        """The statistics of what a clearance covers, as they are now, or were a little earlier."""
        count = self._store.count()
        with self._lock:
            if taken := self._taken.get(clearance):
                self._taken.move_to_end(clearance)
            if taken and abs(count - taken.size) > _STALE * taken.size:
                self._taken[clearance] = taken._replace(size=count)  # nobody else need begin, and nobody waits
                threading.Thread(target=self._take, args=(clearance, count), daemon=True, name="statistics").start()
        return taken.statistics if taken else self._take(clearance, count)

    def _take(self, clearance: Clearance, count: int) -> Statistics:
        # Not under the lock: what others ask meanwhile need not wait for this clearance's first question.
        statistics = take(self._store, clearance)
        with self._lock:
            self._taken[clearance] = _Taken(statistics, count)
            self._taken.move_to_end(clearance)
            while len(self._taken) > _CLEARANCES:
                self._taken.popitem(last=False)
        return statistics


class _Taken(NamedTuple):
    """Statistics, and of how many passages the index was then."""

    statistics: Statistics
    size: int


def take(store: "PassageStore", clearance: Clearance) -> Statistics:
    """Statistics of a sample of the passages that a clearance covers."""
    frequency: Counter[int] = Counter()
    vectors: dict[str, list[NDArray[numpy.float32]]] = {language: [] for language in LANGUAGES}
    passages = 0
    for language, vector, terms in store.sample(_SAMPLE, clearance):
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
