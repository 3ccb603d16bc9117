"""The chat page for employees: conversations at the left, the conversation in the middle, sources at the right.

What a question changes goes through Gradio: the exchange that is running, and its sources. What is kept is read from
the records by the page's script, `script/main.js`, through the routes of `pages.py`; it also fills the zones.
"""

from collections.abc import AsyncIterator, Callable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import gradio as gr

from chatbot.web.chat.asking import Wanted, ask
from chatbot.web.chat.choices import narrowing_choices
from chatbot.web.chat.conversation import Exchange
from chatbot.web.chat.running import RunningAnswers
from chatbot.web.services import ChatServices
from config.messages import catalogue, message, reader_language
from ingest.index.filters import Filters

HEAD = '<link rel="stylesheet" href="/chat.css"><script type="module" src="/chat/main.js"></script>'
_AT_ONCE = 8  # questions whose answers are watched at the same time
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


class _Beside(NamedTuple):
    """Fields that nobody sees: the script says by them what belongs to a question."""

    conversation: gr.Textbox
    document: gr.Textbox
    whole: gr.Textbox


def build_page(services: ChatServices, text: gr.I18n, answers: RunningAnswers) -> gr.Blocks:
    """Lay out the page and connect its events.

    Args:
        services: that answer.
        text: from `translations`, also given to the mount.
        answers: that are being written.
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
        beside = _Beside(*(gr.Textbox(visible="hidden", elem_id=name) for name in _Beside._fields))
        leave = gr.Button("", visible="hidden", elem_id="leave")  # the script clicks it: another conversation is opened
        parts = _Conversation(box, running, sources, beside.conversation, send, stop)
        _connect(services, answers, parts, leave, [box, *beside, *filters])
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


def _connect(
    services: ChatServices, answers: RunningAnswers, parts: _Conversation, leave: gr.Button, inputs: list[Any]
) -> None:
    async def halt(request: gr.Request) -> None:
        answers.stop(request.session_hash or "")

    async def left(request: gr.Request) -> list[Any]:
        answers.leave(request.session_hash or "")
        return ["", "", gr.update(visible=True), gr.update(visible=False)]

    asked = question_handler(services, answers)
    gr.on(
        [parts.box.submit, parts.send.click], asked, inputs, list(parts),
        concurrency_limit=_AT_ONCE, concurrency_id="ask", **_QUIET,
    )  # fmt: skip
    parts.stop.click(halt, None, None, queue=False, **_QUIET)
    leave.click(left, None, [parts.running, parts.sources, parts.send, parts.stop], queue=False, **_QUIET)


def question_handler(services: ChatServices, answers: RunningAnswers) -> Callable[..., AsyncIterator[list[Any]]]:
    """What happens when a question is sent: one at a time for each browser tab. A tab that is closed stops nothing."""

    async def asked(
        question: str,
        conversation: str,
        document: str,
        whole: str,
        collections: list[str],
        types: list[str],
        departments: list[str],
        valid: bool,
        request: gr.Request,
    ) -> AsyncIterator[list[Any]]:
        session = request.session_hash or ""
        language = reader_language(request.headers.get("accept-language", ""))
        first = Exchange(question, progress=message("chat.searching", language))
        running = answers.begin(session, first) if question.strip() else None
        if running is None:
            yield [gr.skip()] * len(_Conversation._fields)
            return
        try:
            filters = Filters(
                collections=tuple(collections),
                types=tuple(types),
                departments=tuple(departments),
                documents=_documents(document),
                valid_on=date.today() if valid else None,
            )
            person = services.people.person(request.state.person)
            wanted = Wanted(question, conversation, filters, is_whole=bool(whole))
            async for update in ask(wanted, person, services, language, answers, running):
                if not answers.is_awaited(session, running):
                    return
                yield update
        finally:
            if answers.is_awaited(session, running):
                answers.leave(session)

    return asked


def _documents(named: str) -> tuple[UUID, ...]:
    """The document that a question is limited to; what names none limits to none that there is."""
    if not named:
        return ()
    try:
        return (UUID(named),)
    except ValueError:
        return (UUID(int=0),)
