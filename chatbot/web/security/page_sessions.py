"""In front of a page of Gradio: the routes it needs, and each tab of a browser for the person who opened it."""

import json
import re
from collections import Counter, OrderedDict
from typing import Any
from urllib.parse import parse_qs

from chatbot.web.security.same_site import comes_from_elsewhere

# All other routes of Gradio serve or fetch files, keep a page's state as a file, or are tools of developers.
_NEEDED = re.compile(r"/|/config|/theme\.css|/favicon\.ico|/(?:assets|static)/[\w.@+/-]{1,200}", re.ASCII)
_NEEDED_API = {"info", "startup-events", "reset"}  # the same for everybody
# Gradio names a tab by a `session_hash` that the browser draws at random: who else names it would read
# its answers as they come, or stop them.
_IN_BODY = {"queue/join", "run/predict", "cancel"}
_IN_QUERY = {"queue/data"}
_IN_PATH = "heartbeat/"
_API = "/gradio_api/"
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
# Gradio builds addresses of these, whoever sent them. The scheme is in the scope, from a proxy that is believed.
_NOT_HEARD = {b"x-forwarded-host", b"x-forwarded-proto", b"x-gradio-server"}
_MOST_OF_ONE = 200


class TabOwners:
    """Which person a tab belongs to: the first one who named it.

    The last tabs of each person are kept, so that nobody can push out another's; a tab with a request
    under way is never forgotten. A tab that is forgotten was its person's 201st newest.

    Args:
        most: tabs of one person that are kept.
    """

    def __init__(self, most: int = _MOST_OF_ONE) -> None:
        self._most = most
        self._owners: dict[str, str] = {}
        self._tabs: dict[str, OrderedDict[str, None]] = {}
        self._in_use: Counter[str] = Counter()

    def enter(self, tab: str, person: str) -> bool:
        """Begin a request, unless the tab is another's; True is followed by `leave`.

        Args:
            tab: the name that the browser drew.
            person: who asks.
        """
        if self._owners.setdefault(tab, person) != person:
            return False
        tabs = self._tabs.setdefault(person, OrderedDict())
        tabs[tab] = None
        tabs.move_to_end(tab)
        self._in_use[tab] += 1
        idle = [old for old in tabs if not self._in_use[old]] if len(tabs) > self._most else []
        for old in idle[: len(tabs) - self._most]:
            del tabs[old], self._owners[old]
        return True

    def leave(self, tab: str) -> None:
        """End a request."""
        self._in_use[tab] -= 1
        if not self._in_use[tab]:
            del self._in_use[tab]

    def __len__(self) -> int:
        return len(self._owners)


class PageSessions:
    """ASGI middleware of one of Gradio's applications, which has its own tabs.

    Args:
        app: the application inside.
        owners: of its tabs.
    """

    def __init__(self, app: Any, owners: TabOwners | None = None) -> None:
        self._app, self._owners = app, owners or TabOwners()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = [(name, value) for name, value in scope["headers"] if name.lower() not in _NOT_HEARD]
        scope = {**scope, "headers": headers}
        if scope["method"] not in ("GET", "HEAD") and comes_from_elsewhere(headers):
            await _refuse(scope, receive, send, 403)
            return
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        route = path.removeprefix(_API).removesuffix("/") if path.startswith(_API) else ""
        if _NEEDED.fullmatch(path) or route in _NEEDED_API:
            await self._app(scope, receive, send)
        elif route in _IN_BODY and scope["method"] == "POST":
            body, receive = await _whole(receive)
            await self._for_owner(_tab_in_body(body), scope, receive, send)
        elif route in _IN_QUERY:
            await self._for_owner(_tab_in_query(scope["query_string"]), scope, receive, send)
        elif route.startswith(_IN_PATH):
            await self._for_owner(route.removeprefix(_IN_PATH), scope, receive, send)
        else:
            await _refuse(scope, receive, send, 404)

    async def _for_owner(self, tab: str, scope: Any, receive: Any, send: Any) -> None:
        if not _NAME.fullmatch(tab):
            await _refuse(scope, receive, send, 400)
        elif not self._owners.enter(tab, scope["state"]["person"].name):
            await _refuse(scope, receive, send, 403)
        else:
            try:
                await self._app(scope, receive, send)
            finally:
                self._owners.leave(tab)


async def _whole(receive: Any) -> tuple[bytes, Any]:
    """The body, bounded by the middleware outside, and a `receive` that gives it again."""
    parts: list[bytes] = []
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b"", receive
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    body, given = b"".join(parts), False

    async def again() -> Any:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return body, again


def _tab_in_query(query: bytes) -> str:
    try:
        return _only(parse_qs(query.decode("latin-1"), keep_blank_values=True, max_num_fields=20).get("session_hash"))
    except ValueError:
        return ""


def _tab_in_body(body: bytes) -> str:
    """The tab that a JSON body names, "" where it names none, or leaves a doubt which."""
    try:
        read = json.loads(body, object_pairs_hook=list)
    except (ValueError, RecursionError):
        return ""
    names = [value for key, value in read if key == "session_hash"] if _is_object(read) else []
    return _only(names)


def _is_object(read: Any) -> bool:
    return isinstance(read, list) and all(isinstance(pair, tuple) for pair in read)


def _only(values: list[Any] | None) -> str:
    return values[0] if values and len(values) == 1 and isinstance(values[0], str) else ""


async def _refuse(scope: Any, receive: Any, send: Any, status: int) -> None:
    from starlette.responses import PlainTextResponse

    said = {400: "Bad Request", 403: "Forbidden", 404: "Not Found"}
    response = PlainTextResponse(said[status], status_code=status, headers={"cache-control": "no-store"})
    await response(scope, receive, send)
