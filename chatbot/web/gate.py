"""Every request passes here first: who it is from, and whether this part of the page is theirs."""

import logging
from typing import Any, Literal
from urllib.parse import quote

from chatbot.identity import Role, SignedIn
from chatbot.identity.providers import Identity
from chatbot.wiring import Product
from config.errors import FundstelleError

Rule = Literal["everyone", "signed_in"] | Role
SIGN_IN, PASSWORD, SIGN_OUT, TERMS = "/sign-in", "/password", "/sign-out", "/terms"
# The first that fits counts; what none of them names is for employees.
RULES: tuple[tuple[str, Rule], ...] = (
    ("/health", "everyone"),
    ("/pages.css", "everyone"),
    ("/favicon.ico", "everyone"),
    (SIGN_IN, "everyone"),
    ("/set-up", "everyone"),
    (SIGN_OUT, "signed_in"),
    (PASSWORD, "signed_in"),
    (TERMS, "signed_in"),
    ("/about", "signed_in"),
    ("/admin", "admin"),
    ("/audit", "auditor"),
    ("/", "employee"),
)


def rule_for(path: str) -> Rule:
    """Who may reach an address; the routes below a prefix go with it."""
    return next(rule for prefix, rule in RULES if prefix == "/" or path == prefix or path.startswith(f"{prefix}/"))


def home(person: SignedIn) -> str:
    """The part of the page that is the person's."""
    if "employee" in person.roles:
        return "/"
    return "/admin" if "admin" in person.roles else "/audit"


class Gate:
    """ASGI middleware that lets in who may come in, and tells the routes who it is.

    Args:
        app: the application inside.
        identity: knows the person of a request.
        built: whose policy says who may use the assistant.
    """

    def __init__(self, app: Any, identity: Identity, built: Product) -> None:
        self._app, self._identity, self._built = app, identity, built

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        from starlette.concurrency import run_in_threadpool

        person: SignedIn | None = None
        refusal: tuple[int, str] | None
        try:
            person = await run_in_threadpool(self._identity.person_of, scope)
            refusal = self._refusal(scope["path"], person)
        except FundstelleError as error:  # a policy that cannot be read lets nobody in
            logging.getLogger(__name__).error("%s", error)
            refusal = None if rule_for(scope["path"]) == "everyone" else (503, "")
        if refusal is None and "/gradio_api/upload" in scope["path"]:
            refusal = 403, ""  # no part of the page takes files
        if refusal is None:
            scope.setdefault("state", {})["person"] = person
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await _refuse(scope, receive, send, *refusal)

    def _refusal(self, path: str, person: SignedIn | None) -> tuple[int, str] | None:
        """Status and where to go instead, None where the person may pass."""
        rule = rule_for(path)
        if rule == "everyone":
            return None
        if person is None:
            return 401, f"{SIGN_IN}?next={quote(path, safe='/')}" if self._identity.pages != "none" else ""
        if person.must_change and path not in (PASSWORD, SIGN_OUT):
            return 403, PASSWORD
        if path not in (TERMS, PASSWORD, SIGN_OUT) and not self._built.has_accepted_terms(person):
            return 403, TERMS
        if rule == "signed_in":
            return None
        if rule not in person.roles or (rule == "employee" and not self._built.may_use(person)):
            return 403, ""
        return None


async def _refuse(scope: Any, receive: Any, send: Any, status: int, instead: str) -> None:
    from starlette.responses import PlainTextResponse, RedirectResponse, Response

    said = {401: "Unauthorized", 403: "Forbidden", 503: "Service Unavailable"}
    headers = {name.lower(): value for name, value in scope["headers"]}
    response: Response
    if instead and scope["method"] == "GET" and b"text/html" in headers.get(b"accept", b""):
        response = RedirectResponse(instead, status_code=303)
    else:
        response = PlainTextResponse(said[status], status_code=status)
    response.headers["cache-control"] = "no-store"
    await response(scope, receive, send)
