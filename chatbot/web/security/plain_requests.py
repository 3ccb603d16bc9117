"""Addresses have to be text: a control character, or what is no UTF-8, breaks a database or a log further inside."""

import re
from typing import Any
from urllib.parse import unquote_to_bytes

from chatbot.web.shell.forms import PLAIN

_PLAIN = re.compile(PLAIN)


class PlainRequests:
    """ASGI middleware that answers 400 to an address whose path or query is no plain text.

    Args:
        app: the application inside.
    """

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or _is_plain(scope):
            await self._app(scope, receive, send)
            return
        from starlette.responses import PlainTextResponse

        refusal = PlainTextResponse("Bad Request", status_code=400, headers={"cache-control": "no-store"})
        await refusal(scope, receive, send)


def _is_plain(scope: Any) -> bool:
    # As they were sent: the server has already replaced in `path` what is no UTF-8.
    sent = scope.get("raw_path") or scope["path"], scope["query_string"]
    try:
        return all(_PLAIN.fullmatch(unquote_to_bytes(part).decode("utf-8")) for part in sent)
    except UnicodeError:
        return False
