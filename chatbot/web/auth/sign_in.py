"""Pages to sign in and out, to set a password by a one-time link, and to change it."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from chatbot.identity import SignedIn
from chatbot.identity.cookies import cookie_values
from chatbot.identity.providers import COOKIE, DEVICE_COOKIE, session_tokens
from chatbot.identity.tries import KNOWN_FOR, MOST_DEVICES, Origin
from chatbot.web.auth.set_up_links import check_link
from chatbot.web.security.gate import PASSWORD, SIGN_IN, SIGN_OUT, home
from chatbot.web.security.networks import network
from chatbot.web.security.same_site import same_site
from chatbot.web.services import SignInServices
from chatbot.web.shell.forms import Language, Text, inside
from chatbot.web.shell.templates import Templates
from config.errors import SignInRefused
from config.messages import reader_language


class Throttle:
    """Counts what each network has got wrong in the last minute: an address, or of IPv6 all that one client has.

    Args:
        most: of one network in a minute.
    """

    def __init__(self, most: int = 20) -> None:
        self._limiter, self._most = MovingWindowRateLimiter(MemoryStorage()), RateLimitItemPerMinute(most)
        self._trying: Counter[str] = Counter()
        self._lock = Lock()

    @contextmanager
    def attempt(self, address: str) -> Iterator[None]:
        """A place for one try while it is being checked, so that many at once are many; a refused one stays counted.

        Raises:
            SignInRefused: the address got too much wrong, or too much of it is being checked.
        """
        place = network(address)
        with self._lock:
            if self._trying[place] >= self._limiter.get_window_stats(self._most, place).remaining:
                raise SignInRefused("sign_in.too_often")
            self._trying[place] += 1
        try:
            yield
        except SignInRefused:
            self.count(address)
            raise
        finally:
            with self._lock:
                self._trying[place] -= 1
                if not self._trying[place]:
                    del self._trying[place]

    def check(self, address: str) -> None:
        """Let an address try.

        Raises:
            SignInRefused: it got too much wrong.
        """
        if not self._limiter.test(self._most, network(address)):
            raise SignInRefused("sign_in.too_often")

    def count(self, address: str) -> None:
        """Note something wrong, or something that costs."""
        self._limiter.hit(self._most, network(address))


def sign_in_pages(services: SignInServices, templates: Templates, throttle: Throttle) -> APIRouter:
    """Routes of the accounts.

    Args:
        services: keep accounts and sessions.
        templates: write the pages.
        throttle: of wrong passwords from one address.
    """
    router = APIRouter()
    _add_entry(router, services, templates, throttle)
    _add_passwords(router, services, templates, throttle)
    return router


def _add_entry(router: APIRouter, services: SignInServices, templates: Templates, throttle: Throttle) -> None:
    @router.get(SIGN_IN)
    def ask(accept_language: Language = "", next: str = "/") -> Any:
        return templates.page("sign_in", accept_language, next=inside(next), typed="", error="")

    @router.post(SIGN_IN, dependencies=[Depends(same_site)])
    def enter(request: Request, name: Text, password: Text, next: Text = "/", accept_language: Language = "") -> Any:
        try:
            with throttle.attempt(address(request)):
                person = services.accounts.sign_in(name, password, origin(request))
            return with_session(services, request, person, inside(next))
        except SignInRefused as error:
            text = error.text(reader_language(accept_language))
            page = templates.page("sign_in", accept_language, next=inside(next), typed=name, error=text)
            page.status_code = 401
            return page

    @router.post(SIGN_OUT, dependencies=[Depends(same_site)])
    def leave(request: Request) -> Response:
        end_sessions(services, request)
        gone = RedirectResponse(SIGN_IN, status_code=303)
        gone.delete_cookie(COOKIE)
        return gone


def _add_passwords(router: APIRouter, services: SignInServices, templates: Templates, throttle: Throttle) -> None:
    @router.get("/set-up/{token}")
    def choose(token: str, accept_language: Language = "") -> Any:
        try:
            check_link(services.database, token)
        except SignInRefused as error:
            page = templates.page("error", accept_language, text=error.text(reader_language(accept_language)))
            page.status_code = 410
            return page
        return templates.page("set_up", accept_language, error="")

    @router.post("/set-up/{token}", dependencies=[Depends(same_site)])
    def set_up(request: Request, token: str, password: Text, again: Text, accept_language: Language = "") -> Any:
        try:
            with throttle.attempt(address(request)):
                person = services.accounts.use_link(token, _twice(password, again))
        except SignInRefused as error:
            return _said(templates, "set_up", error, accept_language)
        return with_session(services, request, person, "/")

    @router.get(PASSWORD)
    def change(request: Request, accept_language: Language = "") -> Any:
        return templates.page("password", accept_language, person=request.state.person, error="")

    @router.post(PASSWORD, dependencies=[Depends(same_site)])
    def changed(request: Request, old: Text, password: Text, again: Text, accept_language: Language = "") -> Any:
        person: SignedIn = request.state.person
        try:
            with throttle.attempt(address(request)):
                services.accounts.change_password(person.name, old, _twice(password, again), origin(request))
        except SignInRefused as error:
            return _said(templates, "password", error, accept_language, person=person)
        return with_session(services, request, person, "/")


def _said(templates: Templates, page: str, error: SignInRefused, accept_language: str, **values: Any) -> Any:
    shown = templates.page(page, accept_language, error=error.text(reader_language(accept_language)), **values)
    shown.status_code = 400
    return shown


def with_session(
    services: SignInServices, request: Request, person: SignedIn, target: str, groups: tuple[str, ...] | None = None
) -> Response:
    """A new session, whatever token the browser came with (no fixation).

    Args:
        services: that keep it.
        request: with the token of a session that ends now.
        person: who has just signed in.
        target: where the person wants to go.
        groups: that an identity provider named.
    """
    end_sessions(services, request)
    response = RedirectResponse(home(person) if target == "/" else target, status_code=303)
    secure = services.https
    keep_session(services, response, services.sessions.open(person.name, groups, person.proof, person.proven))
    if groups is None:  # the provider sees to wrong passwords itself
        device = ".".join([services.accounts.know_device(person.name), *origin(request).devices][:MOST_DEVICES])
        response.set_cookie(
            DEVICE_COOKIE, device, max_age=int(KNOWN_FOR.total_seconds()), httponly=True, samesite="strict",
            secure=secure, path="/",
        )  # fmt: skip
    return response


def keep_session(services: SignInServices, response: Response, token: str) -> None:
    """Let the browser keep the token of a session."""
    response.set_cookie(COOKIE, token, httponly=True, samesite="lax", secure=services.https, path="/")


def origin(request: Request) -> Origin:
    """Where a try to sign in comes from."""
    tokens = [token for value in cookie_values(request.scope, DEVICE_COOKIE) for token in value.split(".")]
    return Origin(network(address(request)), tokens[:MOST_DEVICES])


def end_sessions(services: SignInServices, request: Request) -> None:
    """End those that a request's cookies name."""
    for token in session_tokens(request.scope):
        services.sessions.end(token)


def _twice(password: str, again: str) -> str:
    if password != again:
        raise SignInRefused("password.differs")
    return password


def address(request: Request) -> str:
    """From where a request comes."""
    return request.client.host if request.client else ""
