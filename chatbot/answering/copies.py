"""Facts that several documents state word for word: they do not rival each other, and one of them is quoted."""

from collections.abc import Sequence

import numpy
from numpy.typing import NDArray

from chatbot.answering.facts import Fact
from ingest.text.words import comparable


def says_the_same(text: str, other: str) -> bool:
    """Whether two facts have the same words.

    Args:
        text: of the one.
        other: of the other.
    """
    return comparable(text) == comparable(other)


def copies_of(best: int, facts: Sequence[Fact]) -> list[int]:
    """Places of the facts that say word for word what the best one does, in other documents.

    Args:
        best: place of the best fact.
        facts: of all passages found.
    """
    said, document = comparable(facts[best].text), facts[best].passage.document
    others = ((place, fact) for place, fact in enumerate(facts) if fact.passage.document != document)
    return [place for place, fact in others if comparable(fact.text) == said]


def without_copies(scores: NDArray[numpy.float64], copies: Sequence[int]) -> NDArray[numpy.float64]:
    """Scores of which those of copies are as low as any, so that they take no weight from what they repeat.

    Args:
        scores: of all facts.
        copies: places of facts.
    """
    lowered = scores.copy()
    lowered[list(copies)] = scores.min()
    return lowered
