"""An old answer judged again, and an old question answered again."""

from typing import TYPE_CHECKING, NamedTuple

from chatbot.answering.generate import verify_for_parts
from chatbot.answering.pipeline import answer
from chatbot.audit.read import Record
from chatbot.computing.recompute import agrees
from chatbot.domain import Answer, Finished, Person, Statement, Verdict, holds_up
from config.access import Clearance
from config.errors import RecordMissing

if TYPE_CHECKING:
    from chatbot.answering.context import AnswerServices
    from ingest.index.statistics import Statistics


class Judgement(NamedTuple):
    """A statement of an old answer under the verifier of then and of today.

    Attributes:
        today: the statement with today's verdict and citations.
    """

    text: str
    then: Verdict
    today: Statement

    @property
    def same(self) -> bool:
        # Quotations were called supported once.
        return self.then == self.today.verdict or (holds_up(self.then) and self.today.quoted and self.today.holds)


def verify_again(record: Record, services: "AnswerServices") -> list[Judgement]:
    """Judge the statements of an old answer by today's rules, on the sources of then.

    Args:
        record: of a sealed answer.
        services: rules are read from today's index: its statistics and embedder.

    Raises:
        RecordMissing: its words were erased, or there is no answer.
    """
    given = _answer_of(record)
    statistics = services.statistics(record.clearance)
    return [Judgement(s.text, s.verdict, _judged(s, given, statistics, services)) for s in given.statements]


def replay(record: Record, auditor: str, clearance: Clearance, services: "AnswerServices") -> Answer:
    """Answer an old question with today's index and model; that leaves a record of its own.

    The search sees what the person who asked was allowed to see then, as far as the auditor may see it now.

    Args:
        record: of the question.
        auditor: who has it answered.
        clearance: of the auditor.
        services: that answer today.

    Raises:
        RecordMissing: its words were erased.
    """
    if record.asked is None:
        raise RecordMissing("record.erased", record=record.id)
    person = Person(name=auditor, clearance=record.clearance.and_also(clearance))
    *_, last = answer(
        record.asked.question,
        record.asked.history,
        person,
        services,
        record.opened.filters,
        replays=record.opened.replays or record.id,
    )
    assert isinstance(last, Finished)  # noqa: S101 - the flow ends with it, or with an error
    return last.answer


def _answer_of(record: Record) -> Answer:
    if record.said is None or record.said.answer is None:
        raise RecordMissing("record.erased", record=record.id)
    return record.said.answer


def _judged(statement: Statement, given: Answer, statistics: "Statistics", services: "AnswerServices") -> Statement:
    if statement.computation:
        return (
            statement if agrees(statement, given.sources) else statement.model_copy(update={"verdict": "unsupported"})
        )
    named = tuple(dict.fromkeys(citation.source for citation in statement.citations))
    question = given.standalone_question
    found = verify_for_parts(
        statement.text, question, named, given.sources, statistics, services.vectors, services.judge
    )
    return found.model_copy(update={"verdict": "quoted"}) if found.holds and statement.quoted else found
