"""A check of a program: bounded as a question is, with the public form of what it found."""

from collections.abc import Sequence
from uuid import UUID

from chatbot.answering.check import Checked, check
from chatbot.identity.callers import Caller
from chatbot.retrieval import reading
from chatbot.web.api.answer_json import LinkOf, Public, SourceJson, Span, StatementJson, source_json, statement_json
from chatbot.web.services import ApiServices
from config.errors import DocumentMissing
from ingest.documents import Passage


class CheckedJson(Public):
    """A statement of the text that was checked; `span` is its place there."""

    span: Span
    statement: StatementJson
    sources: tuple[SourceJson, ...]


class ChecksJson(Public):
    """What became of a text. `holds` is whether the documents say all of it, `record` what the check has left."""

    record: str
    holds: bool
    statements: tuple[CheckedJson, ...]


def checked_text(text: str, sources: Sequence[UUID], caller: Caller, services: ApiServices, link: LinkOf) -> ChecksJson:
    """Each statement of a text with its verdict.

    Args:
        text: that somebody or something else has written.
        sources: ids of passages or documents that alone count; without any all that the caller may see.
        caller: whose rights bound the search.
        services: that find and verify.
        link: gives the address of a span.

    Raises:
        QuestionRejected: nothing in it can be checked, it is too long, or the caller asks too much.
        DocumentMissing: one of the sources is not there for this caller.
    """
    answering, person = services.chat.answering(), services.callers.person(caller)
    given = [passage for identity in sources for passage in _passages(identity, caller, services)]
    services.callers.spend(caller)
    found = check(text, person, answering, given)
    statements = tuple(_checked(one, link) for one in found.checked)
    holds = all(one.statement.holds for one in statements)
    return ChecksJson(record=found.record, holds=holds, statements=statements)


def _passages(identity: UUID, caller: Caller, services: ApiServices) -> list[Passage]:
    clearance = services.callers.person(caller).clearance
    try:
        return [reading.passage(services.chat.index, identity, clearance)]
    except DocumentMissing:
        return reading.document(services.chat.index, identity, clearance)


def _checked(one: Checked, link: LinkOf) -> CheckedJson:
    numbers = {citation.source for citation in (*one.statement.citations, *one.statement.conflicts)}
    return CheckedJson(
        span=Span(start=one.start, end=one.end),
        statement=statement_json(one.statement, one.sources, link),
        sources=tuple(source_json(source, link) for source in one.sources if source.number in numbers),
    )
