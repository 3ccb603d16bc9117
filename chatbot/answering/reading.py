"""What the documents have for a question: the passages, and what can be worked out of them or how their facts weigh."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from chatbot.answering.context import AnswerServices
from chatbot.answering.document_facts import document_fact
from chatbot.answering.evidence import WeighedPart, weigh
from chatbot.answering.follow_ups.choose import Tried, words_of_fact
from chatbot.answering.question import parts_of
from chatbot.computing.compute import compute
from chatbot.domain import Person
from chatbot.retrieval.sources import Found
from chatbot.retrieval.spelling import as_written
from chatbot.whole_documents.tell import tell
from chatbot.whole_documents.told import Told
from config.messages import Language
from ingest.documents import Passage
from ingest.index.filters import Filters

_NEIGHBOURS = 15  # passages beyond the sources: duplicates and neighbours of these make room


class Reading(NamedTuple):
    """Of one complete question.

    Attributes:
        question: standalone.
        found: passages for each of its parts.
        told: what was worked out from a table, is known of a document or stands in whole ones; None where nothing is.
        weighed: the facts of each part; empty where something is told.
    """

    question: str
    found: Sequence[Found]
    told: Told | None
    weighed: Sequence[WeighedPart]

    def tried(self) -> Tried:
        """How much it gives for the last part of the question."""
        if self.told:
            passages = {source.number: source.passage for source in self.told.sources}
            citations = [citation for statement in self.told.statements for citation in statement.citations]
            told = [words_of_fact(passages[cited.source], cited.start, cited.end) for cited in citations]
            return Tried(1.0, " ".join(whole for whole, _ in told), " ".join(values for _, values in told))
        weighed = self.weighed[-1]
        if not weighed.facts:
            return Tried(0.0)
        fact = max(zip(weighed.scores, weighed.facts, strict=True), key=lambda one: one[0])[1]
        at = fact.passage.start
        return Tried(weighed.chance, *words_of_fact(fact.passage, at + fact.start, at + fact.end))


def read(
    question: str,
    person: Person,
    filters: Filters,
    language: Language,
    services: AnswerServices,
    is_first: bool = True,
) -> Reading:
    """Search the documents for a question; where words of it look mistyped, also for what they may mean.

    The corrected question counts if the documents have more for it.

    Args:
        question: standalone.
        person: who asks; the search sees only what the person's clearance covers.
        filters: what the person narrowed the search to.
        language: of the answer.
        services: with retriever, vectors and judge.
        is_first: whether nothing was asked before in the conversation.

    Raises:
        IndexUnavailable: the index cannot be searched.
    """
    reading = _read(question, person, filters, language, services, is_first)
    spelt = as_written(question, _passages(reading.found), services.statistics(person.clearance))
    if spelt == question:
        return reading
    corrected = _read(spelt, person, filters, language, services, is_first)
    return corrected if corrected.tried().chance > reading.tried().chance else reading


def _read(
    question: str, person: Person, filters: Filters, language: Language, services: AnswerServices, is_first: bool
) -> Reading:
    found = find_passages(question, person, filters, services)
    told = tell(question, lambda: services.shelf(person, filters), language, is_first)
    told = told or _worked_out(question, found, person, language, services)
    if told:
        return Reading(question, found, told, ())
    statistics = services.statistics(person.clearance)
    return Reading(question, found, None, weigh(found, statistics, services.vectors, services.judge))


def find_passages(question: str, person: Person, filters: Filters, services: AnswerServices) -> list[Found]:
    """The passages found for each part of a question, best first, with some to spare for those shown together.

    Args:
        question: standalone.
        person: who asks.
        filters: what the person narrowed the search to.
        services: with the retriever.

    Raises:
        IndexUnavailable: the index cannot be searched.
    """
    retriever = services.retriever(person, services.settings.sources + _NEIGHBOURS, filters)
    return [(part, retriever.retrieve(part)) for part in parts_of(question)]


def _worked_out(
    question: str, found: Sequence[Found], person: Person, language: Language, services: AnswerServices
) -> Told | None:
    """What can be worked out from a table or is known of a document, where the question asks for one thing."""
    if len(found) != 1:
        return None
    passages = _passages(found)

    def document(passage: Passage) -> Sequence[Passage]:
        return services.document(passage, person.clearance)

    computed = document_fact(question, passages, document, language) or compute(
        question, passages, document, language, date.today()
    )
    return Told((computed.statement,), computed.sources) if computed else None


def _passages(found: Sequence[Found]) -> list[Passage]:
    return [node.node.passage for _, nodes in found for node in nodes]  # type: ignore[attr-defined]
