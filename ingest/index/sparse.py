"""BM25 as sparse vectors: saturated term frequencies in passages, inverse document frequencies in questions.

Qdrant could weigh the terms itself, by all passages: then its scores told of documents that a person may not see.

Method: Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009), with k1 .9 and b .4.
"""

import zlib
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from ingest.text.languages import LANGUAGES
from ingest.text.words import stems

K1, B, AVERAGE_LENGTH = 0.9, 0.4, 256


class SparseVector(NamedTuple):
    indices: list[int]
    values: list[float]


def passage_vector(text: str, language: str) -> SparseVector:
    """Weights of a passage's stems, in its own language only.

    Args:
        text: heading path and passage.
        language: of the passage.

    Returns:
        Indices in ascending order, each once, with the saturated term frequency.
    """
    terms = stems(text, language)
    norm = K1 * (1 - B + B * len(terms) / AVERAGE_LENGTH)
    weights: dict[int, float] = {}
    for term, count in Counter(terms).items():
        # Two stems may share an index: the sum keeps indices unique, which the engine requires.
        weights[term_index(term)] = weights.get(term_index(term), 0.0) + count * (K1 + 1) / (count + norm)
    return _sorted(weights)


def question_vector(text: str, weight: Callable[[str], float]) -> SparseVector:
    """Stems of a question in every language, so that names and codes match across languages.

    Args:
        text: of the question.
        weight: of a stem, from statistics of what the person may see.
    """
    return _sorted({term_index(term): weight(term) for language in LANGUAGES for term in stems(text, language)})


def _sorted(weights: dict[int, float]) -> SparseVector:
    indices = sorted(weights)
    return SparseVector(indices, [weights[index] for index in indices])


def term_index(term: str) -> int:
    """The number by which a stem is indexed."""
    return zlib.crc32(term.encode())
