"""What an assistant can do here: search, fetch, ask, check; each under the rights of the one it works for."""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from chatbot.identity.callers import Caller
from chatbot.identity.tokens import Scope
from chatbot.retrieval import reading
from chatbot.web.api.access import link_to
from chatbot.web.api.answer_json import AnswerJson, LinkOf, Public, answer_json
from chatbot.web.api.asking import Asking, Name, Words, answer_of
from chatbot.web.api.checking import ChecksJson, checked_text
from chatbot.web.api.rest_documents import passage_json
from chatbot.web.api.searching import search
from chatbot.web.services import ApiServices
from config.errors import DocumentMissing
from ingest.documents import Passage
from ingest.index.filters import Filters

_FOUND, _MOST_SOURCES = 10, 20


class Given(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SearchGiven(Given):
    query: Words = Field(description="a question or words, in German or English")


class FetchGiven(Given):
    id: UUID = Field(description="of a result of search, or of a document")


class AskGiven(Given):
    question: Words = Field(description="one question that stands by itself, in German or English")
    collections: list[Name] = Field(default_factory=list, max_length=50, description="search these alone")


class CheckGiven(Given):
    text: Words = Field(description="sentences that are to be held against the documents, at most 20")
    sources: list[UUID] = Field(
        default_factory=list, max_length=_MOST_SOURCES, description="ids of results or documents that alone count"
    )


class ResultJson(Public):
    id: str
    title: str
    url: str


class ResultsJson(Public):
    """What was found, best first."""

    results: tuple[ResultJson, ...]


class FetchedJson(Public):
    """A passage or a whole document."""

    id: str
    title: str
    text: str
    url: str
    metadata: dict[str, str]


class Tool(NamedTuple):
    """A tool.

    Attributes:
        name: by which it is called.
        title: for people.
        about: says to an assistant what it is for.
        scope: that a token needs.
        given: form of what it takes.
        answers: form of what it gives.
        run: does it.
    """

    name: str
    title: str
    about: str
    scope: Scope
    given: type[BaseModel]
    answers: type[BaseModel]
    run: Callable[[Any, Caller], BaseModel]


def tools_of(services: ApiServices) -> tuple[Tool, ...]:
    """The tools.

    Args:
        services: behind them.
    """
    link = link_to(services)

    def find(given: SearchGiven, caller: Caller) -> ResultsJson:
        found = search(given.query, caller, services, _FOUND)
        return ResultsJson(results=tuple(_result(one.passage, link) for one in found))

    def fetch(given: FetchGiven, caller: Caller) -> FetchedJson:
        clearance = services.callers.person(caller).clearance
        try:
            return _fetched(given.id, [reading.passage(services.chat.index, given.id, clearance)], link)
        except DocumentMissing:
            return _fetched(given.id, reading.document(services.chat.index, given.id, clearance), link)

    def ask(given: AskGiven, caller: Caller) -> AnswerJson:
        filters = Filters(collections=tuple(given.collections))
        return answer_json(answer_of(Asking(given.question, caller, "mcp", (), filters), services), link)

    def check(given: CheckGiven, caller: Caller) -> ChecksJson:
        return checked_text(given.text, given.sources, caller, services, link)

    return (
        Tool("search", "Search the documents", _SEARCH, "documents", SearchGiven, ResultsJson, find),
        Tool("fetch", "Read a passage or a document", _FETCH, "documents", FetchGiven, FetchedJson, fetch),
        Tool("ask", "Ask the documents", _ASK, "ask", AskGiven, AnswerJson, ask),
        Tool("check", "Check a text against the documents", _CHECK, "ask", CheckGiven, ChecksJson, check),
    )


_SEARCH = "Finds passages of the company's documents that are near to a question. Read them with fetch."
_FETCH = "Gives the words of a passage that search found, or of a whole document, with where they stand."
_ASK = (
    "Answers a question from the company's documents. Every statement is checked and names the exact words it rests on "
    "(citations, with a link); `outcome` says whether the documents answer it at all. State nothing else as theirs."
)
_CHECK = (
    "Holds each sentence of a text against the company's documents: supported, unsupported or contradicted, with the "
    "words and the source. Use it on an answer before you give it."
)


def _result(passage: Passage, link: LinkOf) -> ResultJson:
    shown = passage_json(passage, link)
    title = " · ".join(filter(None, [shown.title, shown.place]))
    return ResultJson(id=shown.id, title=title, url=shown.url)


def _fetched(identity: UUID, passages: list[Passage], link: LinkOf) -> FetchedJson:
    first, last = passages[0], passages[-1]
    shown = passage_json(first, link)
    metadata = {
        "collection": first.collection, "document": first.document, "document_id": shown.document_id,
        "version": first.version, "place": shown.place, "language": first.language,
        "superseded_by": first.superseded_by or "",
    }  # fmt: skip
    return FetchedJson(
        id=str(identity), title=shown.title, text="\n\n".join(one.text for one in passages),
        url=link(first, first.start, last.end), metadata=metadata,
    )  # fmt: skip
