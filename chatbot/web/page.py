"""The chat page for employees."""

import asyncio
import logging
from collections.abc import AsyncIterator, Generator
from datetime import date
from typing import Any

import gradio as gr

from chatbot.answer import answer
from chatbot.types import Person
from chatbot.web import render
from chatbot.web.choices import MOST_EXAMPLES, example_questions, narrowing_choices
from chatbot.web.conversation import Exchange, chat_messages, panel, show
from chatbot.web.feedback import add_feedback
from chatbot.wiring import Product
from config.errors import FundstelleError
from config.messages import Language, catalogue, message, reader_language
from ingest.filters import Narrowing

_AT_ONCE = 8  # questions answered at the same time; the embedded model takes them one after the other
_HOUR = 3600


def translations() -> gr.I18n:
    """The page's fixed texts, which follow the browser's language."""
    keys = [key for key in catalogue() if key.startswith(("page.", "admin."))]
    return gr.I18n(**{lang: {key: catalogue()[key][lang] for key in keys} for lang in ("de", "en")})


class Stops:
    """Stop flags of the answers being written, one a browser session.

    Gradio's own `cancels` sometimes leaves an error over the chat, and says nothing to the answer.
    """

    def __init__(self) -> None:
        self._flags: dict[str, asyncio.Event] = {}

    def begin(self, session: str) -> asyncio.Event | None:
        """A new flag, or None while the session's answer before is still being written."""
        if session in self._flags:
            return None
        return self._flags.setdefault(session, asyncio.Event())

    def end(self, session: str, flag: asyncio.Event) -> None:
        if self.is_current(session, flag):
            del self._flags[session]

    def stop(self, session: str) -> None:
        if flag := self._flags.get(session):
            flag.set()

    def forget(self, session: str) -> None:
        """Stop, and let what still comes of that answer go nowhere."""
        self.stop(session)
        self._flags.pop(session, None)

    def is_current(self, session: str, flag: asyncio.Event) -> bool:
        return self._flags.get(session) is flag

    def stop_all(self) -> None:
        for flag in self._flags.values():
            flag.set()


def build_page(built: Product, text: gr.I18n, stops: Stops) -> gr.Blocks:
    """Lay out the page and connect its events.

    Args:
        built: the product that answers.
        text: from `translations`, also given to the mount.
        stops: flags by which running answers are stopped.
    """
    with gr.Blocks(title="Fundstelle", analytics_enabled=False, fill_width=True) as blocks:
        past = gr.State([], time_to_live=_HOUR)
        gr.Markdown(text("page.heading"), elem_id="heading")
        gr.Markdown(text("page.notice"), elem_id="notice")
        gr.Markdown(text("page.about"), elem_id="about")
        if built.identity.pages == "accounts":
            gr.Markdown(text("page.account"), elem_id="account")
        elif built.identity.pages == "oidc":
            gr.Markdown(text("page.sign_out"), elem_id="account")
        with gr.Row(elem_id="columns"):
            with gr.Column(scale=3, min_width=320):
                chat = _chat(text)
                add_feedback(built, text, chat, past)
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
                narrowing = _narrowing(built, text, blocks)
                examples = _example_buttons(built, text, blocks)
            with gr.Column(scale=2, min_width=320):
                gr.Markdown(text("page.sources"))
                sources = gr.Markdown(text("page.no_sources"), elem_id="panel", latex_delimiters=[], sanitize_html=True)
        _connect(built, text, stops, chat, box, send, stop, clear, sources, past, narrowing, examples)
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


def _example_buttons(built: Product, text: gr.I18n, blocks: gr.Blocks) -> list[gr.Button]:
    """Buttons that ask an example question, filled for each person anew: examples tell of documents, too."""
    heading = gr.Markdown(text("page.examples"), visible=False)
    with gr.Row():
        buttons = [
            gr.Button("", size="sm", elem_classes="example", min_width=200, visible=False) for _ in range(MOST_EXAMPLES)
        ]

    def fill(request: gr.Request) -> list[Any]:
        questions = example_questions(built, built.person(request.state.person))
        rest = MOST_EXAMPLES - len(questions)
        shown = [gr.update(value=question, visible=True) for question in questions]
        return [gr.update(visible=bool(questions)), *shown, *[gr.update(visible=False)] * rest]

    blocks.load(fill, None, [heading, *buttons], show_progress="hidden", api_visibility="private")
    return buttons


def _narrowing(built: Product, text: gr.I18n, blocks: gr.Blocks) -> list[Any]:
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
            for choices in narrowing_choices(built, built.person(request.state.person), language)
        ]

    blocks.load(fill, None, chosen, show_progress="hidden", api_visibility="private")
    return [*chosen, valid]


def _connect(
    built: Product,
    text: gr.I18n,
    stops: Stops,
    chat: gr.Chatbot,
    box: gr.Textbox,
    send: gr.Button,
    stop: gr.Button,
    clear: gr.Button,
    sources: gr.Markdown,
    past: gr.State,
    narrowing: list[Any],
    examples: list[gr.Button],
) -> None:
    outputs = [box, chat, sources, past, send, stop]
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    limited: dict[str, Any] = {"concurrency_limit": _AT_ONCE, "concurrency_id": "ask"}

    async def ask(
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
            yield [gr.skip()] * len(outputs)
            return
        language = reader_language(request.headers.get("accept-language", ""))
        narrowed = Narrowing(
            collections=tuple(collections),
            types=tuple(types),
            departments=tuple(departments),
            valid_on=date.today() if valid else None,
        )
        try:
            person = built.person(request.state.person)
            async for update in _ask(question, exchanges, narrowed, person, built, language, flag):
                if stops.is_current(session, flag):
                    yield update
        finally:
            stops.end(session, flag)

    async def halt(request: gr.Request) -> None:
        stops.stop(request.session_hash or "")

    async def reset(request: gr.Request) -> list[Any]:
        stops.forget(request.session_hash or "")
        return ["", [], text("page.no_sources"), [], gr.update(visible=True), gr.update(visible=False)]

    gr.on([box.submit, send.click], ask, [box, past, *narrowing], outputs, **limited, **quiet)
    for button in examples:
        button.click(ask, [button, past, *narrowing], outputs, **limited, **quiet)
    stop.click(halt, None, None, queue=False, **quiet)
    gr.on([clear.click, chat.clear], reset, None, outputs, queue=False, **quiet)


async def _ask(
    question: str,
    exchanges: list[Exchange],
    narrowing: Narrowing,
    person: Person,
    built: Product,
    language: Language,
    flag: asyncio.Event,
) -> AsyncIterator[list[Any]]:
    """Updates of question box, chat, sources, conversation, and the two buttons."""
    # The same person may have lost access since, or another one may use the browser.
    exchanges = [exchange for exchange in exchanges if exchange.is_for(person)]
    now = [*exchanges, Exchange(question, person=person)]
    # The short text also lets the panel scroll back to its top.
    searching = message("page.searching", language)
    yield ["", chat_messages(now), searching, now, gr.update(visible=False), gr.update(visible=True)]
    shown = ""
    async for exchange in _until_stopped(_updates(question, exchanges, narrowing, person, built, language), flag):
        now = [*exchanges, exchange]
        cards = panel(now) if exchange.sources != shown else gr.skip()
        shown = exchange.sources
        yield [gr.skip(), chat_messages(now), cards, now, gr.skip(), gr.skip()]
    if flag.is_set():
        stopped = render.notice_block(message("page.stopped", language))
        now = [*exchanges, now[-1]._replace(answer=f"{now[-1].answer}\n\n{stopped}".strip())]
    yield [gr.skip(), chat_messages(now), panel(now), now, gr.update(visible=True), gr.update(visible=False)]


def _updates(
    question: str,
    exchanges: list[Exchange],
    narrowing: Narrowing,
    person: Person,
    built: Product,
    language: Language,
) -> Generator[Exchange, None, None]:
    history = [exchange.turn for exchange in exchanges if exchange.turn]
    try:
        events = answer(question, history, person, built.answering, narrowing)
        yield from (exchange._replace(person=person) for exchange in show(events, question, language))
    except FundstelleError as error:
        yield Exchange(question, render.notice_block(error.text(language)), person=person)
    except Exception:  # the person reads a sentence, the operator the trace
        logging.getLogger(__name__).exception("a question failed")
        yield Exchange(question, render.notice_block(message("page.unexpected", language)), person=person)


async def _until_stopped(updates: Generator[Exchange, None, None], flag: asyncio.Event) -> AsyncIterator[Exchange]:
    """Items of a blocking generator, each step in a thread, until it ends or the flag is set."""
    stopped = asyncio.ensure_future(flag.wait())
    step: asyncio.Future[Exchange | None] | None = None
    try:
        while not flag.is_set():
            step = asyncio.ensure_future(asyncio.to_thread(next, updates, None))
            await asyncio.wait({step, stopped}, return_when=asyncio.FIRST_COMPLETED)
            if not step.done() or (exchange := step.result()) is None:
                return
            yield exchange
    finally:
        stopped.cancel()
        if step is None or step.done():
            updates.close()
        else:  # close it when the step it is in has ended; that stops the engine and marks the record
            step.add_done_callback(lambda _: updates.close())
