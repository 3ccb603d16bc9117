"""What somebody reads who may not pass: a page in a browser, a sentence in an open page, a word for a program."""

from functools import cache
from typing import Any, Literal, NamedTuple

from chatbot.identity import Role, SignedIn
from chatbot.identity.providers import Pages
from chatbot.web.shell.templates import Templates
from config.messages import message, reader_language

Why = Literal["signed_out", "factor", "password", "terms", "group", "policy", "files", "tabs"] | Role
_WORDS = {401: "Unauthorized", 403: "Forbidden", 429: "Too Many Requests", 503: "Service Unavailable"}


class Refusal(NamedTuple):
    """Why a request does not pass.

    Attributes:
        status: of the answer.
        why: what is missing; a role where the part of the page is for that role.
        instead: where a browser goes to mend it, "" where there is no such place.
    """

    status: int
    why: Why
    instead: str = ""


async def refuse(
    scope: Any, receive: Any, send: Any, refusal: Refusal, person: SignedIn | None, pages: Pages, responsible: str
) -> None:
    """Answer a request that may not pass.

    Args:
        scope: of the request, as are `receive` and `send`.
        receive: not used up.
        send: takes the answer.
        refusal: why.
        person: who asks, as far as known.
        pages: on which people sign in and out.
        responsible: whom to ask, "" where the settings name nobody.
    """
    from starlette.datastructures import Headers
    from starlette.responses import JSONResponse, PlainTextResponse, Response

    headers = Headers(scope=scope)
    language = headers.get("accept-language", "")
    response: Response
    if refusal.why == "files":
        response = PlainTextResponse(_WORDS[refusal.status], status_code=refusal.status)
    elif scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
        response = _led(refusal, language, person, pages, responsible)
    elif "/gradio_api/" in scope["path"]:
        said = message(f"refused.{refusal.why}", reader_language(language))
        # The open page shows `detail` or `error`, but at a 503 a text of its own about being busy.
        status = 500 if refusal.status == 503 else refusal.status
        said_twice = {"detail": said, "error": said, "why": refusal.why}
        response = JSONResponse(said_twice, status_code=status, headers={"x-refused": refusal.why})
    else:
        response = PlainTextResponse(_WORDS[refusal.status], status_code=refusal.status)
    response.headers["cache-control"] = "no-store"
    await response(scope, receive, send)


def _led(refusal: Refusal, language: str, person: SignedIn | None, pages: Pages, responsible: str) -> Any:
    """A browser goes where what is missing can be mended, or shows a page that says what is."""
    from starlette.responses import RedirectResponse

    if refusal.instead:
        return RedirectResponse(refusal.instead, status_code=303)
    leave = person is not None and pages != "none"
    page = _templates().page("refused", language, why=refusal.why, person=person, leave=leave, responsible=responsible)
    page.status_code = refusal.status
    return page


@cache
def _templates() -> Templates:
    return Templates()
