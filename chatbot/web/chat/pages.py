"""Routes of the chat page: its script and style, and what is kept of conversations, as pieces of HTML."""

from datetime import datetime
from importlib.resources import files
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response
from fastapi.responses import HTMLResponse

from chatbot.domain import Person
from chatbot.records.conversations import Step
from chatbot.records.titles import hide, rename
from chatbot.web.chat.article import article, sources_of
from chatbot.web.chat.conversation import Exchange
from chatbot.web.chat.feedback import Opinions
from chatbot.web.chat.footnotes import as_report
from chatbot.web.chat.frame import frame
from chatbot.web.chat.limit import limit_chip, names_of
from chatbot.web.chat.listing import listing
from chatbot.web.chat.named_files import named_files
from chatbot.web.chat.reading_order import answer_in_reading_order
from chatbot.web.chat.running import RunningAnswers
from chatbot.web.chat.start import start
from chatbot.web.security.same_site import same_site
from chatbot.web.services import ChatServices
from chatbot.web.shell.forms import Language, Note, Text
from config.errors import RecordMissing
from config.messages import reader_language

# What the page's script is made of; `main` asks for the others.
_SCRIPT = (
    "acts", "conversations", "dom", "layout", "limit", "main", "sources", "state", "turns",
)  # fmt: skip
_FRESH = {"cache-control": "no-store"}


def chat_pages(services: ChatServices, answers: RunningAnswers) -> APIRouter:
    """Routes for what the page's script asks for.

    Args:
        services: that keep conversations.
        answers: that are being written.
    """
    router = APIRouter()
    _add_files(router)
    _add_conversations(router, services, answers)
    _add_answers(router, services, answers)
    return router


def _add_files(router: APIRouter) -> None:
    folder = files("chatbot.web.chat")

    def served(name: str, kind: str) -> Response:
        text = folder.joinpath(name).read_text(encoding="utf-8")
        return Response(text, media_type=kind, headers={"cache-control": "no-cache"})

    @router.get("/chat/{part}.js")
    def script(part: str) -> Response:
        if part not in _SCRIPT:
            raise HTTPException(status_code=404)
        return served(f"script/{part}.js", "text/javascript")

    @router.get("/chat.css")
    def style() -> Response:
        return served("chat.css", "text/css")


def _add_conversations(router: APIRouter, services: ChatServices, answers: RunningAnswers) -> None:
    known = services.conversations

    @router.get("/chat/frame")
    def framed(accept_language: Language = "") -> HTMLResponse:
        return _piece(frame(reader_language(accept_language)))

    @router.get("/chat/start")
    def begin(request: Request, accept_language: Language = "") -> HTMLResponse:
        return _piece(start(services, _person(services, request), reader_language(accept_language)))

    @router.get("/chat/document/{identity}")
    def limited(request: Request, identity: UUID, accept_language: Language = "") -> HTMLResponse:
        name = names_of([identity], _person(services, request), services).get(identity)
        if name is None:
            raise HTTPException(status_code=404)
        return _piece(limit_chip(name, reader_language(accept_language)))

    @router.get("/conversations")
    def listed(
        request: Request, search: str = "", hidden: bool = False, accept_language: Language = ""
    ) -> HTMLResponse:
        found = known.listed(_person(services, request), search, hidden)
        now = datetime.now().astimezone()
        return _piece(listing(found, now, bool(search.strip()), reader_language(accept_language), hidden))

    @router.get("/conversations/{identity}")
    def one(request: Request, identity: UUID, after: str = "", accept_language: Language = "") -> HTMLResponse:
        person, language = _person(services, request), reader_language(accept_language)
        steps = known.steps(str(identity), person, after)
        if not steps and not after:
            raise RecordMissing("conversation.missing")
        names = names_of((document for step in steps for document in step.documents), person, services)
        articles = (
            article(
                step, str(identity), language, _live(answers, step), names,
                () if step.documents else named_files(step.question, person, services),
            )
            for step in steps
        )  # fmt: skip
        return _piece("".join(articles))

    @router.post("/conversations/{identity}/title", dependencies=[Depends(same_site)])
    def renamed(request: Request, identity: UUID, title: Annotated[Text, Form()] = "") -> Response:
        rename(known, str(identity), _person(services, request), title)
        return Response(status_code=204)

    @router.post("/conversations/{identity}/hidden", dependencies=[Depends(same_site)])
    def hidden(request: Request, identity: UUID, hidden: Annotated[bool, Form()]) -> Response:
        hide(known, str(identity), _person(services, request), hidden)
        return Response(status_code=204)


def _add_answers(router: APIRouter, services: ChatServices, answers: RunningAnswers) -> None:
    known, opinions = services.conversations, Opinions(services)

    @router.get("/answers/{record}/sources")
    def sources(request: Request, record: UUID, accept_language: Language = "") -> HTMLResponse:
        step = known.step(str(record), _person(services, request))
        return _piece(sources_of(step, reader_language(accept_language), _live(answers, step)))

    @router.post("/answers/{record}/stop", dependencies=[Depends(same_site)])
    def stopped(request: Request, record: UUID) -> Response:
        known.step(str(record), _person(services, request))  # the person's own
        if running := answers.of_record(str(record)):
            running.stop()
        return Response(status_code=204)

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


def _live(answers: RunningAnswers, step: Step) -> Exchange | None:
    running = answers.of_record(step.record) if step.state == "open" else None
    return running.latest if running else None


def _piece(html: str) -> HTMLResponse:
    return HTMLResponse(html, headers=_FRESH)
