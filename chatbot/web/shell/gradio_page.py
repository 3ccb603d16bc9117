"""The same header on a page of Gradio: put into its start page, so that it is there before Gradio is."""

from typing import Any

from chatbot.web.shell.gradio_words import gradio_words
from chatbot.web.shell.navigation import header
from chatbot.web.shell.templates import Templates
from config.messages import message, reader_language


class InShell:
    """ASGI middleware of one of Gradio's applications.

    Args:
        app: the application inside.
        templates: write the header.
    """

    def __init__(self, app: Any, templates: Templates) -> None:
        self._app, self._templates = app, templates

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        inside = scope["path"].removeprefix(scope.get("root_path", ""))
        accepted = _header(scope, b"accept-language")
        if scope["type"] == "http" and inside in ("", "/"):
            await self._app(scope, receive, self._dressing(accepted, send))
        elif scope["type"] == "http" and "text/html" in _header(scope, b"accept"):
            await self._app(scope, receive, self._finding(scope, receive, accepted, send))
        else:
            await self._app(scope, receive, send)

    def _finding(self, scope: Any, receive: Any, accepted: str, send: Any) -> Any:
        """A `send` that gives a page like all others where there is none at an address."""
        missing = False

        async def pass_on(sent: Any) -> None:
            nonlocal missing
            if sent["type"] == "http.response.start" and sent["status"] == 404:
                missing = True
                text = message("audit.not_found", reader_language(accepted))
                page = self._templates.page("error", accepted, text=text)
                page.status_code = 404
                await page(scope, receive, send)
            elif not missing:
                await send(sent)

        return pass_on

    def _dressing(self, accepted: str, send: Any) -> Any:
        """A `send` that holds a start page back until it can be put into the shell."""
        start: Any = None
        parts: list[bytes] = []

        async def hold(sent: Any) -> None:
            nonlocal start
            if sent["type"] == "http.response.start":
                start = sent
                return
            if sent["type"] != "http.response.body":
                await send(sent)
                return
            parts.append(sent.get("body", b""))
            if sent.get("more_body"):
                return
            body = self._dressed(b"".join(parts).decode(), accepted).encode()
            headers = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
            await send({**start, "headers": [*headers, (b"content-length", str(len(body)).encode())]})
            await send({"type": "http.response.body", "body": body})

        return hold

    def _dressed(self, page: str, accepted: str) -> str:
        """A start page with our style, our script and our header; the answer to a HEAD stays empty."""
        head, opened, rest = page.partition("<body")
        attributes, closed, body = rest.partition(">")
        if not closed:
            return page
        language = reader_language(accepted)
        shell = self._templates.part("header", accepted) + self._templates.part(
            "beside_gradio", accepted, words=gradio_words(language)
        )
        theme = f'lang="{language}" data-theme="{header().theme}" data-gradio'
        head = head.replace('lang="en"', theme, 1)
        current = next((message(tab.key, language) for tab in header().tabs if tab.current), "")
        title = f"<title>{current} – Fundstelle</title>\n" if current else ""
        head = head.replace("</head>", f"{title}{self._templates.part('head', accepted)}</head>", 1)
        body = body.replace('control_page_title="true"', 'control_page_title="false"', 1)  # the title is ours
        return f"{head}{opened}{attributes}{closed}{shell}{body}"


def _header(scope: Any, wanted: bytes) -> str:
    return next((value.decode("latin-1") for name, value in scope.get("headers", ()) if name == wanted), "")
