"""Pages to sign in and out, to set a password by a one-time link, and to change it."""

import ipaddress
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Form, Header, Request
from fastapi.responses import RedirectResponse, Response
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from chatbot.identity import SignedIn
from chatbot.identity.providers import COOKIE, session_token
from chatbot.web.gate import PASSWORD, SIGN_IN, SIGN_OUT, home
from chatbot.web.same_site import same_site
from chatbot.web.templates import Templates
from config.errors import SignInRefused
from config.messages import reader_language

if TYPE_CHECKING:
    from chatbot.wiring import Product

Language = Annotated[str, Header(alias="accept-language")]
Text = Annotated[str, Form(max_length=400)]
_TRIES = RateLimitItemPerMinute(20)  # of one address


class Throttle:
    """Counts tries of each address in the last minute; of IPv6 the network, since whoever has one has all of it."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def check(self, address: str) -> None:
        """Count a try.

        Raises:
            SignInRefused: there were too many.
        """
        if not self._limiter.hit(_TRIES, _network(address)):
            raise SignInRefused("sign_in.too_often")


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else address


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
        return templates.page("sign_in", accept_language, next=inside(next), error="")

    @router.post(SIGN_IN, dependencies=[Depends(same_site)])
    def enter(request: Request, name: Text, password: Text, next: Text = "/", accept_language: Language = "") -> Any:
        try:
            throttle.check(address(request))
            person = built.accounts.sign_in(name, password)
        except SignInRefused as error:
            text = error.text(reader_language(accept_language))
            page = templates.page("sign_in", accept_language, next=inside(next), error=text)
            page.status_code = 401
            return page
        return with_session(built, request, person, inside(next))

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
            throttle.check(address(request))
            person = built.accounts.use_link(token, _twice(password, again))
        except SignInRefused as error:
            return _said(templates, "set_up", error, accept_language)
        return with_session(built, request, person, "/")

    @router.get(PASSWORD)
    def change(request: Request, accept_language: Language = "") -> Any:
        return templates.page("password", accept_language, person=request.state.person, error="")

    @router.post(PASSWORD, dependencies=[Depends(same_site)])
    def changed(request: Request, old: Text, password: Text, again: Text, accept_language: Language = "") -> Any:
        person: SignedIn = request.state.person
        try:
            throttle.check(address(request))
            built.accounts.change_password(person.name, old, _twice(password, again))
        except SignInRefused as error:
            return _said(templates, "password", error, accept_language, person=person)
        return with_session(built, request, person, "/")


def _said(templates: Templates, page: str, error: SignInRefused, accept_language: str, **values: Any) -> Any:
    shown = templates.page(page, accept_language, error=error.text(reader_language(accept_language)), **values)
    shown.status_code = 400
    return shown


def with_session(
    built: "Product", request: Request, person: SignedIn, target: str, groups: tuple[str, ...] | None = None
) -> Response:
    """A new session, whatever token the browser came with (no fixation).

    Args:
        built: keeps it.
        request: with the token of a session that ends now.
        person: who has just signed in.
        target: where the person wants to go.
        groups: that an identity provider named.
    """
    built.sessions.end(session_token(request.scope))
    response = RedirectResponse(home(person) if target == "/" else target, status_code=303)
    secure = built.settings.server.https
    token = built.sessions.open(person.name, groups)
    response.set_cookie(COOKIE, token, httponly=True, samesite="lax", secure=secure, path="/")
    return response


def inside(target: str) -> str:
    """An address of this page; never one that leads elsewhere."""
    safe = target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable()
    return target if safe else "/"


def _twice(password: str, again: str) -> str:
    if password != again:
        raise SignInRefused("password.differs")
    return password


def address(request: Request) -> str:
    """From where a request comes."""
    return request.client.host if request.client else ""
