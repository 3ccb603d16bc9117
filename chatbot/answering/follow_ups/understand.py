"""What is meant by a question in its conversation, and what the documents have for it."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from chatbot.answering.evidence_model import evidence_models
from chatbot.answering.follow_ups.choose import best_rewrite
from chatbot.answering.follow_ups.phrases import CODE
from chatbot.answering.follow_ups.rewrites import rewrites
from chatbot.answering.follow_ups.wishes import Wish, wish_of
from chatbot.answering.question import is_follow_up, joined
from chatbot.answering.reading import Reading
from chatbot.domain import Turn
from ingest.index.statistics import Statistics
from ingest.text.numbers import missing_numbers


class Meant(NamedTuple):
    """A complete question with what the documents have for it.

    Attributes:
        wish: what is wanted of the answer before, which is given again.
        is_doubtful: whether the best evidence lacks the words of the follow-up, so that it is no answer by itself.
    """

    reading: Reading
    wish: Wish | None = None
    is_doubtful: bool = False


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
        rewrite: has a language model complete the question; empty where there is none.
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
    if chosen and chosen.has_words:
        return Meant(reading(chosen.text))
    if not leans:
        return Meant(reading(question))
    completed = rewrite()
    if completed and keeps_names(question, completed):
        return Meant(reading(completed))
    return Meant(reading(chosen.text if chosen else joined(history[-1].question, question)), is_doubtful=bool(chosen))


def keeps_names(question: str, completed: str) -> bool:
    """Whether a completed question has all codes and numbers of the one that was typed.

    Args:
        question: as typed.
        completed: by a model.
    """
    codes = {code.lower() for code in CODE.findall(question)}
    return all(code in completed.lower() for code in codes) and not missing_numbers(question, completed)
