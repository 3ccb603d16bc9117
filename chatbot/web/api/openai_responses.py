"""OpenAI's newer interface, responses: the same answer in other shapes."""

import logging
import re
from collections.abc import AsyncIterator, Generator
from itertools import count
from typing import Annotated, Any
from uuid import uuid4

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, StreamingResponse

from chatbot.domain import Answer, Event, Finished, Turn
from chatbot.identity.callers import Caller
from chatbot.web.api.access import caller_for, link_to
from chatbot.web.api.answer_json import LinkOf, answer_json
from chatbot.web.api.asking import Asking, answer_of, events_of
from chatbot.web.api.failures import said_of
from chatbot.web.api.openai_chat import check_model, place_json
from chatbot.web.api.openai_growing import Growing
from chatbot.web.api.openai_messages import MODEL, Message, ResponseBody, language_of, question_of
from chatbot.web.api.openai_text import Text, text_of
from chatbot.web.api.streaming import HEADERS, begun, compact, event_line, stepped
from chatbot.web.services import ApiServices
from config.errors import FundstelleError
from config.messages import message, reader_language

_EARLIER = re.compile(r"resp_([0-9a-f-]{36})")


def response_routes(services: ApiServices) -> APIRouter:
    """The route of responses; scope ask."""
    router = APIRouter(tags=["openai"])
    Allowed = Annotated[Caller, Depends(caller_for(services, "ask"))]
    link = link_to(services)

    @router.post("/responses", summary="Ask by a response")
    def respond(body: ResponseBody, request: Request, caller: Allowed) -> Any:
        """As a chat completion; `previous_response_id` goes on with an earlier answer of the same caller."""
        check_model(body.model)
        messages = [Message(role="user", content=body.input)] if isinstance(body.input, str) else body.input
        question, turns = question_of(messages)
        turns = (*_earlier(services, body.previous_response_id), *turns)
        asking = Asking(question, caller, "openai", turns)
        if not body.stream:
            return JSONResponse(response(answer_of(asking, services), link))
        growing = Growing(language_of(question, turns), link)
        lines = _lines(begun(events_of(asking, services)), growing, link, request.headers.get("accept-language", ""))
        return StreamingResponse(lines, media_type="text/event-stream", headers=HEADERS)

    return router


def response(answer: Answer, link: LinkOf) -> dict[str, Any]:
    """An answer as a response."""
    item = _item(answer.record, text_of(answer, link))
    return _response(f"resp_{answer.record}", "completed", int(answer.asked.timestamp()), [item], answer) | {
        MODEL: answer_json(answer, link).model_dump(mode="json")
    }


def _earlier(services: ApiServices, identity: str | None) -> tuple[Turn, ...]:
    """The turn of an earlier answer; that it is the caller's own is checked where the question is answered."""
    known = _EARLIER.fullmatch(identity or "")
    before = services.chat.records.answer(known[1]) if known else None
    if before is None:
        return ()
    said = " ".join(statement.text for statement in before.statements)
    return (Turn(question=before.standalone_question, answer=said, record=before.record),)


async def _lines(
    events: Generator[Event, None, None], growing: Growing, link: LinkOf, accept_language: str
) -> AsyncIterator[str]:
    numbers, key = count(), uuid4().hex
    at = {"item_id": f"msg_{key}", "output_index": 0, "content_index": 0}

    def line(kind: str, **more: Any) -> str:
        return event_line(kind, compact({"type": kind, "sequence_number": next(numbers), **more}))

    begun_one = _response(f"resp_{key}", "in_progress", 0, [], None)
    try:
        yield line("response.created", response=begun_one)
        yield line("response.in_progress", response=begun_one)
        yield line("response.output_item.added", output_index=0, item=_item(key, None))
        yield line("response.content_part.added", **at, part=_part(Text("")))
        async for event in stepped(events):
            if not isinstance(event, Finished):
                if new := growing.take(event):
                    yield line("response.output_text.delta", **at, delta=new, logprobs=[])
                continue
            whole, rest = growing.finish(event.answer)
            if rest:
                yield line("response.output_text.delta", **at, delta=rest, logprobs=[])
            part = _part(whole)
            for index, one in enumerate(part["annotations"]):
                yield line("response.output_text.annotation.added", **at, annotation_index=index, annotation=one)
            yield line("response.output_text.done", **at, text=whole.content, logprobs=[])
            yield line("response.content_part.done", **at, part=part)
            yield line("response.output_item.done", output_index=0, item=_item(key, whole))
            yield line("response.completed", response=response(event.answer, link))
    except FundstelleError as error:
        yield line("error", code=error.key, message=said_of(error, accept_language), param=None)
    except Exception:  # the program reads a sentence, the operator the trace
        logging.getLogger(__name__).exception("a program's question failed")
        said = message("page.unexpected", reader_language(accept_language))
        yield line("error", code="unexpected", message=said, param=None)


def _response(identity: str, status: str, created: int, output: list[Any], answer: Answer | None) -> dict[str, Any]:
    usage = None
    if answer:
        usage = {
            "input_tokens": answer.prompt_tokens, "input_tokens_details": {"cached_tokens": 0},
            "output_tokens": answer.answer_tokens, "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": answer.prompt_tokens + answer.answer_tokens,
        }  # fmt: skip
    return {
        "id": identity, "object": "response", "created_at": created, "status": status, "error": None,
        "incomplete_details": None, "instructions": None, "metadata": {}, "model": MODEL, "output": output,
        "parallel_tool_calls": False, "temperature": None, "top_p": None, "tool_choice": "none", "tools": [],
        "usage": usage,
    }  # fmt: skip


def _item(key: str, text: Text | None) -> dict[str, Any]:
    status = "in_progress" if text is None else "completed"
    content = [] if text is None else [_part(text)]
    return {"type": "message", "id": f"msg_{key}", "status": status, "role": "assistant", "content": content}


def _part(text: Text) -> dict[str, Any]:
    annotations = [{"type": "url_citation", **place_json(one)} for one in text.annotations]
    return {"type": "output_text", "text": text.content, "annotations": annotations, "logprobs": []}
