"""The chat page for employees."""

from collections.abc import AsyncIterator, Callable
from datetime import date
from typing import Any, NamedTuple

import gradio as gr

from chatbot.web.chat.asking import Stops, ask
from chatbot.web.chat.choices import MOST_EXAMPLES, example_questions, narrowing_choices
from chatbot.web.chat.conversation import Exchange
from chatbot.web.chat.feedback import add_feedback
from chatbot.web.services import ChatServices
from config.messages import catalogue, reader_language
from ingest.index.filters import Filters

_AT_ONCE = 8  # questions answered at the same time; the embedded model takes them one after the other
_HOUR = 3600


def translations() -> gr.I18n:
    """The page's fixed texts, which follow the browser's language."""
    keys = [key for key in catalogue() if key.startswith(("page.", "admin."))]
    return gr.I18n(**{lang: {key: catalogue()[key][lang] for key in keys} for lang in ("de", "en")})


class _Conversation(NamedTuple):
    """The parts of the page that a question changes, in the order of `ask`'s updates."""

    box: gr.Textbox
    chat: gr.Chatbot
    sources: gr.Markdown
    past: gr.State
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
        past = gr.State([], time_to_live=_HOUR)
        gr.Markdown(text("page.heading"), elem_id="heading")
        gr.Markdown(text("page.notice"), elem_id="notice")
        with gr.Row(elem_id="columns"):
            with gr.Column(scale=3, min_width=320):
                chat = _chat(text)
                add_feedback(services, text, chat, past)
                box = gr.Textbox(
                    label=text("page.question"),
                    placeholder=text("page.placeholder"),
                    lines=1,
                    max_lines=5,
                    elem_id="question",
                )
                with gr.Row():
                    send = gr.Button(text("page.send"), variant="primary", elem_id="send")
                    stop = gr.Button(text("page.stop"), variant="stop", visible=False, elem_id="stop")
                    clear = gr.Button(text("page.clear"), elem_id="clear")
                filters = _narrowing(services, text, blocks)
                examples = _example_buttons(services, text, blocks)
            with gr.Column(scale=2, min_width=320):
                gr.Markdown(text("page.sources"))
                sources = gr.Markdown(text("page.no_sources"), elem_id="panel", latex_delimiters=[], sanitize_html=True)
        parts = _Conversation(box, chat, sources, past, send, stop)
        _connect(services, text, stops, parts, clear, filters, examples)
    return blocks


def _chat(text: gr.I18n) -> gr.Chatbot:
    return gr.Chatbot(
        label=text("page.conversation"),
        elem_id="chat",
        height="56vh",
        layout="panel",
        buttons=[],
        latex_delimiters=[],
        allow_tags=False,
        feedback_options=("Like", "Dislike"),
        group_consecutive_messages=False,
    )


def _example_buttons(services: ChatServices, text: gr.I18n, blocks: gr.Blocks) -> list[gr.Button]:
    """Buttons that ask an example question, filled for each person anew: examples tell of documents, too."""
    heading = gr.Markdown(text("page.examples"), visible=False)
    with gr.Row():
        buttons = [
            gr.Button("", size="sm", elem_classes="example", min_width=200, visible=False) for _ in range(MOST_EXAMPLES)
        ]

    def fill(request: gr.Request) -> list[Any]:
        questions = example_questions(services, services.people.person(request.state.person))
        rest = MOST_EXAMPLES - len(questions)
        shown = [gr.update(value=question, visible=True) for question in questions]
        return [gr.update(visible=bool(questions)), *shown, *[gr.update(visible=False)] * rest]

    blocks.load(fill, None, [heading, *buttons], show_progress="hidden", api_visibility="private")
    return buttons


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

    blocks.load(fill, None, chosen, show_progress="hidden", api_visibility="private")
    return [*chosen, valid]


def _connect(
    services: ChatServices,
    text: gr.I18n,
    stops: Stops,
    parts: _Conversation,
    clear: gr.Button,
    filters: list[Any],
    examples: list[gr.Button],
) -> None:
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    limited: dict[str, Any] = {"concurrency_limit": _AT_ONCE, "concurrency_id": "ask"}

    async def halt(request: gr.Request) -> None:
        stops.stop(request.session_hash or "")

    async def reset(request: gr.Request) -> list[Any]:
        stops.forget(request.session_hash or "")
        return ["", [], text("page.no_sources"), [], gr.update(visible=True), gr.update(visible=False)]

    asked, outputs = question_handler(services, stops), list(parts)
    gr.on([parts.box.submit, parts.send.click], asked, [parts.box, parts.past, *filters], outputs, **limited, **quiet)
    for button in examples:
        button.click(asked, [button, parts.past, *filters], outputs, **limited, **quiet)
    parts.stop.click(halt, None, None, queue=False, **quiet)
    gr.on([clear.click, parts.chat.clear], reset, None, outputs, queue=False, **quiet)


def question_handler(services: ChatServices, stops: Stops) -> Callable[..., AsyncIterator[list[Any]]]:
    """What happens when a question is sent: one at a time for each browser tab."""

    async def asked(
        question: str,
        exchanges: list[Exchange],
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
            async for update in ask(question, exchanges, filters, person, services, language, flag):
                if stops.is_current(session, flag):
                    yield update
        finally:
            stops.end(session, flag)

    return asked
