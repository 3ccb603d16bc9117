"""Checks somebody else's text against the documents: each of its statements with verdict, span and source."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from chatbot.answering.context import AnswerServices, Clock
from chatbot.answering.pipeline import find_evidence
from chatbot.answering.reading import find_passages
from chatbot.domain import Answer, Citation, Person, Source, Statement
from chatbot.records.record import Asked, OpenRecord
from chatbot.verification.conflicts import find_conflicts
from chatbot.verification.verify import verify
from config.errors import EngineFailed, ModelUnavailable, QuestionRejected
from config.messages import message_language
from ingest.documents import Passage
from ingest.index.filters import EVERYTHING
from ingest.text.sentences import sentence_spans
from ingest.text.words import detect_language

if TYPE_CHECKING:
    from chatbot.judge.cross_encoder import Judge

MOST_STATEMENTS, LONGEST_TEXT = 20, 10_000


class Checked(NamedTuple):
    """A statement of the text.

    Attributes:
        start: characters of the text; `end` is excluded.
        statement: with its verdict; of one that does not hold the nearest words are cited where it contradicts them.
        sources: that it was held against, by the numbers that its citations name.
    """

    start: int
    end: int
    statement: Statement
    sources: tuple[Source, ...]


class Checks(NamedTuple):
    """What became of a text.

    Attributes:
        record: id of the record that it left.
        checked: its statements.
    """

    record: str
    checked: tuple[Checked, ...]


class Founds:
    """The statements of a text, with their sources numbered through: each was held against its own.

    Attributes:
        checked: statements so far; the numbers in their citations are those of `sources`.
        sources: all that they were held against.
    """

    def __init__(self) -> None:
        self.checked: list[Checked] = []
        self.sources: list[Source] = []

    def add(self, one: Checked) -> None:
        """Take in the next statement."""
        first = len(self.sources)
        number = {source.number: first + place for place, source in enumerate(one.sources, start=1)}
        sources = tuple(source.model_copy(update={"number": number[source.number]}) for source in one.sources)

        def renumbered(citations: Sequence[Citation]) -> tuple[Citation, ...]:
            return tuple(cited.model_copy(update={"source": number[cited.source]}) for cited in citations)

        said = one.statement
        moved = {"citations": renumbered(said.citations), "conflicts": renumbered(said.conflicts)}
        self.sources += sources
        self.checked.append(one._replace(statement=said.model_copy(update=moved), sources=sources))


def check(text: str, person: Person, services: AnswerServices, given: Sequence[Passage] = ()) -> Checks:
    """Hold each sentence of a text against what a person may see, by the rules for the product's own answers.

    It leaves a record as a question does.

    A sentence that says nothing by itself, such as "That is not so", is not supported by anything.

    Args:
        text: that somebody or something else has written.
        person: whose clearance bounds the search.
        services: that find and verify.
        given: passages that alone count; without any the whole index does.

    Raises:
        QuestionRejected: nothing in it can be checked, it is too long, or the person asks too much.
        IndexUnavailable: the index cannot be searched.
    """
    if len(text) > LONGEST_TEXT:
        raise QuestionRejected("question.too_long", length=len(text), most=LONGEST_TEXT)
    spans = [span for span in sentence_spans(text) if any(map(str.isalnum, text[slice(*span)]))]
    if not spans:
        raise QuestionRejected("question.empty")
    if len(spans) > MOST_STATEMENTS:
        raise QuestionRejected("check.too_many", count=len(spans), most=MOST_STATEMENTS)
    judge = _working_judge(services)
    asked = Asked(question=text, person=person, door="check")
    with services.admitted(person), services.records.opened(asked) as record:
        record.transcript.standalone, record.transcript.generation = text, services.generation
        clock, found = Clock(), Founds()
        for span in spans:
            found.add(_checked(text, span, person, services, judge, given))
            record.transcript.sources = tuple(found.sources)
            record.transcript.judged = [one.statement for one in found.checked]
        clock.mark("finished")
        record.seal(_outcome(text, found, services, record, clock))
        return Checks(record.id, tuple(found.checked))


def _outcome(text: str, found: Founds, services: AnswerServices, record: OpenRecord, clock: Clock) -> Answer:
    """The check as it goes into the record: the text in the place of the question, its statements as an answer."""
    statements = tuple(one.statement for one in found.checked)
    return Answer(
        question=text, standalone_question=text, language=message_language(detect_language(text)),
        answerable=any(statement.holds for statement in statements), statements=statements,
        sources=tuple(found.sources), engine="outside", model="", model_digest="", prompt_digest="",
        generation=services.generation, notices=(), timings=clock.marks, record=record.id, asked=record.opened,
    )  # fmt: skip


def _checked(
    text: str,
    span: tuple[int, int],
    person: Person,
    services: AnswerServices,
    judge: "Judge | None",
    given: Sequence[Passage],
) -> Checked:
    said, statistics = text[slice(*span)], services.statistics(person.clearance)
    if given:
        sources = tuple(Source(number=n, passage=passage, score=0.0) for n, passage in enumerate(given, start=1))
    else:
        found = find_passages(said, person, EVERYTHING, services)
        sources, _ = find_evidence(found, services.settings.sources, statistics, services.vectors, judge)
    # Contradicted is only what the nearest source speaks against: the others may be about something else.
    nearest = tuple(source.number for source in sources[:1])
    statement = verify(said, said, nearest, sources, statistics, services.vectors, judge)
    if statement.holds:
        conflicts = find_conflicts(statement, sources, statistics, services.vectors)
        statement = statement.model_copy(update={"conflicts": conflicts, "corrected": False})
    return Checked(*span, statement, sources)


def _working_judge(services: AnswerServices) -> "Judge | None":
    """The judge, unless it cannot be opened: the weights for that case count instead."""
    try:
        if services.judge:
            services.judge.answers("", ())
    except (EngineFailed, ModelUnavailable):
        return None
    return services.judge
