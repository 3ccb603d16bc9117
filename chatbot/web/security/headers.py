"""Security headers on every response, and Gradio's start page made fit for them."""

import re
from typing import Any

from chatbot.web.shell.preferences import accepted_language
from config.messages import reader_language

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    b"content-security-policy": CONTENT_SECURITY_POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
}
# The policy blocks inline scripts; the page runs without them, and without them the console stays clean.
_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>.*?</script>", re.S)
# A <base> would make a "#anchor" reload the page when its address has a query.
_OTHERS = re.compile(r'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>|<link rel="manifest"[^>]*>|<base [^>]*>')
_ASSET = re.compile(r"/(?:assets|static)/|/theme\.css$")
_PAGES = ("/",)
_PLAIN = (b"content-type", b"text/plain; charset=utf-8")


class SecureHeaders:
    """ASGI middleware that adds the headers and rewrites Gradio's start pages.

    Args:
        app: the application inside.
    """

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        held: list[Any] = []
        started = False

        async def pass_on(message: Any) -> None:
            nonlocal started
            started = True
            if message["type"] == "http.response.start":
                message = {**message, "headers": _secured(message["headers"], scope["path"])}
                if scope["path"] in _PAGES and _is_html(message):
                    held.append(message)
                    return
            elif held:
                held.append(message.get("body", b""))
                if message.get("more_body"):
                    return
                await _send_page(held, accepted_language(scope), send)
                return
            await send(message)

        try:
            await self._app(scope, receive, pass_on)
        except Exception:
            if not started:  # what Starlette would send has no headers
                await pass_on({"type": "http.response.start", "status": 500, "headers": [_PLAIN]})
                await pass_on({"type": "http.response.body", "body": b"Internal Server Error"})
            raise  # the server logs it


def _secured(headers: list[tuple[bytes, bytes]], path: str) -> list[tuple[bytes, bytes]]:
    """With the product's headers; no other site may read an answer, whatever Gradio's rules for origins say."""
    kept = [
        (name, value)
        for name, value in headers
        if name.lower() not in HEADERS and not name.lower().startswith(b"access-control-")
    ]
    if not _ASSET.match(path) and not any(name.lower() == b"cache-control" for name, _ in kept):
        kept.append((b"cache-control", b"no-store"))
    return [*kept, *HEADERS.items()]


async def _send_page(held: list[Any], accept_language: str, send: Any) -> None:
    start, *parts = held
    page = b"".join(parts).decode()
    page = _OTHERS.sub("", _INLINE_SCRIPT.sub("", page))
    body = page.replace('lang="en"', f'lang="{reader_language(accept_language)}"', 1).encode()
    headers = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
    await send({**start, "headers": [*headers, (b"content-length", str(len(body)).encode())]})
    await send({"type": "http.response.body", "body": body})


def _is_html(message: Any) -> bool:
    return any(n.lower() == b"content-type" and v.startswith(b"text/html") for n, v in message["headers"])
