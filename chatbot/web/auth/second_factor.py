"""Pages of the second factor: setting it up, showing it, other recovery codes, and the reset by an admin."""

from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from chatbot.identity import SignedIn
from chatbot.identity.one_time_codes import picture
from chatbot.identity.providers import session_tokens
from chatbot.web.auth.sign_in import Throttle, address, keep_session
from chatbot.web.security.gate import SECOND_FACTOR, home
from chatbot.web.security.same_site import same_site
from chatbot.web.services import SignInServices
from chatbot.web.shell.forms import Language, Text, inside
from chatbot.web.shell.templates import Templates
from config.errors import SignInRefused
from config.messages import message, reader_language

ACCOUNTS = "/admin/second-factors"


def second_factor_pages(services: SignInServices, templates: Templates, throttle: Throttle) -> APIRouter:
    """Routes of the second factor.

    Args:
        services: keep accounts, sessions and second factors.
        templates: write the pages.
        throttle: of wrong codes from one address.
    """
    router = APIRouter()
    _add_own(router, services, templates, throttle)
    _add_accounts(router, services, templates, throttle)
    return router


def _add_own(router: APIRouter, services: SignInServices, templates: Templates, throttle: Throttle) -> None:
    @router.get(SECOND_FACTOR)
    def show(request: Request, accept_language: Language = "", next: str = "/") -> Any:
        return _page(services, templates, request.state.person, accept_language, inside(next))

    @router.post(SECOND_FACTOR, dependencies=[Depends(same_site)])
    def entered(request: Request, code: Text, next: Text = "/", accept_language: Language = "") -> Any:
        person: SignedIn = request.state.person
        target = inside(next)
        try:
            with throttle.attempt(address(request)):
                if person.factor == "prove":
                    services.factors.check(person.name, code)
                    codes: tuple[str, ...] = ()
                elif person.factor == "set_up":
                    codes = services.factors.confirm(person.name, code)
                else:
                    codes = services.factors.new_recovery_codes(person.name, code)
            token = services.sessions.prove(person.name, session_tokens(request.scope))
        except SignInRefused as error:
            said = error.text(reader_language(accept_language))
            page = _page(services, templates, person, accept_language, target, error=said)
            page.status_code = 400
            return page
        target = home(person) if target == "/" else target
        response: Response = RedirectResponse(target, status_code=303)
        if codes:
            response = templates.page("recovery_codes", accept_language, codes=codes, target=target)
        keep_session(services, response, token)
        return response


def _add_accounts(router: APIRouter, services: SignInServices, templates: Templates, throttle: Throttle) -> None:
    @router.get(ACCOUNTS)
    def accounts(request: Request, accept_language: Language = "") -> Any:
        return _accounts(services, templates, request.state.person, accept_language)

    @router.post(ACCOUNTS, dependencies=[Depends(same_site)])
    def reset(request: Request, name: Text, code: Text, accept_language: Language = "") -> Any:
        """The admin shows a code once more: an open page of an admin is not enough to take somebody's away."""
        person: SignedIn = request.state.person
        language = reader_language(accept_language)
        try:
            with throttle.attempt(address(request)):
                if name == person.name:
                    raise SignInRefused("factor.own")
                services.factors.check(person.name, code)
            services.factors.reset(name, person.name)
        except SignInRefused as error:
            page = _accounts(services, templates, person, accept_language, error=error.text(language))
            page.status_code = 400
            return page
        said = message("factor.was_reset", language, name=name)
        return _accounts(services, templates, person, accept_language, said=said)


def _page(
    services: SignInServices, templates: Templates, person: SignedIn, accept_language: str, target: str, error: str = ""
) -> Any:
    shown = {"person": person, "next": target, "error": error}
    if person.factor == "set_up":
        made = services.factors.begin(person.name)
        parts = [made.secret[start : start + 4] for start in range(0, len(made.secret), 4)]
        shown |= {"picture": Markup(picture(made.address)), "secret": " ".join(parts)}  # noqa: S704 - drawn here
        return templates.page("second_factor_set_up", accept_language, **shown)
    is_there = services.factors.is_set_up(person.name)
    left = services.factors.recovery_codes_left(person.name) if is_there else 0
    return templates.page("second_factor", accept_language, is_there=is_there, left=left, **shown)


def _accounts(
    services: SignInServices,
    templates: Templates,
    person: SignedIn,
    accept_language: str,
    said: str = "",
    error: str = "",
) -> Any:
    since = services.factors.set_up_since()
    needing = [
        {"name": account.name, "roles": account.roles, "since": since.get(account.name)}
        for account in services.accounts.all()
        if account.name in since or services.factors.is_needed(account.roles)
    ]
    shown = {"accounts": needing, "person": person, "said": said, "error": error}
    return templates.page("second_factors", accept_language, **shown)
