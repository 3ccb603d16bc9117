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
from chatbot.web.chat.running import RunningAnswer, RunningAnswers
from chatbot.web.services import ChatServices
from chatbot.web.shell.failures import sentence
from chatbot.web.shell.html import notice_block
from config.errors import FundstelleError, QuestionRejected
from config.messages import Language, message
from ingest.index.filters import Filters


class Place(NamedTuple):
    """Where a question stands: in a conversation, behind its other questions."""

    conversation: str
    history: History


def place_of(conversation: str, person: Person, services: ChatServices) -> Place:
    """The person's conversation of that id with what a next question needs of it; a new one where there is none."""
    history = services.conversations.history(conversation, person)
    return Place(conversation, history) if history else Place(str(uuid4()), History())


class Wanted(NamedTuple):
    """A question as it is sent.

    Attributes:
        text: as typed.
        conversation: id of the one it is asked in; empty or unknown begins a new one.
        filters: what the person narrowed the search to.
        is_whole: whether it leans on nothing that was said before.
    """

    text: str
    conversation: str
    filters: Filters
    is_whole: bool = False


async def ask(
    wanted: Wanted,
    person: Person,
    services: ChatServices,
    language: Language,
    answers: RunningAnswers,
    running: RunningAnswer,
) -> AsyncIterator[list[Any]]:
    """Updates of question box, running exchange, sources, conversation, and the two buttons: only what changes.

    Args:
        wanted: the question.
        person: who asks.
        services: that answer.
        language: of the page.
        answers: that it runs among.
        running: the new one, which goes on when nobody asks for updates any more.
    """
    question = wanted.text
    place = await asyncio.to_thread(place_of, wanted.conversation, person, services)
    identity = f"x_{place.conversation}_{uuid4().hex[:8]}"
    now = running.latest
    busy = [gr.update(visible=False), gr.update(visible=True)]
    answers.write(running, _updates(wanted, place, person, services, language))
    yield ["", now.html(identity), "", place.conversation, *busy]
    shown = ""
    async for now in running.watched():
        cards = now.sources if now.sources != shown else gr.skip()
        shown = now.sources
        yield [gr.skip(), now.html(identity), cards, *[gr.skip()] * 3]
    if running.is_stopped:
        stopped = notice_block(message("page.stopped", language))
        now = now._replace(answer=f"{now.answer}{stopped}")
    # A question that was not taken is the person's to change.
    box = gr.skip() if now.taken else question
    ended = now._replace(progress="").html(identity)
    yield [box, ended, gr.skip(), gr.skip(), gr.update(visible=True), gr.update(visible=False)]


def _updates(
    wanted: Wanted, place: Place, person: Person, services: ChatServices, language: Language
) -> Generator[Exchange, None, None]:
    question, follows = wanted.text, place.history.follows
    turns = () if wanted.is_whole else place.history.turns
    try:
        events = answer(
            question, turns, person, services.answering(), wanted.filters, conversation=place.conversation,
            follows=follows,
        )  # fmt: skip
        yield from show(events, question, language)
    except FundstelleError as error:
        taken = not isinstance(error, QuestionRejected)
        yield Exchange(question, notice_block(sentence(error, language)), taken=taken)
    except Exception:  # the person reads a sentence, the operator the trace
        logging.getLogger(__name__).exception("a question failed")
        yield Exchange(question, notice_block(message("page.unexpected", language)))
