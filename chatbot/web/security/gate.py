"""Every request passes here first: who it is from, and whether this part of the page is theirs."""

import logging
from functools import partial
from typing import Any, Literal
from urllib.parse import quote

from chatbot.identity import Role, SignedIn
from chatbot.identity.callers import Callers
from chatbot.identity.people import People
from chatbot.web.security.doors import admit, is_door, measures, no_token, refuse_program, shown_token
from chatbot.web.security.networks import network
from chatbot.web.security.refusals import Refusal, refuse
from chatbot.web.security.streams import Streams, is_stream
from chatbot.web.shell.assets import ASSETS
from chatbot.web.shell.navigation import ACCESSIBILITY, Reader, reading
from chatbot.web.shell.preferences import PREFERENCES, chosen_theme
from config.errors import FundstelleError

Rule = Literal["everyone", "signed_in", "token", "reader"] | Role
SIGN_IN, PASSWORD, SIGN_OUT, TERMS = "/sign-in", "/password", "/sign-out", "/terms"
SECOND_FACTOR = "/second-factor"
# The first that fits counts; what none of them names is for employees.
RULES: tuple[tuple[str, Rule], ...] = (
    ("/health", "everyone"),
    ("/ready", "everyone"),
    # What programs may ask, people may read; but the doors themselves open to a token alone.
    ("/api/docs", "signed_in"),
    ("/api/openapi.json", "signed_in"),
    ("/api", "token"),
    ("/v1", "token"),
    ("/mcp", "token"),
    ("/metrics", "token"),
    *((f"/{name}", "everyone") for name in ASSETS),
    (PREFERENCES, "everyone"),
    (ACCESSIBILITY[1], "everyone"),
    ("/favicon.ico", "everyone"),
    (SIGN_IN, "everyone"),
    ("/set-up", "everyone"),
    (SIGN_OUT, "signed_in"),
    (PASSWORD, "signed_in"),
    (SECOND_FACTOR, "signed_in"),
    (TERMS, "signed_in"),
    ("/about", "signed_in"),
    ("/admin", "admin"),
    # A document and its pages: admins look at them beside their findings. What somebody sees of them, if anything, is
    # decided by the clearance.
    ("/documents/", "reader"),
    ("/pages", "reader"),
    ("/viewer.css", "reader"),
    ("/viewer.js", "reader"),
    ("/audit", "auditor"),
    ("/", "employee"),
)


def rule_for(path: str) -> Rule:
    """Who may reach an address; the routes below a prefix go with it, and those alone where it ends with a slash."""
    below = (rule for prefix, rule in RULES if path == prefix or path.startswith(f"{prefix.rstrip('/')}/"))
    return next(below, RULES[-1][1])  # a target such as `*` is below none


def home(person: SignedIn) -> str:
    """The part of the page that is the person's."""
    if "employee" in person.roles:
        return "/"
    return "/admin" if "admin" in person.roles else "/audit"


class Gate:
    """ASGI middleware that lets in who may come in, and tells the routes who it is.

    Args:
        app: the application inside.
        people: knows the person of a request, and who may do what.
        responsible: whom to ask about access.
        callers: know whom a program's token speaks for.
        metrics_from: networks that read the figures without a token.
        streams: counts answers that stay open; without it by the usual limits.
    """

    def __init__(
        self,
        app: Any,
        people: People,
        responsible: str,
        callers: Callers,
        metrics_from: tuple[str, ...] = (),
        streams: Streams | None = None,
    ) -> None:
        self._app, self._people, self._responsible = app, people, responsible
        self._callers, self._metrics_from = callers, metrics_from
        self._streams = streams or Streams()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if is_door(scope["path"]):
            secret = shown_token(scope)
            if secret is not None:
                await admit(self._app, self._callers, secret, scope, receive, send)
                return
            if measures(scope, self._metrics_from):
                await self._app(scope, receive, send)
                return
            if rule_for(scope["path"]) == "token":
                await refuse_program(scope, receive, send, 401, no_token())
                return
        from starlette.concurrency import run_in_threadpool

        person: SignedIn | None = None
        refusal: Refusal | None
        try:
            person = await run_in_threadpool(self._people.identity.person_of, scope)
            refusal = _refusal(self._people, person, scope["path"])
        except FundstelleError as error:  # a policy that cannot be read lets nobody in
            logging.getLogger(__name__).error("%s", error)
            refusal = None if rule_for(scope["path"]) == "everyone" else Refusal(503, "policy")
        if refusal is None and "/gradio_api/upload" in scope["path"]:
            refusal = Refusal(403, "files")
        with reading(self._reader(scope, person)):
            if refusal is None:
                scope.setdefault("state", {})["person"] = person
                if person is not None and is_stream(scope["path"]):
                    await self._stream(person, scope, receive, send)
                else:
                    await self._app(scope, receive, send)
            elif scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
            else:
                pages = self._people.identity.pages
                await refuse(scope, receive, send, refusal, person, pages, self._responsible)

    def _reader(self, scope: Any, person: SignedIn | None) -> Reader:
        identity = self._people.identity
        return Reader(
            partial(_reaches, self._people, person),
            person if identity.signs_in else None,
            identity.pages,
            scope["path"],
            scope["query_string"].decode("latin-1"),
            chosen_theme(scope),
        )

    async def _stream(self, person: SignedIn, scope: Any, receive: Any, send: Any) -> None:
        """An answer that stays open, while there is room for it and the person may have it."""
        address = network(scope["client"][0]) if scope.get("client") else ""
        with self._streams.opened(scope["path"], person.name, address) as is_room:
            if is_room:
                await self._streams.hold(self._app, scope, receive, send, partial(self._may_go_on, person.name, scope))
                return
            pages = self._people.identity.pages
            await refuse(scope, receive, send, Refusal(429, "tabs"), person, pages, self._responsible)

    async def _may_go_on(self, name: str, scope: Any) -> bool:
        from starlette.concurrency import run_in_threadpool

        try:
            person = await run_in_threadpool(self._people.identity.person_of, scope, False)
            return person is not None and person.name == name and _refusal(self._people, person, scope["path"]) is None
        except FundstelleError:  # a policy that cannot be read lets nobody in
            return False


def _refusal(people: People, person: SignedIn | None, path: str) -> Refusal | None:
    """Why somebody may not pass, None where the person may."""
    rule = rule_for(path)
    if rule == "everyone":
        return None
    if rule == "token":  # a session is no token
        return Refusal(401, "signed_out")
    if person is None:
        door = _with_way_back(SIGN_IN, path) if people.identity.pages != "none" else ""
        return Refusal(401, "signed_out", door)
    if person.factor:
        is_open = path in (SECOND_FACTOR, SIGN_OUT)
        return None if is_open else Refusal(403, "factor", _with_way_back(SECOND_FACTOR, path))
    if person.must_change and path not in (PASSWORD, SIGN_OUT):
        return Refusal(403, "password", PASSWORD)
    if path not in (TERMS, PASSWORD, SIGN_OUT) and not people.has_accepted_terms(person):
        return Refusal(403, "terms", TERMS)
    if rule == "signed_in" or (rule == "reader" and "admin" in person.roles):
        return None
    rule = "employee" if rule == "reader" else rule
    if rule not in person.roles:
        return Refusal(403, rule)
    return Refusal(403, "group") if rule == "employee" and not people.may_use(person) else None


def _with_way_back(door: str, path: str) -> str:
    return f"{door}?next={quote(path, safe='/')}"


def _reaches(people: People, person: SignedIn | None, path: str) -> bool:
    """Whether a link leads a person somewhere: not to terms of use where there are none."""
    try:
        if path == TERMS and not people.policy.current().terms.version:
            return False
        return person is not None and _refusal(people, person, path) is None
    except FundstelleError:
        return False
