"""OpenAI's interface: models and chat completions, so that clients which speak it can ask the documents."""

import logging
import time
from collections.abc import AsyncIterator, Generator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, StreamingResponse

from chatbot.domain import Answer, Event, Finished
from chatbot.identity.callers import Caller
from chatbot.web.api.access import caller_for, link_to
from chatbot.web.api.answer_json import LinkOf, answer_json
from chatbot.web.api.asking import Asking, answer_of, events_of
from chatbot.web.api.failures import said_of
from chatbot.web.api.openai_growing import Growing
from chatbot.web.api.openai_messages import MODEL, ChatBody, language_of, model_json, question_of
from chatbot.web.api.openai_text import Annotation, Text, text_of
from chatbot.web.api.streaming import HEADERS, begun, compact, event_line, stepped
from chatbot.web.services import ApiServices
from config.errors import DocumentMissing, FundstelleError
from config.messages import message, reader_language


def chat_routes(services: ApiServices) -> APIRouter:
    """Routes of scope ask in the shapes of OpenAI's interface."""
    router = APIRouter(tags=["openai"])
    Allowed = Annotated[Caller, Depends(caller_for(services, "ask"))]
    link, started = link_to(services), int(time.time())

    @router.get("/models", summary="Models")
    def models(caller: Allowed) -> dict[str, Any]:
        """The one model that there is: this program over the documents that the caller may see."""
        return {"object": "list", "data": [model_json(started)]}

    @router.get("/models/{model}", summary="A model")
    def model(model: str, caller: Allowed) -> dict[str, Any]:
        """The model by its name."""
        check_model(model)
        return model_json(started)

    @router.post("/chat/completions", summary="Ask by a chat completion")
    def complete(body: ChatBody, request: Request, caller: Allowed) -> Any:
        """The last message of the user is the question, the others are its history. The text has a number behind each
        statement, `annotations` its sources; the typed answer stands in `fundstelle`."""
        check_model(body.model)
        question, turns = question_of(body.messages)
        asking = Asking(question, caller, "openai", turns)
        if not body.stream:
            return JSONResponse(completion(answer_of(asking, services), link))
        usage = bool(body.stream_options and body.stream_options.include_usage)
        growing = Growing(language_of(question, turns), link)
        events = begun(events_of(asking, services))
        lines = _chunks(events, growing, link, usage, request.headers.get("accept-language", ""))
        return StreamingResponse(lines, media_type="text/event-stream", headers=HEADERS)

    return router


def check_model(name: str) -> None:
    """Refuse a model of another name.

    Raises:
        DocumentMissing: there is only the one.
    """
    if name != MODEL:
        raise DocumentMissing("api.no_model", model=name[:100], known=MODEL)


def completion(answer: Answer, link: LinkOf) -> dict[str, Any]:
    """An answer as a chat completion."""
    text = text_of(answer, link)
    said = {"role": "assistant", "content": text.content, "refusal": None, "annotations": cited(text)}
    return {
        **_head(answer.record, "chat.completion", int(answer.asked.timestamp())),
        "choices": [{"index": 0, "message": said, "logprobs": None, "finish_reason": "stop"}],
        "usage": _usage(answer),
        MODEL: answer_json(answer, link).model_dump(mode="json"),
    }


def cited(text: Text) -> list[dict[str, Any]]:
    """The annotations of a text as chat completions have them."""
    return [{"type": "url_citation", "url_citation": one} for one in map(place_json, text.annotations)]


def place_json(annotation: Annotation) -> dict[str, Any]:
    """Where a text cites an address."""
    return {
        "start_index": annotation.start,
        "end_index": annotation.end,
        "title": annotation.title,
        "url": annotation.url,
    }


async def _chunks(
    events: Generator[Event, None, None], growing: Growing, link: LinkOf, usage: bool, accept_language: str
) -> AsyncIterator[str]:
    head = _head("", "chat.completion.chunk", int(time.time()))

    def chunk(delta: dict[str, Any], finish: str | None = None, **more: Any) -> str:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return event_line("", compact({**head, "choices": [choice], **more}))

    try:
        yield chunk({"role": "assistant", "content": ""})
        async for event in stepped(events):
            if not isinstance(event, Finished):
                if new := growing.take(event):
                    yield chunk({"content": new})
                continue
            whole, rest = growing.finish(event.answer)
            if rest:
                yield chunk({"content": rest})
            head["id"] = f"chatcmpl-{event.answer.record}"
            typed = answer_json(event.answer, link).model_dump(mode="json")
            yield chunk({"annotations": cited(whole)}, "stop", **{MODEL: typed})
            if usage:
                yield event_line("", compact({**head, "choices": [], "usage": _usage(event.answer)}))
        yield event_line("", "[DONE]")
    except FundstelleError as error:
        failed = {"message": said_of(error, accept_language), "code": error.key, "type": "server_error"}
        yield event_line("", compact({"error": failed}))
    except Exception:  # the program reads a sentence, the operator the trace
        logging.getLogger(__name__).exception("a program's question failed")
        said = message("page.unexpected", reader_language(accept_language))
        yield event_line("", compact({"error": {"message": said, "code": "unexpected", "type": "server_error"}}))


def _head(record: str, kind: str, created: int) -> dict[str, Any]:
    return {"id": f"chatcmpl-{record}", "object": kind, "created": created, "model": MODEL}


def _usage(answer: Answer) -> dict[str, int]:
    """The engine's own count; nothing where no model was asked."""
    return {
        "prompt_tokens": answer.prompt_tokens,
        "completion_tokens": answer.answer_tokens,
        "total_tokens": answer.prompt_tokens + answer.answer_tokens,
    }
