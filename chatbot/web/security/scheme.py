"""The scheme by which people reach the page; a proxy that ends TLS speaks plain HTTP to it."""

from typing import Any

_SECURE = {"http": "https", "websocket": "wss"}


class AlwaysSecure:
    """ASGI middleware that gives every request the scheme https, whatever a proxy says or leaves out.

    Gradio builds the addresses that its page asks from the scheme; as http:// ones the browser blocks them.

    Args:
        app: the application inside.
    """

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] in _SECURE:
            scope = {**scope, "scheme": _SECURE[scope["type"]]}
        await self._app(scope, receive, send)
