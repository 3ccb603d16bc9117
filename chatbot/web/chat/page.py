"""The chat page for employees: conversations at the left, the conversation in the middle, sources at the right.

What a question changes goes through Gradio: the exchange that is running, and its sources. What is kept is read from
the records by the page's script, `chat.js`, through the routes of `pages.py`; it also fills left, middle and right.
"""

from collections.abc import AsyncIterator, Callable
from datetime import date
from typing import Any, NamedTuple

import gradio as gr

from chatbot.web.chat.asking import Stops, ask
from chatbot.web.chat.choices import narrowing_choices
from chatbot.web.services import ChatServices
from config.messages import catalogue, reader_language
from ingest.index.filters import Filters

HEAD = '<link rel="stylesheet" href="/chat.css"><script src="/chat.js" defer></script>'
_AT_ONCE = 8  # questions answered at the same time; the embedded model takes them one after the other
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


def translations() -> gr.I18n:
    """The page's fixed texts, which follow the browser's language."""
    keys = [key for key in catalogue() if key.startswith("page.")]
    return gr.I18n(**{lang: {key: catalogue()[key][lang] for key in keys} for lang in ("de", "en")})


class _Conversation(NamedTuple):
    """The parts of the page that a question changes, in the order of `ask`'s updates."""

    box: gr.Textbox
    running: gr.Markdown
    sources: gr.Markdown
    conversation: gr.Textbox
    send: gr.Button
    stop: gr.Button


def build_page(services: ChatServices, text: gr.I18n, stops: Stops) -> gr.Blocks:
    """Lay out the page and connect its events.

    Args:
        services: that answer.
        text: from `translations`, also given to the mount.
        stops: flags by which running answers are stopped.
    """
    with gr.Blocks(title="Fundstelle", analytics_enabled=False, fill_width=True) as blocks:
        gr.Markdown(text("page.heading"), elem_id="heading")
        with gr.Row(elem_id="zones"):
            with gr.Column(elem_id="left", scale=0, min_width=0):
                _markdown("list")  # the script fills this zone; Gradio draws none without a part
            with gr.Column(elem_id="middle", min_width=0):
                running = _markdown("running")
                with gr.Column(elem_id="ask", scale=0):
                    box, send, stop, filters = _asking(services, text, blocks)
            with gr.Column(elem_id="right", scale=0, min_width=0):
                sources = _markdown("panel")
        # Beside the page: which conversation is open, and that it is left. The script sets the one, clicks the other.
        conversation = gr.Textbox(visible="hidden", elem_id="conversation")
        leave = gr.Button("", visible="hidden", elem_id="leave")
        parts = _Conversation(box, running, sources, conversation, send, stop)
        _connect(services, stops, parts, leave, filters)
    return blocks


def _markdown(name: str) -> gr.Markdown:
    return gr.Markdown("", elem_id=name, latex_delimiters=[], sanitize_html=True)


def _asking(
    services: ChatServices, text: gr.I18n, blocks: gr.Blocks
) -> tuple[gr.Textbox, gr.Button, gr.Button, list[Any]]:
    """The field for a question with its buttons, and what narrows the search."""
    with gr.Row(elem_id="field"):
        box = gr.Textbox(
            label=text("page.question"), show_label=False, container=False, placeholder=text("page.placeholder"),
            lines=1, max_lines=6, autofocus=True, elem_id="question", scale=1, min_width=80,
        )  # fmt: skip
        send = gr.Button(text("page.send"), variant="primary", elem_id="send", scale=0, min_width=90)
        stop = gr.Button(text("page.stop"), variant="stop", visible=False, elem_id="stop", scale=0, min_width=90)
    filters = _narrowing(services, text, blocks)
    gr.Markdown(text("page.notice"), elem_id="notice")
    return box, send, stop, filters


def _narrowing(services: ChatServices, text: gr.I18n, blocks: gr.Blocks) -> list[Any]:
    """Choices by which a person narrows the search: collections, types, departments, only what is valid."""
    with gr.Accordion(text("page.narrow"), open=False, elem_id="narrow"):
        chosen = [
            gr.Dropdown([], value=[], multiselect=True, label=text(f"page.narrow.{name}"), elem_id=f"narrow-{name}")
            for name in ("collections", "types", "departments")
        ]
        valid = gr.Checkbox(label=text("page.narrow.valid"), elem_id="narrow-valid")

    def fill(request: gr.Request) -> list[Any]:
        language = reader_language(request.headers.get("accept-language", ""))
        return [
            gr.update(choices=choices)
            for choices in narrowing_choices(services, services.people.person(request.state.person), language)
        ]

    blocks.load(fill, None, chosen, **_QUIET)
    return [*chosen, valid]


def _connect(services: ChatServices, stops: Stops, parts: _Conversation, leave: gr.Button, filters: list[Any]) -> None:
    async def halt(request: gr.Request) -> None:
        stops.stop(request.session_hash or "")

    async def left(request: gr.Request) -> list[Any]:
        stops.forget(request.session_hash or "")
        return ["", "", gr.update(visible=True), gr.update(visible=False)]

    asked, inputs = question_handler(services, stops), [parts.box, parts.conversation, *filters]
    gr.on(
        [parts.box.submit, parts.send.click], asked, inputs, list(parts),
        concurrency_limit=_AT_ONCE, concurrency_id="ask", **_QUIET,
    )  # fmt: skip
    parts.stop.click(halt, None, None, queue=False, **_QUIET)
    leave.click(left, None, [parts.running, parts.sources, parts.send, parts.stop], queue=False, **_QUIET)


def question_handler(services: ChatServices, stops: Stops) -> Callable[..., AsyncIterator[list[Any]]]:
    """What happens when a question is sent: one at a time for each browser tab."""

    async def asked(
        question: str,
        conversation: str,
        collections: list[str],
        types: list[str],
        departments: list[str],
        valid: bool,
        request: gr.Request,
    ) -> AsyncIterator[list[Any]]:
        session = request.session_hash or ""
        flag = stops.begin(session) if question.strip() else None
        if flag is None:
            yield [gr.skip()] * len(_Conversation._fields)
            return
        try:
            language = reader_language(request.headers.get("accept-language", ""))
            filters = Filters(
                collections=tuple(collections),
                types=tuple(types),
                departments=tuple(departments),
                valid_on=date.today() if valid else None,
            )
            person = services.people.person(request.state.person)
            async for update in ask(question, conversation, filters, person, services, language, flag):
                if stops.is_current(session, flag):
                    yield update
        finally:
            stops.end(session, flag)

    return asked
