"""A question asked on the chat page: its updates as they come, until it ends or the person stops it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Generator
from typing import Any, NamedTuple
from uuid import uuid4

import gradio as gr

from chatbot.answering.pipeline import answer
from chatbot.domain import Person
from chatbot.records.conversations import History
from chatbot.web.chat.conversation import Exchange, show
from chatbot.web.services import ChatServices
from chatbot.web.shell.failures import sentence
from chatbot.web.shell.html import notice_block
from config.errors import FundstelleError, QuestionRejected
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


class Place(NamedTuple):
    """Where a question stands: in a conversation, behind its other questions."""

    conversation: str
    history: History


def place_of(conversation: str, person: Person, services: ChatServices) -> Place:
    """The person's conversation of that id with what a next question needs of it; a new one where there is none."""
    history = services.conversations.history(conversation, person)
    return Place(conversation, history) if history else Place(str(uuid4()), History())


async def ask(
    question: str,
    conversation: str,
    filters: Filters,
    person: Person,
    services: ChatServices,
    language: Language,
    flag: asyncio.Event,
) -> AsyncIterator[list[Any]]:
    """Updates of question box, running exchange, sources, conversation, and the two buttons: only what changes.

    Args:
        question: as typed.
        conversation: id of the one it is asked in; empty or unknown begins a new one.
        filters: what the person narrowed the search to.
        person: who asks.
        services: that answer.
        language: of the page.
        flag: set to stop.
    """
    place = await asyncio.to_thread(place_of, conversation, person, services)
    identity = f"x_{place.conversation}_{uuid4().hex[:8]}"
    now = Exchange(question, progress=message("chat.searching", language))
    busy = [gr.update(visible=False), gr.update(visible=True)]
    yield ["", now.html(identity), "", place.conversation, *busy]
    shown = ""
    updates = _updates(question, place, filters, person, services, language)
    async for now in _until_stopped(updates, flag):
        cards = now.sources if now.sources != shown else gr.skip()
        shown = now.sources
        yield [gr.skip(), now.html(identity), cards, *[gr.skip()] * 3]
    if flag.is_set():
        stopped = notice_block(message("page.stopped", language))
        now = now._replace(answer=f"{now.answer}{stopped}")
    # A question that was not taken is the person's to change.
    box = gr.skip() if now.taken else question
    ended = now._replace(progress="").html(identity)
    yield [box, ended, gr.skip(), gr.skip(), gr.update(visible=True), gr.update(visible=False)]


def _updates(
    question: str,
    place: Place,
    filters: Filters,
    person: Person,
    services: ChatServices,
    language: Language,
) -> Generator[Exchange, None, None]:
    turns, follows = place.history
    try:
        events = answer(
            question, turns, person, services.answering(), filters, conversation=place.conversation, follows=follows
        )
        yield from show(events, question, language)
    except FundstelleError as error:
        taken = not isinstance(error, QuestionRejected)
        yield Exchange(question, notice_block(sentence(error, language)), taken=taken)
    except Exception:  # the person reads a sentence, the operator the trace
        logging.getLogger(__name__).exception("a question failed")
        yield Exchange(question, notice_block(message("page.unexpected", language)))


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
