"""A search of a program: bounded as a question is; nothing is answered."""

from typing import NamedTuple

from chatbot.answering.question import check_question
from chatbot.identity.callers import Caller
from chatbot.web.services import ApiServices
from ingest.documents import Passage
from ingest.index.filters import EVERYTHING, Filters


class Found(NamedTuple):
    """A passage that was found; scores compare within one search."""

    passage: Passage
    score: float


def search(query: str, caller: Caller, services: ApiServices, limit: int, filters: Filters = EVERYTHING) -> list[Found]:
    """Passages that the caller may see, nearest first.

    Args:
        query: a question, or words.
        caller: who searches.
        services: that find.
        limit: passages wanted.
        filters: what the search is narrowed to.

    Raises:
        QuestionRejected: empty or too long, or the caller asks too much.
        IndexUnavailable: the index cannot be searched.
    """
    answering = services.chat.answering()
    asked = check_question(query, answering.settings)
    services.callers.spend(caller)
    person = services.callers.person(caller)
    with answering.admitted(person):
        nodes = answering.retriever(person, limit, filters).retrieve(asked)
    return [Found(node.node.passage, node.score or 0.0) for node in nodes]  # type: ignore[attr-defined]
