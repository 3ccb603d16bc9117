"""REST: documents and passages that the caller may see, to list, to search and to read."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from chatbot.identity.callers import Caller
from chatbot.rendering.labels import part_label
from chatbot.retrieval import reading
from chatbot.web.api.access import caller_for, link_to
from chatbot.web.api.answer_json import LinkOf, Public, Span
from chatbot.web.api.asking import Name, Words
from chatbot.web.api.searching import Found, search
from chatbot.web.services import ApiServices
from ingest.documents import Metadata, Passage
from ingest.index.filters import Filters

_MOST, _MOST_FOUND = 500, 20


class CollectionJson(Public):
    """A collection, with how many of its documents the caller may see."""

    name: str
    documents: int


class CollectionsJson(Public):
    collections: tuple[CollectionJson, ...]


class DocumentJson(Public):
    """A document. `about` is what is known of it, such as title, author and the dates between which it counts."""

    id: str
    collection: str
    document: str
    version: str = Field(description="SHA-256 of the file")
    passages: int
    about: dict[str, str]


class DocumentsJson(Public):
    """Documents by path. `next` is where the list goes on, as the parameter `after`; empty at its end."""

    documents: tuple[DocumentJson, ...]
    next: str


class PassageJson(Public):
    """A passage with its place. `span` counts characters of the version's extracted text."""

    id: str
    document_id: str
    collection: str
    document: str
    version: str
    title: str
    place: str
    page: int | None
    section: str
    language: str
    text: str
    span: Span
    superseded_by: str | None
    url: str


class WholeDocumentJson(Public):
    """A document with its passages, in order."""

    document: DocumentJson
    passages: tuple[PassageJson, ...]


class FoundJson(Public):
    """A passage that was found; scores compare within one search."""

    score: float
    passage: PassageJson


class SearchJson(Public):
    results: tuple[FoundJson, ...]


def document_routes(services: ApiServices) -> APIRouter:
    """Routes of scope documents."""
    router = APIRouter(tags=["documents"])
    allowed, link, index = caller_for(services, "documents"), link_to(services), services.chat.index
    Allowed = Annotated[Caller, Depends(allowed)]

    @router.get("/collections", summary="Collections")
    def collections(caller: Allowed) -> CollectionsJson:
        """Collections in which the caller may see a document."""
        counted = reading.collections(index, services.callers.person(caller).clearance)
        return CollectionsJson(collections=tuple(CollectionJson(name=n, documents=c) for n, c in counted.items()))

    @router.get("/documents", summary="Documents of a collection")
    def documents(
        caller: Allowed, collection: Name, after: str = "", limit: Annotated[int, Query(ge=1, le=_MOST)] = 100
    ) -> DocumentsJson:
        """Documents of a collection that the caller may see, by path."""
        found, more = reading.documents(index, collection, services.callers.person(caller).clearance, limit, after)
        return DocumentsJson(documents=tuple(map(_listed, found)), next=found[-1].path if more else "")

    @router.get("/documents/{document_id}", summary="A document with its passages")
    def document(caller: Allowed, document_id: UUID) -> WholeDocumentJson:
        """What the index holds of a document: its words, passage by passage."""
        passages = reading.document(index, document_id, services.callers.person(caller).clearance)
        first = passages[0]
        about = DocumentJson(
            id=str(first.document_id), collection=first.collection, document=first.document, version=first.version,
            passages=len(passages), about=_about(first.about),
        )  # fmt: skip
        return WholeDocumentJson(document=about, passages=tuple(passage_json(one, link) for one in passages))

    @router.get("/passages/{passage_id}", summary="A passage")
    def passage(caller: Allowed, passage_id: UUID) -> PassageJson:
        """One passage by its id."""
        return passage_json(reading.passage(index, passage_id, services.callers.person(caller).clearance), link)

    @router.get("/search", summary="Find passages")
    def found(
        caller: Allowed,
        query: Annotated[Words, Query()],
        collection: Annotated[list[Name] | None, Query()] = None,
        limit: Annotated[int, Query(ge=1, le=_MOST_FOUND)] = 10,
    ) -> SearchJson:
        """Passages near to a question, best first. Nothing is answered; each search counts as a question."""
        filters = Filters(collections=tuple(collection or ()))
        results = search(query, caller, services, limit, filters)
        return SearchJson(results=tuple(_found(one, link) for one in results))

    return router


def passage_json(passage: Passage, link: LinkOf) -> PassageJson:
    """The public form of a passage.

    Args:
        passage: that the reader may see.
        link: gives the address of a span.
    """
    return PassageJson(
        id=str(passage.id), document_id=str(passage.document_id), collection=passage.collection,
        document=passage.document, version=passage.version, title=passage.title or passage.document,
        place=part_label(passage, None, "en"), page=passage.page, section=passage.section, language=passage.language,
        text=passage.text, span=Span(start=passage.start, end=passage.end), superseded_by=passage.superseded_by,
        url=link(passage, passage.start, passage.end),
    )  # fmt: skip


def _listed(one: reading.Listed) -> DocumentJson:
    return DocumentJson(
        id=str(one.id), collection=one.collection, document=one.path, version=one.version, passages=one.passages,
        about=_about(one.about),
    )  # fmt: skip


def _about(about: Metadata) -> dict[str, str]:
    return {name: str(value.value) for name in Metadata.model_fields if (value := getattr(about, name))}


def _found(one: Found, link: LinkOf) -> FoundJson:
    return FoundJson(score=round(one.score, 6), passage=passage_json(one.passage, link))
