"""The order of the passages found: meaning, words and the nearest sentence, comparable across languages."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy

from ingest.index.sparse import K1
from ingest.index.statistics import Statistics
from ingest.index.store import Candidate
from ingest.text.words import stems

# Measured on XQuAD, German and English, alone and in a haystack.
_WORDS = 0.0413  # of how far unrelated texts lie apart, which is .18 for the embedded model
_SENTENCE = 1.0


class Ranked(NamedTuple):
    """A candidate with its score so far, and what its language's place in the space is worth."""

    id: str
    score: float
    offset: float
    bm25: float


def first_scores(
    question: str,
    meaning: Sequence[float],
    candidates: Sequence[Candidate],
    statistics: Statistics,
    spread: Mapping[str, float],
) -> list[Ranked]:
    """Candidates by `cos − q·mean of the language + .0413 · spread · BM25 · coverage`, best first.

    Every language lies in a corner of its own; without the middle term all passages of the question's
    language would come before all others. Coverage is the weighted share of the question's words that the
    passage has, read off BM25, which gives a term K1 + 1 at the most.

    Args:
        question: standalone.
        meaning: its vector.
        candidates: found by meaning or words.
        statistics: of the index.
        spread: of each language, how far unrelated texts lie apart.
    """
    if not candidates:
        return []
    query = numpy.asarray(meaning)
    offsets = {language: float(query @ mean) for language, mean in statistics.means.items()}
    most = {
        language: (K1 + 1) * sum(map(statistics.weight, set(stems(question, language)))) or 1.0 for language in offsets
    }
    ranked = []
    for id_, language, cosine, bm25 in candidates:
        coverage = min(1.0, bm25 / most[language])
        ranked.append(
            Ranked(
                id_, cosine - offsets[language] + _WORDS * spread[language] * bm25 * coverage, offsets[language], bm25
            )
        )
    return sorted(ranked, key=lambda candidate: (-candidate.score, candidate.id))


def final_score(ranked: Ranked, sentence: float) -> float:
    """The first score and the nearest sentence (late interaction, as Khattab and Zaharia 2020 do with tokens).

    Args:
        ranked: by the first score.
        sentence: cosine of the passage's sentence nearest to the question.
    """
    return ranked.score + _SENTENCE * (sentence - ranked.offset)
