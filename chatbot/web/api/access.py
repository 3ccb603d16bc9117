"""What every route of a door begins with: who calls, and whether the token is for this."""

from collections.abc import Callable

from fastapi import Request

from chatbot.identity.callers import Caller
from chatbot.identity.tokens import Scope
from chatbot.web.security.doors import no_token
from chatbot.web.services import ApiServices
from ingest.documents import Passage


def caller_for(services: ApiServices, scope: Scope) -> Callable[[Request], Caller]:
    """A dependency of a route: its caller, for whom the scope, the role and the policy have been checked.

    Args:
        services: with the callers.
        scope: that the token has to have.
    """

    def checked(request: Request) -> Caller:
        caller = getattr(request.state, "caller", None)
        if not isinstance(caller, Caller):
            raise no_token()
        services.callers.check(caller, scope)
        return caller

    return checked


def link_to(services: ApiServices) -> Callable[[Passage, int, int], str]:
    """Gives the address at which people look up a span of a document, with their own rights."""
    address = services.address

    def link(passage: Passage, start: int, end: int) -> str:
        return f"{address}/cited/{passage.document_id}/{passage.version}?start={start}&end={end}"

    return link
