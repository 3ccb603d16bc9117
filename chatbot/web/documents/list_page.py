"""The documents page: what somebody may see, to be narrowed, searched and opened."""

from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from chatbot.retrieval.full_text import MOST, Found
from chatbot.web.documents.facts import facts_of
from chatbot.web.documents.find_words import LONGEST, find_words
from chatbot.web.documents.listing import FACETS, Listing, Narrowed, listing
from chatbot.web.documents.text import Piece
from chatbot.web.services import ChatServices
from chatbot.web.shell.forms import Language, page_number
from chatbot.web.shell.templates import Templates
from config.access import Clearance
from config.errors import IndexUnavailable
from config.messages import Language as Reader
from config.messages import reader_language
from ingest.db.shown_documents import ShownDocument
from ingest.index.store import PassageStore

_PAGE = 25
_NOTHING = Listing((), {name: () for name in FACETS}, True)


class Line(NamedTuple):
    """A document as the list shows it."""

    document: ShownDocument
    address: str
    facts: str
    passages: int
    excerpt: tuple[Piece, ...]


def documents_page(services: ChatServices, templates: Templates) -> APIRouter:
    """The route of the list.

    Args:
        services: that know who may see what.
        templates: write the page.
    """
    router = APIRouter()

    @router.get("/documents", response_class=Response)
    def listed(
        request: Request,
        words: str = "",
        collection: str = "",
        type: str = "",
        department: str = "",
        valid: str = "",
        page: str = "",
        accept_language: Language = "",
    ) -> Any:
        wanted = Narrowed(" ".join(words[:LONGEST].split()), collection, type, department, valid == "1")
        clearance = services.people.person(request.state.person).clearance
        found, store = _found(services, clearance, wanted)
        last = max(1, -(-len(found.found) // _PAGE))
        number = page_number(page, last)
        shown = found.found[(number - 1) * _PAGE : number * _PAGE]
        language = reader_language(accept_language)
        lines = [_line(one, store, clearance, wanted.words, language) for one in shown] if store else []
        kept = {name: value for name, value in wanted._asdict().items() if value and name != "valid"}
        query = urlencode(kept | ({"valid": "1"} if wanted.valid else {}))
        return templates.page(
            "documents", accept_language, found=found, lines=lines, wanted=wanted, page=number, last=last,
            query=query, facets=FACETS, chosen=wanted._asdict(), most=MOST, narrowed=wanted != Narrowed(),
        )  # fmt: skip

    return router


def _found(services: ChatServices, clearance: Clearance, wanted: Narrowed) -> tuple[Listing, PassageStore | None]:
    """The list; empty while nothing is indexed."""
    try:
        generation = services.index.generation().name
    except IndexUnavailable as error:
        if error.key != "index.nothing":
            raise
        return _NOTHING, None
    store = services.index.open_store(generation)
    documents = services.index.shown.all(generation, clearance)
    return listing(documents, store, clearance, wanted, date.today()), store


def _line(one: Found, store: PassageStore, clearance: Clearance, words: str, language: Reader) -> Line:
    document = one.document
    excerpt: tuple[Piece, ...] = ()
    if one.passages:
        for passage in store.passages(one.passages[:1], clearance):
            if passage.version == document.found and (hits := find_words([passage], words)).shown:
                excerpt = hits.shown[0].pieces
    query = f"?{urlencode({'find': words})}" if one.passages else ""
    address = f"/documents/{document.found}{query}"
    return Line(document, address, facts_of(document, language), len(one.passages), excerpt)
