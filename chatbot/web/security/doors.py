"""Doors for programs: which addresses these are, who comes in by a token, and what a program reads that may not."""

import ipaddress
import logging
from collections.abc import Sequence
from typing import Any

from chatbot.identity.callers import Callers
from chatbot.web.shell.preferences import accepted_language
from config.errors import AccessRefused, FundstelleError
from config.messages import reader_language

DOORS = ("/api", "/v1", "/mcp", "/metrics")
METRICS = "/metrics"


def is_door(path: str) -> bool:
    """Whether an address is for programs."""
    return any(path == door or path.startswith(f"{door}/") for door in DOORS)


def shown_token(scope: Any) -> str | None:
    """The token that a request shows (RFC 6750, section 2.1); None where it shows none."""
    shown = [value for name, value in scope["headers"] if name == b"authorization"]
    if not shown:
        return None
    kind, _, secret = shown[0].decode("latin-1").partition(" ")
    # Of two, a proxy and this program might each believe another one.
    return secret.strip() if len(shown) == 1 and kind.lower() == "bearer" else ""


def measures(scope: Any, networks: Sequence[str]) -> bool:
    """Whether a request for the figures comes from an address that needs no token for them.

    Args:
        scope: of the request.
        networks: that the settings name.
    """
    if scope["path"] != METRICS or not scope.get("client"):
        return False
    try:
        address: Any = ipaddress.ip_address(scope["client"][0])
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return any(address in ipaddress.ip_network(network) for network in networks)


async def admit(app: Any, callers: Callers, secret: str, scope: Any, receive: Any, send: Any) -> None:
    """Let a program in whose token counts, and tell the routes whom it speaks for.

    Args:
        app: the application inside.
        callers: tell who shows a token.
        secret: that the request shows.
        scope: of the request, as are `receive` and `send`.
        receive: not used up.
        send: takes the answer.
    """
    from starlette.concurrency import run_in_threadpool

    try:
        caller = await run_in_threadpool(callers.caller, secret)
    except AccessRefused as error:
        await refuse_program(scope, receive, send, 401, error)
        return
    except FundstelleError as error:  # a policy that cannot be read lets nobody in
        logging.getLogger(__name__).error("%s", error)
        await refuse_program(scope, receive, send, 503, FundstelleError("settings.faulty"))
        return
    scope.setdefault("state", {}).update(caller=caller, person=caller.signed_in)
    await app(scope, receive, send)


async def refuse_program(scope: Any, receive: Any, send: Any, status: int, error: FundstelleError) -> None:
    """Answer a program's request that may not pass."""
    language = reader_language(accepted_language(scope))
    await problem(status, error.key, error.text(language))(scope, receive, send)


def no_token() -> FundstelleError:
    """What a request without a token is told."""
    return AccessRefused("token.invalid")


def problem(status: int, code: str, said: str, **more: Any) -> Any:
    """What a program reads that gets no answer, in the shape that clients of OpenAI's interface know, too.

    Args:
        status: of the answer.
        code: that stays the same, for programs.
        said: for people.
        more: further members.
    """
    from starlette.responses import JSONResponse

    kinds = {401: "authentication_error", 403: "permission_error", 404: "not_found_error", 429: "rate_limit_error"}
    kind = kinds.get(status, "invalid_request_error" if status < 500 else "server_error")
    headers = {"cache-control": "no-store"} | ({"www-authenticate": "Bearer"} if status == 401 else {})
    body = {"error": {"message": said, "type": kind, "code": code, "param": None, **more}}
    return JSONResponse(body, status_code=status, headers=headers)
