"""Checks somebody else's text against the documents: each of its statements with verdict, span and source."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from chatbot.answering.context import AnswerServices
from chatbot.answering.pipeline import find_evidence
from chatbot.answering.reading import find_passages
from chatbot.domain import Person, Source, Statement
from chatbot.verification.conflicts import find_conflicts
from chatbot.verification.verify import verify
from config.errors import EngineFailed, ModelUnavailable, QuestionRejected
from ingest.documents import Passage
from ingest.index.filters import EVERYTHING
from ingest.text.sentences import sentence_spans

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


def check(text: str, person: Person, services: AnswerServices, given: Sequence[Passage] = ()) -> list[Checked]:
    """Hold each sentence of a text against what a person may see, by the rules for the product's own answers.

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
    with services.admitted(person):
        return [_checked(text, span, person, services, judge, given) for span in spans]


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
