"""Pages to sign in at the company's identity provider, and to sign out."""

import logging
from contextlib import suppress
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from chatbot.identity import SignedIn
from chatbot.identity.cookies import cookie_values
from chatbot.identity.oidc import LASTS
from chatbot.identity.oidc_provider import ProviderFailed
from chatbot.identity.providers import COOKIE
from chatbot.web.auth.sign_in import Throttle, address, end_sessions, with_session
from chatbot.web.security.gate import SIGN_IN, SIGN_OUT
from chatbot.web.security.same_site import same_site
from chatbot.web.services import SignInServices
from chatbot.web.shell.failures import sentence
from chatbot.web.shell.forms import Language, inside
from chatbot.web.shell.templates import Templates
from config.errors import FundstelleError, SignInRefused
from config.messages import reader_language

_BEGINS = 240  # of one network in a minute; a company may be behind one address
BEGUN = "fundstelle_sign_in"  # cookie of a sign-in that has begun


def oidc_pages(services: SignInServices, templates: Templates, throttle: Throttle) -> APIRouter:
    """Routes that lead to the identity provider and back.

    Args:
        services: keep sessions, and know the provider.
        templates: write the pages.
        throttle: of tries from one address.
    """
    router = APIRouter()
    _add_door(router, services, templates)
    _add_way(router, services, templates, throttle)
    return router


def _add_door(router: APIRouter, services: SignInServices, templates: Templates) -> None:
    @router.get(SIGN_IN)
    def ask(request: Request, accept_language: Language = "", next: str = "/", left: bool = False) -> Any:
        person: SignedIn | None = request.state.person
        leave = None
        if left and person is None:
            with suppress(FundstelleError):  # without the provider's own page, signing out is complete here
                leave = services.oidc().leave_address()
        return _page(templates, accept_language, person=person, next=inside(next), left=left, leave=leave)

    @router.post(SIGN_OUT, dependencies=[Depends(same_site)])
    def leave(request: Request) -> Response:
        end_sessions(services, request)
        gone = RedirectResponse(f"{SIGN_IN}?left=true", status_code=303)
        gone.delete_cookie(COOKIE)
        return gone


def _add_way(router: APIRouter, services: SignInServices, templates: Templates, throttle: Throttle) -> None:
    begins = Throttle(_BEGINS)  # each one keeps a row for some minutes

    @router.get(f"{SIGN_IN}/start")
    def start(request: Request, accept_language: Language = "", next: str = "/") -> Any:
        try:
            begins.check(address(request))
            begins.count(address(request))
            begun = services.oidc().begin(inside(next))
        except FundstelleError as error:
            return _refused(templates, error, accept_language)
        away = RedirectResponse(begun.address, status_code=303, headers={"cache-control": "no-store"})
        away.set_cookie(
            BEGUN, begun.token, max_age=int(LASTS.total_seconds()), httponly=True, samesite="lax",
            secure=services.https, path=SIGN_IN,
        )  # fmt: skip
        return away

    @router.get(f"{SIGN_IN}/callback")
    def callback(request: Request, accept_language: Language = "") -> Any:
        response: Response
        try:
            throttle.check(address(request))
            begun = next(iter(cookie_values(request.scope, BEGUN)), "")
            found = services.oidc().finish(begun, request.query_params)
            roles = services.people.policy.current().roles(found.name, found.groups)
            person = SignedIn(name=found.name, groups=found.groups, roles=roles)
            response = with_session(services, request, person, found.target, groups=found.groups)
            response.delete_cookie(BEGUN, path=SIGN_IN)
        except FundstelleError as error:
            if _is_of_this_browser(error):
                throttle.count(address(request))
            response = _refused(templates, error, accept_language)
        response.headers["cache-control"] = "no-store"
        return response


def _is_of_this_browser(error: FundstelleError) -> bool:
    """Whether a sign-in failed that we began in this browser: any page may send people here without one.

    What the provider or the settings do wrong is not held against the address either.
    """
    unknown = error.key == "oidc.expired" and error.details.get("reason") == "state"
    return isinstance(error, SignInRefused) and not isinstance(error, ProviderFailed) and not unknown


def _refused(templates: Templates, error: FundstelleError, accept_language: str) -> Response:
    """The sentence on the page; the reason, in which there is no token and no secret, in the log."""
    reason = error.details.get("reason", "")
    logging.getLogger(__name__).warning("sign-in refused: %s %r", error.key, reason)
    page: Response = _page(templates, accept_language, error=sentence(error, reader_language(accept_language)))
    ours = not isinstance(error, SignInRefused) or isinstance(error, ProviderFailed)
    page.status_code = 503 if ours else 401
    return page


def _page(templates: Templates, accept_language: str, **values: Any) -> Any:
    shown = {"person": None, "next": "/", "left": False, "leave": None, "error": ""} | values
    return templates.page("oidc", accept_language, **shown)
