"""The chat page for employees."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import gradio as gr

from chatbot.answer import answer
from chatbot.web import render
from chatbot.web.conversation import Exchange, chat_messages, panel, show
from chatbot.wiring import Product
from config.errors import FundstelleError
from config.messages import Language, catalogue, reader_language

_AT_ONCE = 4  # questions answered at the same time; the embedded model takes them one after the other
_HOUR = 3600


def translations() -> gr.I18n:
    """The page's fixed texts, which follow the browser's language."""
    keys = [key for key in catalogue() if key.startswith("page.")]
    return gr.I18n(**{lang: {key: catalogue()[key][lang] for key in keys} for lang in ("de", "en")})


def build_page(built: Product, text: gr.I18n) -> gr.Blocks:
    """Lay out the page and connect its events.

    Args:
        built: the product that answers.
        text: from `translations`, also given to the mount.
    """
    with gr.Blocks(title="Fundstelle", analytics_enabled=False, fill_width=True) as blocks:
        past = gr.State([], time_to_live=_HOUR)
        gr.Markdown(text("page.heading"), elem_id="heading")
        gr.Markdown(text("page.notice"), elem_id="notice")
        with gr.Row(elem_id="columns"):
            with gr.Column(scale=3, min_width=320):
                chat = _chat(text)
                box = gr.Textbox(
                    label=text("page.question"), placeholder=text("page.placeholder"), lines=1, max_lines=5,
                    autofocus=True, elem_id="question",
                )
                with gr.Row():
                    send = gr.Button(text("page.send"), variant="primary", elem_id="send")
                    stop = gr.Button(text("page.stop"), variant="stop", visible=False, elem_id="stop")
                    clear = gr.Button(text("page.clear"), elem_id="clear")
                examples = _example_buttons(built, text)
            with gr.Column(scale=2, min_width=320):
                gr.Markdown(text("page.sources"))
                sources = gr.Markdown(
                    text("page.no_sources"), elem_id="panel", latex_delimiters=[], sanitize_html=True
                )
        _connect(built, text, chat, box, send, stop, clear, sources, past, examples)
    return blocks


def _chat(text: gr.I18n) -> gr.Chatbot:
    return gr.Chatbot(
        label=text("page.conversation"), elem_id="chat", height="56vh", layout="panel", buttons=[],
        latex_delimiters=[], allow_tags=False, feedback_options=None, group_consecutive_messages=False,
    )


def _example_buttons(built: Product, text: gr.I18n) -> list[gr.Button]:
    questions = built.settings.server.examples
    if not questions:
        return []
    gr.Markdown(text("page.examples"))
    with gr.Row():
        return [gr.Button(question, size="sm", elem_classes="example", min_width=200) for question in questions]


def _connect(
    built: Product, text: gr.I18n, chat: gr.Chatbot, box: gr.Textbox, send: gr.Button, stop: gr.Button,
    clear: gr.Button, sources: gr.Markdown, past: gr.State, examples: list[gr.Button],
) -> None:
    outputs = [box, chat, sources, past, send, stop]
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    limited: dict[str, Any] = {"concurrency_limit": _AT_ONCE, "concurrency_id": "ask"}

    async def ask(question: str, exchanges: list[Exchange], request: gr.Request) -> AsyncIterator[list[Any]]:
        language = reader_language(request.headers.get("accept-language", ""))
        async for update in _ask(question, exchanges, built, language):
            yield update

    runs = [gr.on([box.submit, send.click], ask, [box, past], outputs, **limited, **quiet)]
    runs += [button.click(ask, [button, past], outputs, **limited, **quiet) for button in examples]
    idle = (gr.update(visible=True), gr.update(visible=False))
    stop.click(lambda: idle, None, [send, stop], cancels=runs, queue=False, **quiet)
    clear.click(
        lambda: ("", [], text("page.no_sources"), [], *idle), None, outputs, cancels=runs, queue=False, **quiet
    )


async def _ask(
    question: str, exchanges: list[Exchange], built: Product, language: Language
) -> AsyncIterator[list[Any]]:
    """Updates of question box, chat, sources, conversation, and the two buttons."""
    if not question.strip():
        yield [gr.skip()] * 6
        return
    now = [*exchanges, Exchange(question)]
    yield ["", chat_messages(now), gr.skip(), now, gr.update(visible=False), gr.update(visible=True)]
    updates = _updates(question, exchanges, built, language)
    try:
        shown = exchanges and exchanges[-1].sources
        # Retrieval and models block: each step runs in a thread, the page stays responsive.
        while (exchange := await asyncio.to_thread(next, updates, None)) is not None:
            now = [*exchanges, exchange]
            cards = panel(now) if exchange.sources != shown else gr.skip()
            shown = exchange.sources
            yield [gr.skip(), chat_messages(now), cards, now, gr.skip(), gr.skip()]
    finally:
        await _close(updates)
    yield [gr.skip(), gr.skip(), gr.skip(), now, gr.update(visible=True), gr.update(visible=False)]


def _updates(question: str, exchanges: list[Exchange], built: Product, language: Language):  # type: ignore[no-untyped-def]
    history = [exchange.turn for exchange in exchanges if exchange.turn]
    try:
        yield from show(answer(question, history, built.local_person(), built.answering), question, language)
    except FundstelleError as error:
        yield Exchange(question, render.notice_block(error.text(language)))


async def _close(updates: Any) -> None:
    """End the answer; after a stop its thread may still be in the middle of a step."""
    for _ in range(100):
        try:
            updates.close()
            return
        except ValueError:  # "generator already executing"
            await asyncio.sleep(0.1)
