"""Pages to sign in and out, to set a password by a one-time link, and to change it."""

import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Form, Header, Request
from fastapi.responses import RedirectResponse, Response

from chatbot.identity import SignedIn
from chatbot.identity.providers import COOKIE, session_token
from chatbot.web.gate import PASSWORD, SIGN_IN, SIGN_OUT
from chatbot.web.same_site import same_site
from chatbot.web.templates import Templates
from config.errors import SignInRefused
from config.messages import reader_language

if TYPE_CHECKING:
    from chatbot.wiring import Product

Language = Annotated[str, Header(alias="accept-language")]
Text = Annotated[str, Form(max_length=400)]
_TRIES, _SECONDS = 20, 60.0  # of one address


class Throttle:
    """Counts tries of each address in the last minute.

    Args:
        clock: seconds.
    """

    def __init__(self, clock: Any = time.monotonic) -> None:
        self._clock = clock
        self._tries: OrderedDict[str, list[float]] = OrderedDict()

    def check(self, address: str) -> None:
        """Count a try.

        Raises:
            SignInRefused: there were too many.
        """
        now = self._clock()
        recent = [moment for moment in self._tries.pop(address, []) if now - moment < _SECONDS]
        self._tries[address] = [*recent, now]
        while len(self._tries) > 10_000:
            self._tries.popitem(last=False)
        if len(recent) >= _TRIES:
            raise SignInRefused("sign_in.too_often")


def sign_in_pages(built: "Product", templates: Templates, throttle: Throttle) -> APIRouter:
    """Routes of the accounts.

    Args:
        built: keeps accounts and sessions.
        templates: write the pages.
        throttle: of wrong passwords from one address.
    """
    router = APIRouter()
    _add_entry(router, built, templates, throttle)
    _add_passwords(router, built, templates, throttle)
    return router


def _add_entry(router: APIRouter, built: "Product", templates: Templates, throttle: Throttle) -> None:
    @router.get(SIGN_IN)
    def ask(accept_language: Language = "", next: str = "/") -> Any:
        return templates.page("sign_in", accept_language, next=_inside(next), error="")

    @router.post(SIGN_IN, dependencies=[Depends(same_site)])
    def enter(request: Request, name: Text, password: Text, next: Text = "/", accept_language: Language = "") -> Any:
        try:
            throttle.check(_address(request))
            person = built.accounts.sign_in(name, password)
        except SignInRefused as error:
            text = error.text(reader_language(accept_language))
            page = templates.page("sign_in", accept_language, next=_inside(next), error=text)
            page.status_code = 401
            return page
        return _with_session(built, request, person, _inside(next))

    @router.post(SIGN_OUT, dependencies=[Depends(same_site)])
    def leave(request: Request) -> Response:
        built.sessions.end(session_token(request.scope))
        gone = RedirectResponse(SIGN_IN, status_code=303)
        gone.delete_cookie(COOKIE)
        return gone


def _add_passwords(router: APIRouter, built: "Product", templates: Templates, throttle: Throttle) -> None:
    @router.get("/set-up/{token}")
    def choose(token: str, accept_language: Language = "") -> Any:
        return templates.page("set_up", accept_language, error="")

    @router.post("/set-up/{token}", dependencies=[Depends(same_site)])
    def set_up(request: Request, token: str, password: Text, again: Text, accept_language: Language = "") -> Any:
        try:
            throttle.check(_address(request))
            person = built.accounts.use_link(token, _twice(password, again))
        except SignInRefused as error:
            return _said(templates, "set_up", error, accept_language)
        return _with_session(built, request, person, "/")

    @router.get(PASSWORD)
    def change(request: Request, accept_language: Language = "") -> Any:
        return templates.page("password", accept_language, person=request.state.person, error="")

    @router.post(PASSWORD, dependencies=[Depends(same_site)])
    def changed(request: Request, old: Text, password: Text, again: Text, accept_language: Language = "") -> Any:
        person: SignedIn = request.state.person
        try:
            throttle.check(_address(request))
            built.accounts.change_password(person.name, old, _twice(password, again))
        except SignInRefused as error:
            return _said(templates, "password", error, accept_language, person=person)
        return _with_session(built, request, person, "/")


def _said(templates: Templates, page: str, error: SignInRefused, accept_language: str, **values: Any) -> Any:
    shown = templates.page(page, accept_language, error=error.text(reader_language(accept_language)), **values)
    shown.status_code = 400
    return shown


def _with_session(built: "Product", request: Request, person: SignedIn, target: str) -> Response:
    """A new session, whatever token the browser came with (no fixation)."""
    built.sessions.end(session_token(request.scope))
    response = RedirectResponse(_home(person) if target == "/" else target, status_code=303)
    secure = built.settings.server.https
    response.set_cookie(
        COOKIE, built.sessions.open(person.name), httponly=True, samesite="lax", secure=secure, path="/"
    )
    return response


def _home(person: SignedIn) -> str:
    """The part of the page that is the person's."""
    if "employee" in person.roles:
        return "/"
    return "/admin" if "admin" in person.roles else "/audit"


def _inside(target: str) -> str:
    """An address of this page; never one that leads elsewhere."""
    safe = target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable()
    return target if safe else "/"


def _twice(password: str, again: str) -> str:
    if password != again:
        raise SignInRefused("password.differs")
    return password


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
