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
        if scope["type"] != "http" or inside not in ("", "/"):
            await self._app(scope, receive, send)
            return
        start: Any = None
        parts: list[bytes] = []

        async def hold(message: Any) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            if message["type"] != "http.response.body":
                await send(message)
                return
            parts.append(message.get("body", b""))
            if message.get("more_body"):
                return
            accepted = next((v.decode("latin-1") for n, v in scope["headers"] if n == b"accept-language"), "")
            body = self._dressed(b"".join(parts).decode(), accepted).encode()
            headers = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
            await send({**start, "headers": [*headers, (b"content-length", str(len(body)).encode())]})
            await send({"type": "http.response.body", "body": body})

        await self._app(scope, receive, hold)

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
