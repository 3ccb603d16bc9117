"""The page on which a person accepts the terms of use."""

from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse

from chatbot.identity.people import People
from chatbot.web.security.gate import TERMS, home
from chatbot.web.security.same_site import same_site
from chatbot.web.shell.forms import Language, Text
from chatbot.web.shell.templates import Templates
from config.messages import reader_language


def terms_page(people: People, templates: Templates) -> APIRouter:
    """Routes of the terms of use.

    Args:
        people: whose policy has the terms, and who keep what was accepted.
        templates: write the page.
    """
    router = APIRouter()

    @router.get(TERMS)
    def show(request: Request, accept_language: Language = "") -> Any:
        terms, person = people.policy.current().terms, request.state.person
        text = getattr(terms, reader_language(accept_language))
        return templates.page(
            "terms", accept_language, version=terms.version, paragraphs=text.strip().split("\n\n"),
            accepted=people.acceptances.has_accepted(person.name, terms),
        )  # fmt: skip

    @router.post(TERMS, dependencies=[Depends(same_site)])
    def accept(request: Request, version: Text) -> RedirectResponse:
        terms, person = people.policy.current().terms, request.state.person
        if version != terms.version:  # they changed while the person was reading
            return RedirectResponse(TERMS, status_code=303)
        people.acceptances.accept(person.name, terms)
        return RedirectResponse(home(person), status_code=303)

    return router
