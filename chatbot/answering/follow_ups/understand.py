"""What is meant by a question in its conversation, and what the documents have for it."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from chatbot.answering.evidence_model import evidence_models
from chatbot.answering.follow_ups.choose import best_rewrite
from chatbot.answering.follow_ups.rewrites import rewrites
from chatbot.answering.follow_ups.wishes import Wish, wish_of
from chatbot.answering.question import is_follow_up
from chatbot.answering.reading import Reading
from chatbot.domain import Turn
from ingest.index.statistics import Statistics


class Meant(NamedTuple):
    """A complete question with what the documents have for it, and what is wanted of an answer that was given."""

    reading: Reading
    wish: Wish | None = None


def understand(
    question: str,
    history: Sequence[Turn],
    read: Callable[[str], Reading],
    rewrite: Callable[[], str],
    statistics: Statistics,
) -> Meant:
    """The complete question that is meant.

    A question that has an answer as it stands, and does not lean on the one before by its form, is a new one. Else the
    documents tell which of the complete questions that can be put together is meant, and where they do not, a model.

    Args:
        question: as typed.
        history: earlier turns as they were understood, oldest first.
        read: searches the documents for a question.
        rewrite: has a language model complete the question.
        statistics: of the index.
    """
    readings: dict[str, Reading] = {}

    def reading(text: str) -> Reading:
        if text not in readings:
            readings[text] = read(text)
        return readings[text]

    if history and (wish := wish_of(question)):
        return Meant(reading(history[-1].question), wish)
    enough, leans = evidence_models().judged.limits.answer, is_follow_up(question)
    if not history or (not leans and reading(question).tried().chance >= enough):
        return Meant(reading(question))
    possible = rewrites(question, history)
    chosen = best_rewrite(possible, lambda text: reading(text).tried(), enough, statistics, leans)
    return Meant(reading(chosen or (rewrite() if leans else question)))
