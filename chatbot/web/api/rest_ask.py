"""REST: a question, answered as one JSON object or by server-sent events."""

import logging
from collections.abc import AsyncIterator, Generator
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from chatbot.domain import Drafted, Event, Finished, Judged, Noticed, Retrieved, Source, Understood
from chatbot.identity.callers import Caller
from chatbot.web.api.access import caller_for, link_to
from chatbot.web.api.answer_json import AnswerJson, LinkOf, answer_json, source_json, statement_json
from chatbot.web.api.asking import Asking, QuestionBody, Words, answer_of, events_of
from chatbot.web.api.checking import ChecksJson, checked_text
from chatbot.web.api.failures import said_of
from chatbot.web.api.streaming import HEADERS, begun, compact, event_line, stepped
from chatbot.web.services import ApiServices
from config.errors import FundstelleError
from config.messages import message, reader_language

_STREAM = "text/event-stream"
_EVENTS = "understood, retrieved, drafted, judged, noticed, finished; or failed"


class CheckBody(BaseModel):
    """What is to be checked."""

    model_config = ConfigDict(extra="forbid")

    text: Words
    sources: list[UUID] = Field(
        default_factory=list, max_length=20, description="ids of passages or documents that alone count"
    )


def ask_routes(services: ApiServices) -> APIRouter:
    """Routes of scope ask."""
    router = APIRouter(tags=["ask"])
    allowed = caller_for(services, "ask")
    link = link_to(services)

    @router.post(
        "/ask",
        summary="Ask the documents",
        response_model=AnswerJson,
        responses={200: {"content": {_STREAM: {"schema": {"type": "string", "description": _EVENTS}}}}},
    )
    def ask(body: QuestionBody, request: Request, caller: Annotated[Caller, Depends(allowed)]) -> Any:
        """One question, answered from what the caller may see. It leaves a record.

        Stated are only sentences that the documents say, each with the words it rests on. With `stream`, or with
        `Accept: text/event-stream`, what happens on the way comes as server-sent events.
        """
        asking = Asking(body.question, caller, "rest", body.turns, body.filters)
        if not body.stream and _STREAM not in request.headers.get("accept", ""):
            given = answer_json(answer_of(asking, services), link)
            return JSONResponse(given.model_dump(mode="json"))
        lines = _lines(begun(events_of(asking, services)), link, request.headers.get("accept-language", ""))
        return StreamingResponse(lines, media_type=_STREAM, headers=HEADERS)

    @router.post("/check", summary="Check a text against the documents")
    def check(body: CheckBody, caller: Annotated[Caller, Depends(allowed)]) -> ChecksJson:
        """Each sentence of a text, such as another assistant's answer, with its verdict and the words that decide.

        It is verified as the answers here are, and against what the caller may see. It leaves a record.
        """
        return checked_text(body.text, body.sources, caller, services, link)

    return router


async def _lines(events: Generator[Event, None, None], link: LinkOf, accept_language: str) -> AsyncIterator[str]:
    sources: tuple[Source, ...] = ()
    try:
        async for event in stepped(events):
            sources = event.sources if isinstance(event, Retrieved) else sources
            yield event_line(*_named(event, sources, link))
    except FundstelleError as error:
        yield event_line("failed", compact({"code": error.key, "message": said_of(error, accept_language)}))
    except Exception:  # the program reads a sentence, the operator the trace
        logging.getLogger(__name__).exception("a program's question failed")
        said = message("page.unexpected", reader_language(accept_language))
        yield event_line("failed", compact({"code": "unexpected", "message": said}))


def _named(event: Event, sources: tuple[Source, ...], link: LinkOf) -> tuple[str, str]:
    """Name and JSON of an event."""
    match event:
        case Understood():
            return "understood", compact({"question": event.standalone_question})
        case Retrieved():
            shown = [source_json(source, link).model_dump(mode="json") for source in event.sources]
            return "retrieved", compact({"id": event.record, "sources": shown})
        case Drafted():
            return "drafted", compact({"index": event.index, "text": event.text})
        case Judged():
            judged = statement_json(event.statement, sources, link).model_dump(mode="json")
            return "judged", compact({"index": event.index, "statement": judged})
        case Noticed():
            return "noticed", compact({"text": event.text})
        case Finished():
            return "finished", answer_json(event.answer, link).model_dump_json()
