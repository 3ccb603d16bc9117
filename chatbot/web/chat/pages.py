"""Routes of the chat page: its script and style, and what is kept of conversations, as pieces of HTML."""

from datetime import datetime
from importlib.resources import files
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import HTMLResponse

from chatbot.domain import Person
from chatbot.records.titles import hide, rename
from chatbot.web.chat.article import article, sources_of
from chatbot.web.chat.feedback import Opinions
from chatbot.web.chat.footnotes import as_report
from chatbot.web.chat.frame import frame
from chatbot.web.chat.listing import listing
from chatbot.web.chat.reading_order import answer_in_reading_order
from chatbot.web.chat.start import start
from chatbot.web.security.same_site import same_site
from chatbot.web.services import ChatServices
from chatbot.web.shell.forms import Language, Note, Text
from config.errors import RecordMissing
from config.messages import reader_language

_FRESH = {"cache-control": "no-store"}


def chat_pages(services: ChatServices) -> APIRouter:
    """Routes for what the page's script asks for.

    Args:
        services: that keep conversations.
    """
    router = APIRouter()
    _add_files(router)
    _add_conversations(router, services)
    _add_answers(router, services)
    return router


def _add_files(router: APIRouter) -> None:
    kinds = {"chat.js": "text/javascript", "chat.css": "text/css"}

    def served(name: str) -> Response:
        text = files("chatbot.web.chat").joinpath(name).read_text(encoding="utf-8")
        return Response(text, media_type=kinds[name], headers={"cache-control": "no-cache"})

    @router.get("/chat.js")
    def script() -> Response:
        return served("chat.js")

    @router.get("/chat.css")
    def style() -> Response:
        return served("chat.css")


def _add_conversations(router: APIRouter, services: ChatServices) -> None:
    known = services.conversations

    @router.get("/chat/frame")
    def framed(accept_language: Language = "") -> HTMLResponse:
        return _piece(frame(reader_language(accept_language)))

    @router.get("/chat/start")
    def begin(request: Request, accept_language: Language = "") -> HTMLResponse:
        return _piece(start(services, _person(services, request), reader_language(accept_language)))

    @router.get("/conversations")
    def listed(request: Request, search: str = "", accept_language: Language = "") -> HTMLResponse:
        found = known.listed(_person(services, request), search)
        now = datetime.now().astimezone()
        return _piece(listing(found, now, bool(search.strip()), reader_language(accept_language)))

    @router.get("/conversations/{identity}")
    def one(request: Request, identity: UUID, after: str = "", accept_language: Language = "") -> HTMLResponse:
        steps = known.steps(str(identity), _person(services, request), after)
        if not steps and not after:
            raise RecordMissing("conversation.missing")
        language = reader_language(accept_language)
        return _piece("".join(article(step, str(identity), language) for step in steps))

    @router.post("/conversations/{identity}/title", dependencies=[Depends(same_site)])
    def renamed(request: Request, identity: UUID, title: Annotated[Text, Form()] = "") -> Response:
        rename(known, str(identity), _person(services, request), title)
        return Response(status_code=204)

    @router.post("/conversations/{identity}/hidden", dependencies=[Depends(same_site)])
    def hidden(request: Request, identity: UUID, hidden: Annotated[bool, Form()]) -> Response:
        hide(known, str(identity), _person(services, request), hidden)
        return Response(status_code=204)


def _add_answers(router: APIRouter, services: ChatServices) -> None:
    known, opinions = services.conversations, Opinions(services)

    @router.get("/answers/{record}/sources")
    def sources(request: Request, record: UUID, accept_language: Language = "") -> HTMLResponse:
        step = known.step(str(record), _person(services, request))
        return _piece(sources_of(step, reader_language(accept_language)))

    @router.get("/answers/{record}/export.pdf")
    def paper(request: Request, record: UUID, accept_language: Language = "") -> Response:
        from chatbot.rendering.pdf import as_pdf

        step = known.step(str(record), _person(services, request))
        if step.answer is None:
            raise RecordMissing("record.missing", record=record)
        given = answer_in_reading_order(step.answer)
        report = as_report(step.question, given, reader_language(accept_language))
        disposition = f'attachment; filename="fundstelle-{step.record[:8]}.pdf"'
        headers = {"content-disposition": disposition, **_FRESH}
        return Response(as_pdf(report), media_type="application/pdf", headers=headers)

    @router.post("/answers/{record}/feedback", dependencies=[Depends(same_site)])
    def rated(
        request: Request, record: UUID, value: Annotated[Literal["helpful", "wrong"], Form()], comment: Note = ""
    ) -> Any:
        said, taken = opinions.give(str(record), value, comment, request)
        return Response(said, status_code=200 if taken else 409, media_type="text/plain", headers=_FRESH)


def _person(services: ChatServices, request: Request) -> Person:
    return services.people.person(request.state.person)


def _piece(html: str) -> HTMLResponse:
    return HTMLResponse(html, headers=_FRESH)
