"""A question asked on the chat page: its updates as they come, until it ends or the person stops it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Generator
from typing import Any

import gradio as gr

from chatbot.answering.pipeline import answer
from chatbot.domain import Person
from chatbot.web.chat.conversation import Exchange, chat_messages, panel, show
from chatbot.web.services import ChatServices
from chatbot.web.shell.failures import sentence
from chatbot.web.shell.html import notice_block
from config.errors import FundstelleError
from config.messages import Language, message
from ingest.index.filters import Filters


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


async def ask(
    question: str,
    exchanges: list[Exchange],
    filters: Filters,
    person: Person,
    services: ChatServices,
    language: Language,
    flag: asyncio.Event,
) -> AsyncIterator[list[Any]]:
    """Updates of question box, chat, sources, conversation, and the two buttons.

    Args:
        question: as typed.
        exchanges: of the conversation so far.
        filters: what the person narrowed the search to.
        person: who asks.
        services: that answer.
        language: of the page.
        flag: set to stop.
    """
    # The same person may have lost access since, or another one may use the browser.
    exchanges = [exchange for exchange in exchanges if exchange.is_for(person)]
    now = [*exchanges, Exchange(question, person=person)]
    # The short text also lets the panel scroll back to its top.
    searching = message("page.searching", language)
    yield ["", chat_messages(now), searching, now, gr.update(visible=False), gr.update(visible=True)]
    shown = ""
    async for exchange in _until_stopped(_updates(question, exchanges, filters, person, services, language), flag):
        now = [*exchanges, exchange]
        cards = panel(now) if exchange.sources != shown else gr.skip()
        shown = exchange.sources
        yield [gr.skip(), chat_messages(now), cards, now, gr.skip(), gr.skip()]
    if flag.is_set():
        stopped = notice_block(message("page.stopped", language))
        now = [*exchanges, now[-1]._replace(answer=f"{now[-1].answer}\n\n{stopped}".strip())]
    yield [gr.skip(), chat_messages(now), panel(now), now, gr.update(visible=True), gr.update(visible=False)]


def _updates(
    question: str,
    exchanges: list[Exchange],
    filters: Filters,
    person: Person,
    services: ChatServices,
    language: Language,
) -> Generator[Exchange, None, None]:
    history = [exchange.turn for exchange in exchanges if exchange.turn]
    try:
        events = answer(question, history, person, services.answering(), filters)
        yield from (exchange._replace(person=person) for exchange in show(events, question, language))
    except FundstelleError as error:
        yield Exchange(question, notice_block(sentence(error, language)), person=person)
    except Exception:  # the person reads a sentence, the operator the trace
        logging.getLogger(__name__).exception("a question failed")
        yield Exchange(question, notice_block(message("page.unexpected", language)), person=person)


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
